import { describe, expect, it } from '@jest/globals';
import type { InventoryItem } from '../../../src/core/inventory.ts';
import { settingDigests } from '../../../src/core/object-state.ts';
import { buildPlan, type PlanInput } from '../../../src/core/plan-builder.ts';
import { PlanFile } from '../../../src/core/plan-file.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { inferCredential } from '../../../src/core/sides.ts';
import { config, item, reading, TODAY, usage, userReading } from '../../support/core-samples.ts';

const STATIC = 'x-bitbucket-api-token-auth';
const ON_BITBUCKET = { kind: 'https', workspace: 'acme', slug: 'web' } as const;
const WEBHOOKS = 'webhooks: the token needs read:webhook and write:webhook';

function git(part: Partial<InventoryItem> = {}, extra: Partial<Reading> = {}): Reading {
  return reading({ kind: 'git', ...part }, extra);
}

function input(readings: readonly Reading[], part: Partial<PlanInput> = {}): PlanInput {
  const server = { url: 'https://bamboo.example.com/bamboo', version: '12.1.6' };
  return { readings, config: config(), selection: {}, rotate: false, now: TODAY, tool: 'bamboo-rekey 0.1.0', server, ...part };
}

/** Where one reading ends up, and why. */
function fate(one: Reading, part: Partial<PlanInput> = {}): [list: string, why: string] {
  const { plan } = buildPlan(input([one], part));
  if (plan.changes[0] !== undefined) return ['changes', plan.changes[0].warnings.join('; ')];
  return plan.unchanged[0] === undefined ? ['cannot', plan.cannot[0]?.why ?? ''] : ['unchanged', plan.unchanged[0].why];
}

function withoutAddress(): Reading {
  const { workspace: _workspace, slug: _slug, ...rest } = item();
  return reading({}, { item: rest });
}

describe('a change in a plan', () => {
  it('says what is expected, what is written, and what stands on it', () => {
    const { plan } = buildPlan(input([reading()]));
    const { fingerprint, settings } = reading();
    expect(plan.changes).toEqual([
      {
        object: 'repository',
        id: '7',
        level: 'global',
        name: 'web',
        kind: 'bitbucket-cloud',
        workspace: 'acme',
        slug: 'web',
        route: 'form',
        before: { username: 'buildbot', credential: 'app-password' },
        after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
        fingerprint,
        settings,
        usedBy: usage('WEB'),
        rollback: 'needs-secret',
        warnings: [],
      },
    ]);
  });

  it('is graded by the old secrets that are held', () => {
    const held = config({ previous: { buildbot: { file: './old' } } });
    expect(buildPlan(input([reading()], { config: held })).plan.changes[0]?.rollback).toBe('configuration-only');
  });

  it.each<[string, Reading, string]>([
    ['usage that could not be read', reading({ usedBy: null }), 'what uses it could not be read'],
    ['plans that may not be seen', reading({ usedBy: { ...usage(), inaccessiblePlans: 2 } }), 'also used by 2 plans that this account may not see'],
    [
      'users of both kinds that may not be seen',
      reading({ usedBy: { ...usage(), inaccessiblePlans: 1, inaccessibleEnvironments: 3 } }),
      'also used by 1 plan and 3 environments that this account may not see',
    ],
    ['an address that can not be compared', reading({}, { location: 'somewhere' }), 'the address in the list could not be compared with acme/web'],
    [
      'a plan that may be bound to Specs',
      reading({ level: 'plan', project: 'WEB', plan: 'WEB-A', specsBound: null }),
      'not known whether its plan is bound to Repository Stored Specs: if it is, the next Specs run undoes the change',
    ],
    [
      'a branch of a plan that may be bound to Specs',
      reading({ level: 'branch', project: 'WEB', plan: 'WEB-A1', specsBound: null }),
      'not known whether its plan is bound to Repository Stored Specs: if it is, the next Specs run undoes the change',
    ],
    ['webhooks', reading({}, { settings: settingDigests([['repository.bitbucket.webhookEnabled', 'true']]) }), WEBHOOKS],
    ['webhooks, by whatever name', reading({}, { settings: settingDigests([['custom.WebHooks', 'true']]) }), WEBHOOKS],
    ['nothing about webhooks that are off', reading({}, { settings: settingDigests([['repository.bitbucket.webhookEnabled', 'false']]) }), ''],
    ['nothing about webhooks in another part of the name', reading({}, { settings: settingDigests([['webhook.branch', 'true']]) }), ''],
    ['nothing, where all is known', reading({}, { location: 'https://bitbucket.org/acme/web.git' }), ''],
    ['nothing about Specs for a linked repository', reading({ specsBound: null }), ''],
  ])('warns of %s', (_what, one, warnings) => {
    expect(fate(one)).toEqual(['changes', warnings]);
  });

  it('by the way that it was read, and back exactly as far as the kept document goes', () => {
    const [first] = buildPlan(input([{ ...reading(), route: 'import', keepable: true }])).plan.changes;
    expect([first?.route, first?.rollback]).toEqual(['import', 'configuration-only']);
  });
});

describe('what a plan leaves alone', () => {
  it.each<[string, Reading, 'unchanged' | 'cannot', string]>([
    [
      'an email as user name',
      reading({ credential: { kind: 'api-token', username: 'a@b.example', inferred: true } }),
      'unchanged',
      'already an email: counts as migrated, unproven',
    ],
    ['an SSH key', reading({ credential: { kind: 'ssh' } }), 'unchanged', 'uses an SSH key'],
    ['public access', reading({ credential: { kind: 'none' } }), 'unchanged', 'public access'],
    ['an SSH key of the Git type', reading({ kind: 'git', credential: { kind: 'ssh' } }), 'unchanged', 'uses an SSH key'],
    ['a user of a shared credential that was not read', userReading(), 'cannot', 'uses the shared credential "ci", which could not be read'],
    ['a Git repository with the name for tokens', git({ credential: inferCredential('git', STATIC) }), 'unchanged', `the user name ${STATIC} is already`],
    [
      'a Git repository with a user name in its address',
      git({}, { gitUrl: { ...ON_BITBUCKET, usernameInUrl: 'buildbot' } }),
      'cannot',
      'the user name stands in the URL',
    ],
    ['a Git repository over ssh', git({}, { gitUrl: { kind: 'ssh' } }), 'unchanged', 'is reached over ssh'],
    ['a Git repository on another host', git({}, { gitUrl: { kind: 'other-host' } }), 'unchanged', 'is not on Bitbucket Cloud over https'],
    ['a Git repository at an address not understood', git({}, { gitUrl: { kind: 'unreadable' } }), 'cannot', 'its address could not be read'],
    [
      'a branch of a plan bound to Specs',
      reading({ level: 'branch', project: 'WEB', plan: 'WEB-A1', specsBound: true }),
      'cannot',
      'the next Specs run would undo the change',
    ],
    ['a credential not recognised', reading({ credential: { kind: 'unknown' } }), 'cannot', 'could not be recognised'],
    [
      'a credential not recognised, by the reason of its form',
      reading({ credential: { kind: 'unknown' } }, { writable: { kind: 'no', why: 'no password section' } }),
      'cannot',
      'no password section',
    ],
    ['no user name', reading({ credential: { kind: 'app-password' } }), 'cannot', 'shows no user name'],
    ['a blank user name', reading({ credential: { kind: 'app-password', username: ' ' } }), 'cannot', 'shows no user name'],
    [
      'a form that may not be written',
      reading({}, { writable: { kind: 'no', why: 'two candidates for the change flag' } }),
      'cannot',
      'two candidates for the change flag',
    ],
    ['a form without a repository', withoutAddress(), 'cannot', 'does not show which repository it points at'],
    [
      'a form that points elsewhere than the list',
      reading({}, { location: 'https://bot:pass@bitbucket.org/acme/api.git' }),
      'cannot',
      'the list shows https://bitbucket.org/acme/api.git',
    ],
    [
      'a plan bound to Specs',
      reading({ level: 'plan', project: 'WEB', plan: 'WEB-A', specsBound: true }),
      'cannot',
      'the next Specs run would undo the change',
    ],
    ['an object that no rule matches', reading({ workspace: 'other' }), 'cannot', 'add: - { workspace: other, token: TOKEN }'],
  ])('%s', (_what, one, list, why) => {
    const [actual, told] = fate(one);
    expect([actual, told]).toEqual([list, expect.stringContaining(why)]);
  });

  it.each([
    ['import', 'global', 'needs bamboo.home'],
    ['import', 'plan', 'Bamboo exports linked and project repositories only'],
    ['shared-credential', 'global', 'only shared credentials are written'],
  ] as const)('under the route "%s", a repository of the level %s', (route, level, why) => {
    expect(fate(reading({ level, ...(level === 'plan' ? { project: 'WEB', plan: 'WEB-A' } : {}) }), { config: config({ apply: { route } }) })[1]).toContain(
      why,
    );
  });

  it('what was read by its form where only documents may be written', () => {
    const home = { server: '/home', local: '/mnt' };
    const settings = config({ apply: { route: 'import' } });
    expect(fate(reading(), { config: { ...settings, bamboo: { ...settings.bamboo, home } } })[1]).toContain('its exported document could not be read');
  });

  it('an email no longer, when rotation is asked for', () => {
    const migrated = reading({ credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } });
    const { plan } = buildPlan(input([migrated], { rotate: true }));
    expect(plan.changes[0]?.before).toEqual({ username: 'ci@acme.example', credential: 'api-token' });
  });
});

describe('what is taken besides', () => {
  it.each(['buildbot', 'ci@acme.example'])('a Git repository on Bitbucket Cloud, whatever its user name: %s', (username) => {
    const one = git({ credential: inferCredential('git', username) }, { gitUrl: ON_BITBUCKET });
    const [change] = buildPlan(input([one])).plan.changes;
    expect([change?.kind, change?.route, change?.before, change?.after]).toEqual([
      'git',
      'form',
      { username, credential: 'app-password' },
      { username: STATIC, credential: 'api-token', token: 'ci' },
    ]);
  });

  it('the override of a plan branch, by the key of the branch', () => {
    const one = reading({ level: 'branch', project: 'WEB', plan: 'WEB-A1' });
    expect(buildPlan(input([one])).plan.changes[0]).toMatchObject({ level: 'branch', project: 'WEB', plan: 'WEB-A1', route: 'form' });
  });
});

describe('a rotation', () => {
  const migrated = reading({ credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } });
  const rotated = (one: Reading, part: Partial<PlanInput> = {}) => buildPlan(input([one], { rotate: true, ...part })).plan.changes[0];

  it('writes the same user name again, and needs the old secret to go back', () => {
    expect(rotated(migrated)).toMatchObject({
      before: { username: 'ci@acme.example', credential: 'api-token' },
      after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
      rollback: 'needs-secret',
    });
  });

  it('can go back exactly where the old secret is held under its user name', () => {
    expect(rotated(migrated, { config: config({ previous: { 'ci@acme.example': { file: './old' } } }) })?.rollback).toBe('exact');
  });

  it('may go over to the token of another account', () => {
    const other = reading({ credential: { kind: 'api-token', username: 'left@acme.example', inferred: true } });
    expect(rotated(other)).toMatchObject({ before: { username: 'left@acme.example' }, after: { username: 'ci@acme.example', token: 'ci' } });
  });

  it('takes what has not been migrated, too, and the name for tokens of the Git type', () => {
    expect(rotated(reading())?.before?.username).toBe('buildbot');
    expect(rotated(git({ credential: inferCredential('git', STATIC) }))?.after).toEqual({ username: STATIC, credential: 'api-token', token: 'ci' });
  });

  it('takes no more than a plan does', () => {
    for (const kind of ['ssh', 'none', 'unknown', 'shared'] as const) expect(rotated(reading({ credential: { kind } }))).toBeUndefined();
  });
});

describe('a plan', () => {
  const readings = [
    reading({ id: '10', name: 'b' }),
    reading({ id: '9', name: 'b' }),
    reading({ id: '3', level: 'plan', project: 'API', plan: 'API-B', name: 'a', specsBound: false }),
    reading({ id: '4', level: 'plan', project: 'API', plan: 'API-A', name: 'z', specsBound: false }),
    reading({ id: '5', level: 'project', project: 'WEB', name: 'a' }),
    reading({ id: '9007199254740993', name: 'a' }),
    reading({ id: '6', name: 'old', workspace: 'other' }),
    reading({ id: '8', name: 'older', workspace: 'other' }),
    reading({ id: '2', name: 'key', credential: { kind: 'ssh' } }),
  ];

  it('is in the order of level, project, plan, name and id', () => {
    expect(buildPlan(input(readings)).plan.changes.map((change) => change.id)).toEqual(['9007199254740993', '9', '10', '5', '4', '3']);
  });

  it('is the same, however the readings came in', () => {
    expect(buildPlan(input(readings.toReversed()))).toEqual(buildPlan(input(readings)));
  });

  it('counts what it lists, and suggests each line once', () => {
    const { plan, suggestions } = buildPlan(input(readings));
    expect(plan.summary).toEqual({ change: 6, unchanged: 1, cannot: 2 });
    expect(suggestions).toEqual(['- { workspace: other, token: TOKEN }']);
  });

  it('is what a plan file holds, but for the digest', () => {
    const { plan } = buildPlan(input(readings));
    expect(PlanFile.parse({ ...plan, digest: 'sha256:0' })).toEqual({ ...plan, digest: 'sha256:0' });
  });

  it('takes what is selected, and lists what the project needs besides', () => {
    const used = [
      reading({ id: '1', name: 'lib', usedBy: usage('WEB', 'API') }),
      reading({ id: '2', name: 'key', usedBy: usage('WEB'), credential: { kind: 'ssh' } }),
      reading({ id: '5', level: 'project', project: 'WEB' }),
    ];
    const { plan } = buildPlan(input(used, { selection: { project: ['WEB'] } }));
    expect(plan.changes.map((change) => change.id)).toEqual(['5']);
    expect(plan.alsoNeeded).toEqual([{ object: 'repository', id: '1', level: 'global', name: 'lib', why: 'also needed, serves 1 other project' }]);
    expect(buildPlan(input(used, { selection: { project: ['WEB'], includeUsed: true } })).plan.changes.map((change) => change.id)).toEqual(['1', '5']);
  });
});
