import { Config } from '../../src/core/config.ts';
import type { InventoryItem } from '../../src/core/inventory.ts';
import type { Usage } from '../../src/core/model.ts';
import { fingerprint, type ObjectState, settingDigests } from '../../src/core/object-state.ts';
import type { Change } from '../../src/core/plan-file.ts';
import { type Reading, toReading } from '../../src/core/reading.ts';

/** After the end of app passwords. */
export const TODAY = new Date('2026-11-24T12:00:00Z');

/** While app passwords still worked. */
export const BEFORE_THE_END = new Date('2026-07-27T23:59:59Z');

/** A blast radius with the projects given. */
export function usage(...projects: string[]): Usage {
  return { plans: projects.length, environments: 0, projects, inaccessiblePlans: 0, inaccessibleEnvironments: 0 };
}

/** A linked Bitbucket Cloud repository with an app password, or what is said to differ. */
export function item(part: Partial<InventoryItem> = {}): InventoryItem {
  const credential = { kind: 'app-password', username: 'buildbot', inferred: true } as const;
  return {
    object: 'repository',
    id: '7',
    level: 'global',
    name: 'web',
    kind: 'bitbucket-cloud',
    workspace: 'acme',
    slug: 'web',
    credential,
    usedBy: usage('WEB'),
    specsBound: false,
    sources: ['form'],
    notes: [],
    ...part,
  };
}

/** The state that belongs to an item. */
export function state(part: Partial<ObjectState> = {}): ObjectState {
  const { object, id, level, name, kind, workspace, slug, credential, notes } = item();
  const settings = [
    ['branch', 'main'],
    ['checkBoxFields', 'lfs'],
    ['checkBoxFields', 'shallow'],
  ] as const;
  return {
    place: { object, id, level, name },
    kind,
    workspace: workspace ?? '',
    slug: slug ?? '',
    credential,
    settings,
    writable: { kind: 'yes' },
    notes,
    ...part,
  };
}

/** A reading of an item, with a form that may be written. */
export function reading(part: Partial<InventoryItem> = {}, extra: Partial<Reading> = {}): Reading {
  const { usedBy, specsBound, sources } = item(part);
  return { ...toReading(state(), { usedBy, specsBound, sources }), item: item(part), ...extra };
}

/** A reading of a shared credential with an app password, or what is said to differ. */
export function sharedReading(part: Partial<InventoryItem> = {}, extra: Partial<Reading> = {}): Reading {
  const seen = sharedState();
  const usedBy = { ...usage(), repositories: 0 };
  const { workspace: _workspace, slug: _slug, ...rest } = item({ ...seen.place, kind: 'credentials', credential: seen.credential, usedBy, specsBound: null });
  return { ...toReading(seen, { usedBy, specsBound: null, sources: ['form'] }), item: { ...rest, ...part }, ...extra };
}

/** A repository that stands on the shared credential with the id 3. */
export function userReading(part: Partial<InventoryItem> = {}, extra: Partial<Reading> = {}): Reading {
  return reading({ credential: { kind: 'shared', shared: { id: '3', name: 'ci' } }, ...part }, extra);
}

/** A shared credential with an app password, as the server shows it. */
export function sharedState(part: Partial<ObjectState> = {}): ObjectState {
  const place = { object: 'shared-credential', id: '3', level: 'global', name: 'ci' } as const;
  const credential = { kind: 'app-password', username: 'buildbot', inferred: true } as const;
  return { place, kind: 'credentials', credential, settings: [], writable: { kind: 'yes' }, notes: [], ...part };
}

/** A state whose account slot holds a user name; an `@` in it means a token. */
export function stateWith(username: string, part: Partial<ObjectState> = {}): ObjectState {
  return state({ credential: { kind: username.includes('@') ? 'api-token' : 'app-password', username, inferred: true }, ...part });
}

/** The change that moves the sample repository to the token of ci@acme.example. */
export function change(part: Partial<Change> = {}): Change {
  const { object, id, level, name, usedBy } = item();
  return {
    object,
    id,
    level,
    name,
    kind: 'bitbucket-cloud',
    workspace: 'acme',
    slug: 'web',
    route: 'form',
    before: { username: 'buildbot', credential: 'app-password' },
    after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
    fingerprint: fingerprint(state()),
    settings: settingDigests(state().settings),
    usedBy,
    rollback: 'needs-secret',
    warnings: [],
    ...part,
  };
}

/** Settings with two tokens, and what is said besides. */
export function config(part: { assign?: object[]; previous?: object; apply?: object; tokens?: object } = {}): Config {
  const tokens = {
    ci: { email: 'ci@acme.example', token: { env: 'CI_TOKEN' }, expires: '2027-09-30' },
    web: { email: 'web@acme.example', token: { env: 'WEB_TOKEN' }, expires: '2027-06-01' },
  };
  return Config.parse({ bamboo: { url: 'https://bamboo.example.com/bamboo' }, tokens, assign: [{ workspace: 'acme', token: 'ci' }], ...part });
}
