import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignToken } from '../../src/core/assign.ts';
import type { GitUrl } from '../../src/core/git-url.ts';
import { matchesGlob } from '../../src/core/glob.ts';
import { judgeItem, settle } from '../../src/core/judge.ts';
import type { Credential } from '../../src/core/model.ts';
import { fingerprint, settingDigests } from '../../src/core/object-state.ts';
import { comparePlaces } from '../../src/core/order.ts';
import { buildPlan } from '../../src/core/plan-builder.ts';
import type { WriteAnswer } from '../../src/core/ports.ts';
import type { Reading } from '../../src/core/reading.ts';
import { reverseChange } from '../../src/core/rollback-plan.ts';
import { selects } from '../../src/core/selection.ts';
import { inferCredential } from '../../src/core/sides.ts';
import { judgeVersion } from '../../src/core/version-gate.ts';
import { change, config, item, reading, sharedReading, state, stateWith, TODAY, usage } from '../support/core-samples.ts';

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const username = word.filter((text) => !text.includes('@') && text !== '__proto__');
const number = fc.nat({ max: 99 });
const projects = fc.uniqueArray(fc.constantFrom('WEB', 'API', 'DB', 'OPS'));
const level = fc.constantFrom('global', 'project', 'plan', 'branch');
const kind = fc.constantFrom('bitbucket-cloud', 'git');
const settings = fc.array(fc.tuple(fc.constantFrom('branch', 'lfs', 'checkBoxFields'), word), { maxLength: 6 });
const answer = fc.constantFrom<WriteAnswer>({ kind: 'saved' }, { kind: 'refused', why: 'no' }, { kind: 'session-lost' }, { kind: 'unanswered', why: 'reset' });

describe('going back', () => {
  it('and back again ends where it began', () => {
    fc.assert(
      fc.property(username, (name) => {
        const first = change({ before: { username: name, credential: 'app-password' } });
        const held = config({ previous: { [name]: { file: './old' } } });
        const back = reverseChange(first, held, TODAY);
        const again = 'why' in back ? back : reverseChange(back, held, TODAY);
        expect(again).toMatchObject({ before: first.before, after: first.after, fingerprint: first.fingerprint, settings: first.settings });
      }),
    );
  });

  it('never writes a user name without a secret that belongs to it', () => {
    fc.assert(
      fc.property(username, username, (name, heldName) => {
        const back = reverseChange(
          change({ before: { username: name, credential: 'app-password' } }),
          config({ previous: { [heldName]: { file: './old' } } }),
          TODAY,
        );
        expect('why' in back ? 'refused' : back.after.previous).toBe(name === heldName ? name : 'refused');
      }),
    );
  });
});

describe('judging and settling', () => {
  it('plans a write only where nothing differs, and counts one as done only where the new name is there and nothing else differs', () => {
    fc.assert(
      fc.property(settings, fc.option(settings, { nil: undefined }), fc.constantFrom('buildbot', 'ci@acme.example', 'somebody'), (planned, edited, name) => {
        const found = edited ?? planned;
        const expected = state({ settings: planned });
        const intent = change({ fingerprint: fingerprint(expected), settings: settingDigests(planned) });
        const same = JSON.stringify(planned) === JSON.stringify(found);
        const wanted = { buildbot: 'as-planned', 'ci@acme.example': 'already-done', somebody: 'drifted' }[name];
        expect(judgeItem(intent, stateWith(name, { settings: found })).kind).toBe(same ? wanted : 'drifted');
      }),
    );
  });

  it('calls a write changed only where reading back shows the new name and nothing else changed', () => {
    fc.assert(
      fc.property(
        answer,
        fc.oneof(fc.constant(state().settings), settings),
        fc.constantFrom('buildbot', 'ci@acme.example', 'somebody'),
        (said, found, name) => {
          const seen = stateWith(name, { settings: found });
          const { outcome } = settle(change(), said, { kind: 'read', state: seen });
          const proved = name === 'ci@acme.example' && fingerprint(seen) === change().fingerprint;
          if (outcome.kind === 'changed') expect(proved).toBe(true);
          if (proved && said.kind !== 'refused' && said.kind !== 'session-lost') expect(outcome.kind).toBe('changed');
        },
      ),
    );
  });
});

describe('selecting', () => {
  it('takes no less when what a project uses is included, and no more when a flag is added', () => {
    fc.assert(
      fc.property(projects, projects, level, kind, (wanted, users, at, type) => {
        const object = item({ level: at, project: 'WEB', kind: type, usedBy: usage(...users) });
        const owned = selects({ project: wanted }, object);
        const withUsed = selects({ project: wanted, includeUsed: true }, object);
        expect(withUsed || !owned).toBe(true);
        expect(owned || !selects({ project: wanted, kind: ['git'] }, object)).toBe(true);
      }),
    );
  });

  it('lets every text select itself, and `*` every name', () => {
    fc.assert(
      fc.property(word, (text) => {
        expect(matchesGlob(text, text, 'name')).toBe(true);
        expect(matchesGlob('*', text, 'name')).toBe(true);
      }),
    );
  });

  it('finds no rule that an earlier one hides', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ token: fc.constantFrom('ci', 'web'), project: fc.constantFrom('WEB', 'API', '*') })), (rules) => {
        const found = assignToken(rules, item({ level: 'project', project: 'WEB' }));
        expect(found).toBe(rules.find((rule) => rule.project !== 'API'));
      }),
    );
  });
});

describe('a plan of anything', () => {
  const STATIC = 'x-bitbucket-api-token-auth';
  const names = fc.constantFrom('buildbot', 'ci@acme.example', STATIC);
  const slots = fc.constantFrom('inline', 'inline', 'shared', 'ssh', 'none', 'unknown');
  const urls = fc.constantFrom<GitUrl>(
    { kind: 'https', workspace: 'acme', slug: 'web' },
    { kind: 'https', workspace: 'acme', slug: 'web', usernameInUrl: 'bot' },
    { kind: 'ssh' },
    { kind: 'other-host' },
    { kind: 'unreadable' },
  );
  const repository = fc
    .record({ level, kind, slot: slots, name: names, shared: fc.constantFrom('1', '2', '9'), url: urls, workspace: fc.constantFrom('acme', 'beta') })
    .map(({ level: at, kind: type, slot, name, shared, url, workspace }) => {
      const credential =
        slot === 'inline' ? inferCredential(type, name) : slot === 'shared' ? { kind: slot, shared: { id: shared, name: 'ci' } } : { kind: slot };
      return reading(
        { level: at, kind: type, workspace, credential: credential as Credential, specsBound: at === 'plan' ? null : false },
        type === 'git' ? { gitUrl: url } : {},
      );
    });
  const shared = fc
    .record({ id: fc.constantFrom('1', '2'), name: names, open: fc.boolean() })
    .map(({ id, name, open }) => sharedReading({ id, credential: inferCredential('credentials', name) }, open ? {} : { writable: { kind: 'no', why: 'no' } }));
  const anything = fc
    .tuple(fc.array(repository, { maxLength: 8 }), fc.uniqueArray(shared, { selector: ({ item: { id } }) => id, maxLength: 2 }))
    .map(([repositories, credentials]) => [...repositories.map((one, index) => ({ ...one, item: { ...one.item, id: `${index}` } })), ...credentials]);
  const rules = fc.constantFrom<object[]>(
    [{ workspace: 'acme', token: 'ci' }],
    [{ token: 'ci', acceptUsers: true }],
    [{ token: 'ci' }],
    [{ workspace: 'acme', token: 'ci' }, { token: 'web' }],
  );
  const plan = (readings: readonly Reading[], assign: object[], rotate = false) =>
    buildPlan({ readings, config: config({ assign }), selection: {}, rotate, now: TODAY, tool: 't', server: { url: 'https://b.example', version: '12.1.6' } });

  it('is the same, however the readings came in, and says something of each', () => {
    fc.assert(
      fc.property(anything, rules, fc.boolean(), (readings, assign, rotate) => {
        const built = plan(readings, assign, rotate);
        expect(plan(readings.toReversed(), assign, rotate)).toEqual(built);
        const { change: changes, unchanged, cannot } = built.plan.summary;
        expect(changes + unchanged + cannot).toBe(readings.length);
      }),
    );
  });

  it('takes inline pairs and shared credentials only, each with the user name that its kind needs', () => {
    fc.assert(
      fc.property(anything, rules, fc.boolean(), (readings, assign, rotate) => {
        for (const one of plan(readings, assign, rotate).plan.changes) {
          const found = readings.find(({ item: { object, id } }) => object === one.object && id === one.id);
          expect(['app-password', 'api-token']).toContain(found?.item.credential.kind);
          expect(found?.writable.kind).toBe('yes');
          if (one.kind === 'git') expect([one.after.username, found?.gitUrl]).toEqual([STATIC, { kind: 'https', workspace: 'acme', slug: 'web' }]);
          if (one.kind === 'bitbucket-cloud') expect(one.after.username).toMatch(/@/);
          if (one.kind === 'credentials') expect(one.after.username === STATIC).toBe(one.users?.every((user) => isGit(readings, user.id)));
          if (!rotate) expect(one.before).not.toEqual({ username: one.after.username, credential: one.after.credential });
        }
      }),
    );
  });

  it('changes no shared credential with a user that the token does not serve, unless users are accepted', () => {
    fc.assert(
      fc.property(anything, (readings) => {
        for (const one of plan(readings, [{ token: 'ci' }]).plan.changes.filter((change) => change.kind === 'credentials')) {
          const users = readings.filter(({ item }) => item.credential.shared?.id === one.id);
          expect(one.users?.map(({ id }) => id).sort()).toEqual(users.map(({ item }) => item.id).sort());
          expect(new Set(users.map(({ item }) => item.kind)).size).toBe(1);
        }
      }),
    );
  });

  it('holds nothing to do after it was carried out', () => {
    fc.assert(
      fc.property(anything, rules, (readings, assign) => {
        const { changes } = plan(readings, assign).plan;
        const done = readings.map((one) => {
          const change = changes.find(({ object, id }) => object === one.item.object && id === one.item.id);
          return change === undefined ? one : { ...one, item: { ...one.item, credential: inferCredential(one.item.kind, change.after.username) } };
        });
        expect(plan(done, assign).plan.changes).toEqual([]);
      }),
    );
  });

  function isGit(readings: readonly Reading[], id: string): boolean {
    return readings.some(({ item }) => item.object === 'repository' && item.id === id && item.kind === 'git');
  }
});

describe('the order of places', () => {
  it('is a total order', () => {
    const place = fc.record({ object: fc.constant('repository' as const), id: fc.oneof(fc.bigInt({ min: 0n }).map(String), word), level, name: word });
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: (each) => each.id }), (places) => {
        const sorted = places.toSorted(comparePlaces);
        expect(places.toReversed().sort(comparePlaces)).toEqual(sorted);
      }),
    );
  });
});

describe('the version gate', () => {
  it('takes what follows a version that it takes, within a line and from 11.1 on', () => {
    fc.assert(
      fc.property(number, number, number, number, (major, minor, patch, more) => {
        const verdict = judgeVersion(`${major}.${minor}.${patch}`);
        if (verdict.kind === 'supported') expect(judgeVersion(`${major}.${minor}.${patch + more}`)).toEqual(verdict);
        if (major > 11) expect(verdict).toEqual({ kind: 'supported' });
      }),
    );
  });

  it('takes no qualified version whose release it refuses, and takes each fix that it names', () => {
    fc.assert(
      fc.property(number, number, number, fc.constantFrom('-SNAPSHOT', '-rc1', '-m02'), (major, minor, patch, qualifier) => {
        const release = judgeVersion(`${major}.${minor}.${patch}`);
        const qualified = judgeVersion(`${major}.${minor}.${patch}${qualifier}`);
        if (release.kind === 'unsupported') expect(qualified).toEqual(release);
        if (qualified.kind === 'unsupported') expect(judgeVersion(qualified.nearestFix)).toEqual({ kind: 'supported' });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => ['supported', 'unsupported', 'unreadable'].includes(judgeVersion(text).kind)));
  });
});
