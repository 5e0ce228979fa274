import type { Config } from './config.ts';
import type { InventoryItem } from './inventory.ts';
import { compareLocation } from './location.ts';
import type { Usage } from './model.ts';
import { settingDigests } from './object-state.ts';
import type { Reading } from './reading.ts';
import { listOf, nameOdd, nameUser, sortUsers } from './shared-users.ts';

/** What a person should know before this repository is changed. */
export function planWarnings(reading: Reading, config: Config): string[] {
  const { item, location } = reading;
  return [...usageWarnings(item.usedBy), ...specsWarnings(item), ...locationWarnings(item, location, config), ...webhookWarnings([reading])];
}

/** What a person should know before this shared credential is changed; `unread` counts what may hide further users. */
export function credentialWarnings(credential: Reading, users: readonly Reading[], unread: number): string[] {
  const { usedBy, notes } = credential.item;
  return [
    ...(usedBy === null ? ['what else uses it, tasks and environments included, could not be read'] : usageWarnings(usedBy)),
    ...unknownUsers(credential, users, unread),
    ...acceptedUsers(credential, users),
    ...webhookWarnings(users),
    ...notes,
  ];
}

function unknownUsers({ item: { usedBy }, otherUsers }: Reading, users: readonly Reading[], unread: number): string[] {
  const known = users.length + (otherUsers?.length ?? 0);
  const missing = Math.max(0, (usedBy?.repositories ?? 0) - known);
  const hidden = users.filter(({ item }) => item.usedBy === null).map(({ item }) => nameUser(item));
  return [
    ...(missing === 0 ? [] : [`also used by ${missing === 1 ? '1 repository that was' : `${missing} repositories that were`} not read`]),
    ...(hidden.length === 0 ? [] : [`what uses its ${listOf(hidden)} could not be read`]),
    ...(unread === 0 ? [] : [`${unread === 1 ? '1 thing' : `${unread} things`} could not be read, and may use it, too`]),
  ];
}

/** Users that `acceptUsers` puts up with. */
function acceptedUsers(credential: Reading, users: readonly Reading[]): string[] {
  const { cloud, git, odd } = sortUsers(credential, users);
  return [
    ...(cloud.length === 0 || git.length === 0 ? [] : [`stops working with the email as user name: ${listOf(git.map(({ item }) => nameUser(item)))}`]),
    ...(odd.length === 0 ? [] : [`also used, and from then on with this token, by ${listOf(odd.map(nameOdd))}`]),
  ];
}

function usageWarnings(usage: Usage | null): string[] {
  if (usage === null) return ['what uses it could not be read'];
  const hidden = [countOf(usage.inaccessiblePlans, 'plan'), countOf(usage.inaccessibleEnvironments, 'environment')].filter((text) => text !== '');
  return hidden.length === 0 ? [] : [`also used by ${hidden.join(' and ')} that this account may not see`];
}

/** The next Specs run undoes whatever a plan, or a branch of it, owns. */
function specsWarnings({ level, specsBound }: InventoryItem): string[] {
  if ((level !== 'plan' && level !== 'branch') || specsBound !== null) return [];
  return ['not known whether its plan is bound to Repository Stored Specs: if it is, the next Specs run undoes the change'];
}

function locationWarnings({ workspace, slug }: InventoryItem, location: string | undefined, config: Config): string[] {
  if (location === undefined || workspace === undefined || slug === undefined) return [];
  if (compareLocation(location, workspace, slug, config.bitbucket.git) !== 'not-comparable') return [];
  return [`the address in the list could not be compared with ${workspace}/${slug}`];
}

/** A reading holds no values, only their digests. */
const DIGEST_OF_TRUE = settingDigests([['', 'true']])[''];

/** Whether a token has the scopes is asked at preflight; that they are needed shows already here. */
function webhookWarnings(readings: readonly Reading[]): string[] {
  const names = readings.filter(({ settings }) => Object.entries(settings).some(([name, digest]) => isWebhook(name) && digest === DIGEST_OF_TRUE));
  return names.length === 0 ? [] : ['webhooks: the token needs read:webhook and write:webhook'];
}

function isWebhook(name: string): boolean {
  return /webhook[^.]*$/i.test(name);
}

function countOf(number: number, noun: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
