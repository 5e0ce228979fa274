import { assertNever } from './assert-never.ts';
import type { InventoryItem } from './inventory.ts';
import type { CredentialUser, Usage } from './model.ts';
import { comparePlaces } from './order.ts';
import { placeOf } from './place.ts';
import type { Reading } from './reading.ts';

/** Whoever uses one shared credential, by what its pair must be for them; every list in the order of places. */
export interface SharedUsers {
  readonly cloud: readonly Reading[];
  readonly git: readonly Reading[];
  readonly odd: readonly OddUser[];
}

/** A user that Bitbucket Cloud's token does not serve, or not certainly. */
export interface OddUser {
  readonly name: string;
  /** `elsewhere`: it has nothing to do with Bitbucket Cloud. */
  readonly kind: 'elsewhere' | 'unclear';
  readonly why: string;
}

const NAMES_TOLD = 20;

/** The repositories that use each shared credential in their account slot, by its id, in the order of places. */
export function findUsers(readings: readonly Reading[]): Map<string, Reading[]> {
  const users = new Map<string, Reading[]>();
  for (const reading of readings) {
    const id = reading.item.object === 'repository' ? reading.item.credential.shared?.id : undefined;
    if (id === undefined) continue;
    const known = users.get(id);
    if (known === undefined) users.set(id, [reading]);
    else known.push(reading);
  }
  for (const list of users.values()) list.sort((one, other) => comparePlaces(one.item, other.item));
  return users;
}

/** Sorts the users of a credential by what they need of it. */
export function sortUsers(credential: Reading, users: readonly Reading[]): SharedUsers {
  const cloud = users.filter(({ item }) => item.kind === 'bitbucket-cloud');
  const others = users.filter(({ item }) => item.kind !== 'bitbucket-cloud').map((reading) => ({ reading, odd: oddityOf(reading) }));
  const strangers = [...(credential.otherUsers ?? [])].sort().map((name): OddUser => ({ name, kind: 'elsewhere', why: 'of another repository type' }));
  return {
    cloud,
    git: others.filter(({ odd }) => odd === undefined).map(({ reading }) => reading),
    odd: [...others.flatMap(({ odd }) => (odd === undefined ? [] : [odd])), ...strangers],
  };
}

/** How a user is named to a person. */
export function nameUser({ name, plan, workspace, slug }: Pick<InventoryItem, 'name' | 'plan' | 'workspace' | 'slug'>): string {
  const owner = plan === undefined ? '' : ` of ${plan}`;
  return workspace === undefined || slug === undefined ? `"${name}"${owner}` : `"${name}"${owner} (${workspace}/${slug})`;
}

/** How a user that Bitbucket Cloud's token does not serve is named to a person. */
export function nameOdd({ name, why }: OddUser): string {
  return `${name} ${why}`;
}

/** Names one after the other; more than a person would read are counted. */
export function listOf(names: readonly string[], most = NAMES_TOLD): string {
  const told = names.slice(0, most).join(', ');
  return names.length > most ? `${told} and ${names.length - most} more` : told;
}

/** The users through which a credential can be checked: those whose repository is known. */
export function checkable(users: readonly Reading[]): CredentialUser[] {
  return users.flatMap(({ item }) => {
    const { workspace, slug } = item;
    return workspace === undefined || slug === undefined ? [] : [{ ...placeOf(item), workspace, slug }];
  });
}

/** The credential's blast radius: what the server says of itself, and its users. Plans are counted once for each user, so the number is the most there can be. */
export function sharedUsage({ item: { usedBy: own }, otherUsers }: Reading, users: readonly Reading[]): Usage | null {
  const items = users.map(({ item }) => item);
  const usages = items.flatMap(({ usedBy }) => (usedBy === null ? [] : [usedBy]));
  if (own === null && users.length === 0) return null;
  const counted = own ?? {
    plans: sum(usages, 'plans'),
    environments: sum(usages, 'environments'),
    inaccessiblePlans: sum(usages, 'inaccessiblePlans'),
    inaccessibleEnvironments: sum(usages, 'inaccessibleEnvironments'),
  };
  const projects = [...(own?.projects ?? []), ...usages.flatMap((usage) => usage.projects), ...items.flatMap(({ project }) => project ?? [])];
  return { ...counted, repositories: Math.max(own?.repositories ?? 0, users.length + (otherUsers?.length ?? 0)), projects: [...new Set(projects)].sort() };
}

function sum(usages: readonly Usage[], key: Exclude<keyof Usage, 'projects' | 'repositories'>): number {
  return usages.reduce((total, usage) => total + usage[key], 0);
}

/** What keeps a Git-type user from being served by the static name; undefined when nothing does. */
function oddityOf({ item, gitUrl }: Reading): OddUser | undefined {
  const name = nameUser(item);
  switch (gitUrl?.kind) {
    case 'https':
      return gitUrl.usernameInUrl === undefined ? undefined : { name, kind: 'unclear', why: 'with a user name inside its address' };
    case 'ssh':
      return { name, kind: 'elsewhere', why: 'reached over ssh' };
    case 'other-host':
      return { name, kind: 'elsewhere', why: 'on another host' };
    case 'unreadable':
      return { name, kind: 'unclear', why: 'whose address could not be read' };
    case undefined:
      return item.workspace === undefined ? { name, kind: 'unclear', why: 'whose address could not be read' } : undefined;
    default:
      return assertNever(gitUrl);
  }
}
