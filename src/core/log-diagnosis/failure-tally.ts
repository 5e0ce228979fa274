import type { FoundFailure } from './diagnosis.ts';
import { KNOWN_FAILURES } from './known-failures.ts';
import type { Seen, Sighting } from './recognise.ts';

/** Adds up sightings by failure, repository and user, in memory that no log can fill. */
export interface FailureTally {
  add(seen: Seen): void;
  /** The most frequent first. */
  found(): FoundFailure[];
  /** Sightings that were counted by their failure alone. */
  untold(): number;
}

/** More different failures are not told apart: nobody reads them, and a hostile log must not fill the memory. */
const MOST_GROUPS = 10_000;
const MOST_RECENT = 2_000;
const MOST_NAMES = 20;
/** So soon after Bamboo took the email for a workspace, git's refusal belongs to the same attempt. */
const SAME_ATTEMPT_MS = 60_000;

interface Group {
  readonly sighting: Sighting;
  readonly inferred: boolean;
  count: number;
  first: string | undefined;
  last: string | undefined;
  readonly bambooUsers: Set<string>;
  readonly changes: Set<string>;
}

/** Where a sighting is counted, and whether that tells more than its failure. */
interface Counted {
  readonly group: Group;
  readonly told: boolean;
}

/** Makes an empty tally. */
export function createFailureTally(mostGroups = MOST_GROUPS): FailureTally {
  const groups = new Map<string, Group>();
  // The same few sightings come again and again, as the same objects.
  const recent = new Map<Sighting, Counted>();
  const withUser = createInference();
  let untold = 0;
  const groupOf = (sighting: Sighting, inferred: boolean): Group => {
    const key = keyOf(sighting);
    const group = groups.get(key) ?? newGroup(sighting, inferred);
    groups.set(key, group);
    return group;
  };
  const place = (sighting: Sighting, inferred: boolean): Counted => {
    const told = groups.size < mostGroups || groups.has(keyOf(sighting));
    const counted = { group: told ? groupOf(sighting, inferred) : groupOf({ failure: sighting.failure, changes: [] }, false), told };
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(sighting, counted);
    return counted;
  };
  return {
    add: (seen) => {
      const sighting = withUser(seen);
      const { group, told } = recent.get(sighting) ?? place(sighting, sighting !== seen.sighting);
      if (!told) untold += 1;
      count(group, sighting, seen.time);
    },
    found: () => [...groups].sort(byCount).map(([, group]) => foundFailure(group)),
    untold: () => untold,
  };
}

/**
 * Scenario 2 of Atlassian's article: the calls fail with the email in their path, and then git, which the same version gives the email. Takes all that is
 * seen, in its order, and gives it with the user name that it lacks.
 */
function createInference(): (seen: Seen) => Sighting {
  let email: string | undefined;
  let since: string | undefined;
  const inferred = new Map<Sighting, Sighting>();
  const refusedEmail = (sighting: Sighting, user: string): Sighting => {
    const given = inferred.get(sighting) ?? ({ ...sighting, failure: 'GIT_EMAIL_REFUSED', user } as const);
    if (inferred.size >= MOST_RECENT) inferred.clear();
    inferred.set(sighting, given);
    return given;
  };
  return ({ sighting, time }) => {
    if (sighting.failure === 'EMAIL_IN_PATH') {
      if (sighting.user !== email) inferred.clear();
      [email, since] = [sighting.user, time];
    }
    return email !== undefined && isAnonymousRefusal(sighting) && sameAttempt(since, time) ? refusedEmail(sighting, email) : sighting;
  };
}

function isAnonymousRefusal({ failure, user }: Sighting): boolean {
  return (failure === 'GIT_REFUSED' || failure === 'REPOSITORY_CLOSED') && user === undefined;
}

function sameAttempt(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const apart = Date.parse(after) - Date.parse(before);
  return apart >= 0 && apart <= SAME_ATTEMPT_MS;
}

/** Bitbucket does not tell capitals apart. */
function keyOf({ failure, workspace = '', slug = '', user = '' }: Sighting): string {
  return `${failure}\n${workspace}\n${slug}\n${user}`.toLowerCase();
}

function newGroup(sighting: Sighting, inferred: boolean): Group {
  return { sighting, inferred, count: 0, first: undefined, last: undefined, bambooUsers: new Set(), changes: new Set() };
}

function count(group: Group, { bambooUser, changes }: Sighting, time: string | undefined): void {
  group.count += 1;
  if (time !== undefined && (group.first === undefined || time < group.first)) group.first = time;
  if (time !== undefined && (group.last === undefined || time > group.last)) group.last = time;
  if (bambooUser !== undefined) remember(group.bambooUsers, bambooUser);
  for (const change of changes) remember(group.changes, change);
}

function remember(names: Set<string>, name: string): void {
  if (names.size < MOST_NAMES) names.add(name);
}

function foundFailure({ sighting: { failure, workspace, slug, user }, inferred, count: times, first, last, bambooUsers, changes }: Group): FoundFailure {
  const { means, remedy } = KNOWN_FAILURES[failure];
  return {
    failure,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    ...(user === undefined ? {} : { user }),
    ...(inferred ? { userInferred: true as const } : {}),
    bambooUsers: [...bambooUsers].sort(),
    changes: [...changes].sort(),
    count: times,
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    means,
    remedy,
  };
}

/** Equally frequent ones by their names, so that the same log gives the same order. */
function byCount([oneKey, one]: readonly [string, Group], [otherKey, other]: readonly [string, Group]): number {
  return other.count - one.count || (oneKey < otherKey ? -1 : 1);
}
