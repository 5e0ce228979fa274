import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignToken } from '../../src/core/assign.ts';
import { matchesGlob } from '../../src/core/glob.ts';
import { judgeItem, settle } from '../../src/core/judge.ts';
import { fingerprint, settingDigests } from '../../src/core/object-state.ts';
import { comparePlaces } from '../../src/core/order.ts';
import type { WriteAnswer } from '../../src/core/ports.ts';
import { reverseChange } from '../../src/core/rollback-plan.ts';
import { selects } from '../../src/core/selection.ts';
import { judgeVersion } from '../../src/core/version-gate.ts';
import { change, config, item, state, stateWith, TODAY, usage } from '../support/core-samples.ts';

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
