import { describe, expect, it } from '@jest/globals';
import type { InventoryItem } from '../../../src/core/inventory.ts';
import { settingDigests } from '../../../src/core/object-state.ts';
import { type BuiltPlan, buildPlan, type PlanInput } from '../../../src/core/plan-builder.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { inferCredential } from '../../../src/core/sides.ts';
import { config, sharedReading, TODAY, usage, userReading } from '../../support/core-samples.ts';

const STATIC = 'x-bitbucket-api-token-auth';
const CLOUD = userReading({ id: '11', name: 'web' });
const GIT = gitUser({ id: '12', name: 'api', slug: 'api' });
const ACCEPTING = config({ assign: [{ workspace: 'acme', token: 'ci', acceptUsers: true }] });

function gitUser(part: Partial<InventoryItem> = {}, extra: Partial<Reading> = {}): Reading {
  const { workspace = 'acme', slug = 'web' } = part;
  return userReading({ kind: 'git', ...part }, { gitUrl: { kind: 'https', workspace, slug }, ...extra });
}

function gitElsewhere(gitUrl: NonNullable<Reading['gitUrl']>): Reading {
  const { item, ...rest } = gitUser({ id: '13', name: 'tools' }, { gitUrl });
  const { workspace: _workspace, slug: _slug, ...other } = item;
  return { ...rest, item: other };
}

function planned(readings: readonly Reading[], part: Partial<PlanInput> = {}): BuiltPlan {
  const server = { url: 'https://bamboo.example.com/bamboo', version: '12.1.6' };
  return buildPlan({ readings, config: config(), selection: {}, rotate: false, now: TODAY, tool: 't', server, ...part });
}

/** Where the credential with the id 3 ends up, and why. */
function fate(readings: readonly Reading[], part: Partial<PlanInput> = {}): [list: string, why: string] {
  const { plan } = planned(readings, part);
  const isIt = (one: { object: string; id: string }) => one.object === 'shared-credential' && one.id === '3';
  const change = plan.changes.find(isIt);
  if (change !== undefined) return [change.after.username, change.warnings.join('; ')];
  const left = plan.unchanged.find(isIt);
  return left === undefined ? ['cannot', plan.cannot.find(isIt)?.why ?? ''] : ['unchanged', left.why];
}

describe('a shared credential of Bitbucket Cloud repositories', () => {
  const { fingerprint, settings } = sharedReading();
  const second = userReading({ id: '14', name: 'app', level: 'project', project: 'APP', slug: 'app', usedBy: usage('APP', 'OPS') });

  it('is one change for all of them', () => {
    const { plan } = planned([CLOUD, second, sharedReading()]);
    expect(plan.changes).toEqual([
      {
        object: 'shared-credential',
        id: '3',
        level: 'global',
        name: 'ci',
        kind: 'credentials',
        workspace: 'acme',
        slug: 'web',
        route: 'shared-credential',
        before: { username: 'buildbot', credential: 'app-password' },
        after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
        fingerprint,
        settings,
        usedBy: { ...usage('APP', 'OPS', 'WEB'), plans: 0, repositories: 2 },
        users: [
          { object: 'repository', id: '11', level: 'global', name: 'web', workspace: 'acme', slug: 'web' },
          { object: 'repository', id: '14', level: 'project', project: 'APP', name: 'app', workspace: 'acme', slug: 'app' },
        ],
        rollback: 'needs-secret',
        warnings: [],
      },
    ]);
    expect(plan.unchanged.map(({ id, why }) => [id, why])).toEqual([
      ['11', 'stands on the shared credential "ci", which changes'],
      ['14', 'stands on the shared credential "ci", which changes'],
    ]);
  });

  it('is checked through a user whose repository is known', () => {
    const { workspace: _workspace, slug: _slug, ...hidden } = userReading({ id: '10', name: 'a' }).item;
    const { plan } = planned([userReading({}, { item: hidden }), CLOUD, sharedReading()], {
      config: config({ assign: [{ sharedCredential: 'ci', token: 'ci' }] }),
    });
    expect(plan.changes[0]?.users?.map(({ id }) => id)).toEqual(['11']);
    const only = planned([userReading({}, { item: hidden }), sharedReading()], { config: config({ assign: [{ sharedCredential: 'ci', token: 'ci' }] }) });
    expect(only.plan.cannot.map(({ why }) => why)).toContain('none of its users shows which repository it points at, so a new secret could not be checked');
  });

  it('is written by its own route, whatever the route of repositories', () => {
    for (const route of ['form', 'import', 'auto']) expect(fate([CLOUD, sharedReading()], { config: config({ apply: { route } }) })[0]).toBe('ci@acme.example');
  });

  it.each<[string, InventoryItem['credential'], boolean, string]>([
    ['an email is left', inferCredential('credentials', 'ci@acme.example'), false, 'unchanged'],
    ['an email is taken for rotation', inferCredential('credentials', 'ci@acme.example'), true, 'ci@acme.example'],
    ['the name for tokens serves Git only', inferCredential('credentials', STATIC), false, 'ci@acme.example'],
  ])('%s', (_what, credential, rotate, list) => {
    expect(fate([CLOUD, sharedReading({ credential })], { rotate })[0]).toBe(list);
  });
});

describe('a shared credential of Git repositories alone', () => {
  it('gets the name for tokens', () => {
    const [change] = planned([GIT, sharedReading()]).plan.changes;
    expect(change).toMatchObject({ kind: 'credentials', after: { username: STATIC, credential: 'api-token', token: 'ci' }, slug: 'api' });
  });

  it.each([
    ['buildbot', STATIC],
    ['ci@acme.example', STATIC],
    [STATIC, 'unchanged'],
  ])('with the user name %s', (username, list) => {
    expect(fate([GIT, sharedReading({ credential: inferCredential('credentials', username) })])[0]).toBe(list);
  });
});

describe('a shared credential that serves others, too', () => {
  const cases: ReadonlyArray<readonly [string, readonly Reading[], string, string]> = [
    [
      'users of both kinds',
      [CLOUD, GIT],
      'both its Bitbucket Cloud users, "web" (acme/web), and its Git users, "api" (acme/api)',
      'stops working with the email as user name: "api" (acme/api)',
    ],
    [
      'a Git user on another host',
      [CLOUD, gitElsewhere({ kind: 'other-host' })],
      'it is also used by "tools" on another host',
      'with this token, by "tools" on another host',
    ],
    ['a Git user over ssh', [CLOUD, gitElsewhere({ kind: 'ssh' })], 'it is also used by "tools" reached over ssh', 'by "tools" reached over ssh'],
    [
      'a Git user at an address not understood',
      [CLOUD, gitElsewhere({ kind: 'unreadable' })],
      '"tools" whose address could not be read',
      '"tools" whose address could not be read',
    ],
    [
      'a Git user with a user name in its address',
      [CLOUD, gitUser({ id: '13', name: 'tools' }, { gitUrl: { kind: 'https', workspace: 'acme', slug: 'web', usernameInUrl: 'bot' } })],
      '"tools" (acme/web) with a user name inside its address',
      '"tools" (acme/web) with a user name inside its address',
    ],
  ];

  it.each(cases)('is not taken, and names them: %s', (_what, users, why) => {
    expect(fate([...users, sharedReading()])).toEqual(['cannot', expect.stringContaining(why)]);
    expect(fate([...users, sharedReading()], { rotate: true })[0]).toBe('cannot');
  });

  it.each(cases)('is taken where the rule accepts users, with a warning: %s', (_what, users, _why, warning) => {
    expect(fate([...users, sharedReading()], { config: ACCEPTING })).toEqual(['ci@acme.example', expect.stringContaining(warning)]);
  });

  it('is not taken for a user of another repository type', () => {
    expect(fate([CLOUD, sharedReading({}, { otherUsers: ['mirror'] })])).toEqual([
      'cannot',
      expect.stringContaining('also used by mirror of another repository type'),
    ]);
  });

  it('is checked through Bitbucket Cloud users only, where users of both kinds are accepted', () => {
    const [change] = planned([CLOUD, GIT, sharedReading()], { config: ACCEPTING }).plan.changes;
    expect([change?.users?.map(({ id }) => id), change?.usedBy?.repositories]).toEqual([['11'], 2]);
  });

  it('names so many users, and counts the others', () => {
    const many = Array.from({ length: 25 }, (_none, index) => gitUser({ id: `${100 + index}`, name: `r${100 + index}` }));
    expect(fate([CLOUD, ...many, sharedReading()])[1]).toContain('"r119" (acme/web) and 5 more');
  });
});

describe('a shared credential that serves nothing on Bitbucket Cloud', () => {
  it.each<[string, readonly Reading[], string, string]>([
    ['no known user', [], 'unchanged', 'serves no Bitbucket Cloud repository that was read'],
    ['another host alone', [gitElsewhere({ kind: 'other-host' })], 'unchanged', 'serves no Bitbucket Cloud repository that was read'],
    [
      'an address not understood',
      [gitElsewhere({ kind: 'unreadable' })],
      'cannot',
      'not known whether it serves Bitbucket Cloud: it is used by "tools" whose address',
    ],
  ])('is never given a token, even where users are accepted: %s', (_what, users, list, why) => {
    const accepting = config({ assign: [{ token: 'ci', acceptUsers: true }] });
    for (const settings of [config(), accepting]) expect(fate([...users, sharedReading()], { config: settings })).toEqual([list, expect.stringContaining(why)]);
  });
});

describe('a shared credential of which nobody says what uses it', () => {
  const unused = { usedBy: null };

  it('is not said to need nothing while something could not be read that may use it', () => {
    expect(fate([sharedReading(unused)], { unread: 2 })).toEqual([
      'cannot',
      'not known whether it serves Bitbucket Cloud: nothing that was read uses it, and 2 things could not be read',
    ]);
  });

  it.each<[string, Partial<InventoryItem>, number]>([
    ['everything was read', unused, 0],
    ['the server says that nothing uses it', {}, 2],
    ['it is on a token already', { ...unused, credential: { kind: 'api-token', username: 'ci@acme.example' } }, 2],
  ])('is left alone as before where %s', (_what, part, unread) => {
    expect(fate([sharedReading(part)], { unread })[0]).toBe('unchanged');
  });
});

describe('a shared credential that can not be taken', () => {
  it.each<[string, Partial<InventoryItem>, Partial<Reading>, string]>([
    ['its user name could not be read', { credential: { kind: 'unknown' }, level: 'project', project: 'WEB' }, {}, 'its current user name could not be read'],
    ['its user name is blank', { credential: { kind: 'app-password', username: ' ' } }, {}, 'its current user name could not be read'],
    ['it may not be written', {}, { writable: { kind: 'no', why: 'two password fields' } }, 'two password fields'],
  ])('stands there with the reason, and so do its users: %s', (_what, part, extra, why) => {
    const { plan } = planned([CLOUD, sharedReading(part, extra)]);
    expect(plan.changes).toEqual([]);
    const standsOn = expect.stringMatching(/^stands on the shared credential "ci"( of project WEB)?: /);
    expect(plan.cannot.map((left) => [left.object, left.why])).toEqual(
      expect.arrayContaining([
        ['shared-credential', expect.stringContaining(why)],
        ['repository', standsOn],
      ]),
    );
  });

  it('is left out by a selection that takes its users, and they say so', () => {
    const { plan } = planned([CLOUD, sharedReading()], { selection: { kind: ['bitbucket-cloud'] } });
    expect(plan.cannot.map(({ why }) => why)).toEqual(['stands on the shared credential "ci", which is not selected: --kind credentials selects it']);
  });
});

describe('the token of a shared credential', () => {
  const beta = userReading({ id: '15', name: 'beta', workspace: 'beta' });
  const byWorkspace = [
    { workspace: 'acme', token: 'ci' },
    { workspace: 'beta', token: 'web' },
  ];

  it.each<[string, object[], readonly Reading[], string]>([
    ['by its name', [{ sharedCredential: 'c*', token: 'web' }], [CLOUD], 'web@acme.example'],
    ['by its user name', [{ username: 'buildbot', token: 'web' }], [CLOUD, beta], 'web@acme.example'],
    ['by its level', [{ level: 'global', token: 'web' }], [CLOUD], 'web@acme.example'],
    ['by the workspace of its users', byWorkspace, [CLOUD], 'ci@acme.example'],
    ['by the first rule that matches', [{ token: 'web' }, { sharedCredential: 'ci', token: 'ci' }], [CLOUD], 'web@acme.example'],
    ['by its name, before what its users disagree on', [...byWorkspace, { sharedCredential: 'ci', token: 'web' }], [CLOUD, beta], 'web@acme.example'],
    [
      'by a token that all its users agree on',
      [
        { repository: 'acme/*', token: 'ci' },
        { repository: 'beta/*', token: 'ci' },
      ],
      [CLOUD, beta],
      'ci@acme.example',
    ],
    ['not by rules that give its users different tokens', byWorkspace, [CLOUD, beta], 'cannot'],
    ['not by a rule for all others, where its users have different ones', [...byWorkspace, { token: 'ci' }], [CLOUD, beta], 'cannot'],
    ['not by rules that know some of its users only', [{ repository: 'acme/*', token: 'ci' }], [CLOUD, beta], 'cannot'],
    ['not by the project that merely uses it', [{ project: 'WEB', token: 'ci' }], [CLOUD], 'cannot'],
  ])('is found %s', (_what, assign, users, list) => {
    expect(fate([...users, sharedReading()], { config: config({ assign }) })[0]).toBe(list);
  });

  it('is asked for with the users that disagree, and a line to add', () => {
    const { plan, suggestions } = planned([CLOUD, beta, sharedReading()], { config: config({ assign: byWorkspace }) });
    expect(plan.cannot[0]?.why).toContain(
      'different tokens, "web" to "beta" (beta/web), "ci" to "web" (acme/web); add above them: - { sharedCredential: ci, token: TOKEN }',
    );
    expect(suggestions).toEqual(['- { sharedCredential: ci, token: TOKEN }']);
  });

  it('is found for each of two credentials of the same name', () => {
    const ofProject = sharedReading({ id: '4', level: 'project', project: 'WEB' });
    const its = userReading({ id: '16', name: 'own', credential: { kind: 'shared', shared: { id: '4', name: 'ci' } } });
    const assign = [
      { sharedCredential: 'ci', project: 'WEB', token: 'web' },
      { sharedCredential: 'ci', level: 'global', token: 'ci' },
    ];
    const { plan } = planned([CLOUD, its, sharedReading(), ofProject], { config: config({ assign }) });
    expect(plan.changes.map(({ id, after, users }) => [id, after.token, users?.map((user) => user.id)])).toEqual([
      ['3', 'ci', ['11']],
      ['4', 'web', ['16']],
    ]);
    expect(plan.unchanged.find(({ id }) => id === '16')?.why).toBe('stands on the shared credential "ci" of project WEB, which changes');
  });
});

describe('the warnings of a shared credential', () => {
  it.each<[string, readonly Reading[], Reading, Partial<PlanInput>, string]>([
    ['what uses it', [CLOUD], sharedReading({ usedBy: null }), {}, 'what else uses it, tasks and environments included, could not be read'],
    ['what uses a user', [userReading({ usedBy: null })], sharedReading(), {}, 'what uses its "web" (acme/web) could not be read'],
    ['users that were not read', [CLOUD], sharedReading({ usedBy: { ...usage(), repositories: 3 } }), {}, 'also used by 2 repositories that were not read'],
    ['hidden plans', [CLOUD], sharedReading({ usedBy: { ...usage(), inaccessiblePlans: 1 } }), {}, 'also used by 1 plan that this account may not see'],
    ['things not read', [CLOUD], sharedReading(), { unread: 2 }, '2 things could not be read, and may use it, too'],
    ['tasks, by its notes', [CLOUD], sharedReading({ notes: ['used by 1 task of WEB-MAIN'] }), {}, 'used by 1 task of WEB-MAIN'],
    [
      'webhooks of a user',
      [userReading({}, { settings: settingDigests([['a.webhookEnabled', 'true']]) })],
      sharedReading(),
      {},
      'webhooks: the token needs read:webhook and write:webhook',
    ],
  ])('tell of %s', (_what, users, credential, part, warning) => {
    expect(fate([...users, credential], part)).toEqual(['ci@acme.example', warning]);
  });

  it('are none about users that are known and seen', () => {
    expect(fate([CLOUD, sharedReading({ usedBy: { ...usage('WEB'), repositories: 1 } })])[1]).toBe('');
  });
});

describe('a project selection', () => {
  const owned = sharedReading({ id: '4', level: 'project', project: 'WEB' });
  const its = userReading({ id: '16', level: 'project', project: 'WEB', credential: { kind: 'shared', shared: { id: '4', name: 'ci' } } });
  const readings = [CLOUD, userReading({ id: '17', level: 'plan', project: 'API', plan: 'API-A', specsBound: false }), its, sharedReading(), owned];

  it('takes the shared credentials of the project, and lists those that it merely uses', () => {
    const { plan } = planned(readings, { selection: { project: ['WEB'] } });
    expect(plan.changes.map(({ id }) => id)).toEqual(['4']);
    expect(plan.alsoNeeded).toEqual([{ object: 'shared-credential', id: '3', level: 'global', name: 'ci', why: 'also needed, serves 1 other project' }]);
  });

  it('takes those that it uses on demand', () => {
    const { plan } = planned(readings, { selection: { project: ['WEB'], includeUsed: true } });
    expect(plan.changes.map(({ id }) => id)).toEqual(['3', '4']);
  });
});

describe('a workspace selection', () => {
  const both = [CLOUD, userReading({ id: '18', workspace: 'beta' }), sharedReading()];
  const selection = { workspace: ['acme'] };

  it('takes a shared credential whose users are all there', () => {
    expect(planned([CLOUD, sharedReading()], { selection }).plan.changes.map(({ id }) => id)).toEqual(['3']);
    expect(planned(both, { selection }).plan.changes).toEqual([]);
  });
});
