import type { FoundFailure } from './diagnosis.ts';
import { createInference } from './infer-user.ts';
import { type FailureCode, KNOWN_FAILURES } from './known-failures.ts';
import { ownCopy } from './own-copy.ts';
import type { Sighting } from './recognise.ts';
import { isoTime, type RecordTime, type TimeForm } from './record-start.ts';
import { createSightingIndex } from './sighting-index.ts';

/** Adds up sightings by failure, repository and user, in memory that no log can fill. */
export interface FailureTally {
  add(sighting: Sighting): void;
  /** The most frequent first. */
  found(): FoundFailure[];
  /** Sightings that were counted by their failure alone. */
  untold(): number;
}

/** More different failures are not told apart: nobody reads them, and a hostile log must not fill the memory. */
const MOST_GROUPS = 10_000;
const MOST_NAMES = 20;

interface Group {
  readonly failure: FailureCode;
  readonly workspace: string | undefined;
  readonly slug: string | undefined;
  readonly user: string | undefined;
  readonly inferred: boolean;
  count: number;
  /** The earliest and the latest time; without any, infinitely far the wrong way round. */
  first: number;
  firstForm: TimeForm | undefined;
  last: number;
  lastForm: TimeForm | undefined;
  readonly bambooUsers: string[];
  readonly changes: string[];
}

/** Makes an empty tally. */
export function createFailureTally(mostGroups = MOST_GROUPS): FailureTally {
  const groups: Group[] = [];
  const index = createSightingIndex<Group>();
  const nameless = new Map<FailureCode, Group>();
  const withUser = createInference();
  let untold = 0;
  const groupOf = (sighting: Sighting, inferred: boolean): Group => {
    const group = newGroup(sighting, inferred);
    groups.push(group);
    index.add(group, group);
    return group;
  };
  const namelessOf = (failure: FailureCode): Group => {
    const known = nameless.get(failure);
    if (known !== undefined) return known;
    const bare = { failure, changes: [] };
    const group = index.get(bare) ?? groupOf(bare, false);
    nameless.set(failure, group);
    return group;
  };
  const placeOf = (sighting: Sighting, inferred: boolean): Group => {
    if (groups.length < mostGroups) return groupOf(sighting, inferred);
    untold += 1;
    return namelessOf(sighting.failure);
  };
  return {
    add: (seen) => {
      const sighting = withUser(seen);
      count(index.get(sighting) ?? placeOf(sighting, sighting !== seen), sighting);
    },
    found: () =>
      groups
        .map(named)
        .sort(byCount)
        .map(({ group }) => foundFailure(group)),
    untold: () => untold,
  };
}

function newGroup({ failure, workspace, slug, user }: Sighting, inferred: boolean): Group {
  return {
    failure,
    workspace: workspace && ownCopy(workspace),
    slug: slug && ownCopy(slug),
    user: user && ownCopy(user),
    inferred,
    count: 0,
    first: Number.POSITIVE_INFINITY,
    firstForm: undefined,
    last: Number.NEGATIVE_INFINITY,
    lastForm: undefined,
    bambooUsers: [],
    changes: [],
  };
}

function count(group: Group, { bambooUser, changes, time }: Sighting): void {
  group.count += 1;
  if (time !== undefined) addTime(group, time);
  if (bambooUser !== undefined) remember(group.bambooUsers, bambooUser);
  for (const change of changes) remember(group.changes, change);
}

/** Copies the number: a kept object for each record is what fills the memory. */
function addTime(group: Group, { at, form }: RecordTime): void {
  if (at < group.first) [group.first, group.firstForm] = [at, form];
  if (at > group.last) [group.last, group.lastForm] = [at, form];
}

function timeOf(at: number, form: TimeForm | undefined): string | undefined {
  return form && isoTime({ at, form });
}

function remember(names: string[], name: string): void {
  if (names.length < MOST_NAMES && !names.includes(name)) names.push(ownCopy(name));
}

function foundFailure({ failure, workspace, slug, user, inferred, count: times, bambooUsers, changes, ...group }: Group): FoundFailure {
  const { means, remedy } = KNOWN_FAILURES[failure];
  const first = timeOf(group.first, group.firstForm);
  const last = timeOf(group.last, group.lastForm);
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

interface Named {
  readonly group: Group;
  readonly name: string;
}

function named(group: Group): Named {
  const { failure, workspace = '', slug = '', user = '' } = group;
  return { group, name: `${failure}\n${workspace}\n${slug}\n${user}`.toLowerCase() };
}

/** Equally frequent ones by their names, so that the same log gives the same order. */
function byCount(one: Named, other: Named): number {
  return other.group.count - one.group.count || (one.name < other.name ? -1 : 1);
}
