import { describe, expect, it } from '@jest/globals';
import { judgeHeld, judgeItem, type ReadBack, type Settlement, settle, testProvesSecret } from '../../../src/core/judge.ts';
import { fingerprint, type ObjectState } from '../../../src/core/object-state.ts';
import type { WriteAnswer } from '../../../src/core/ports.ts';
import { change, sharedState, state, stateWith } from '../../support/core-samples.ts';

const CHANGE = change();
const OLD = stateWith('buildbot');
const NEW = stateWith('ci@acme.example');
const OTHER_BRANCH = [
  ['branch', 'release'],
  ['checkBoxFields', 'lfs'],
  ['checkBoxFields', 'shallow'],
] as const;
const OTHER_ORDER = [
  ['checkBoxFields', 'lfs'],
  ['branch', 'main'],
  ['checkBoxFields', 'shallow'],
] as const;
const ROTATION = change({ before: { username: 'ci@acme.example', credential: 'api-token' } });

describe('an item just before its write', () => {
  it.each<[string, ObjectState, string]>([
    ['holds what the plan expects', OLD, 'as-planned'],
    ['holds what the plan wants already', NEW, 'already-done'],
    ['has another user name', stateWith('somebody'), 'drifted'],
    ['has another kind of credential', state({ credential: { kind: 'ssh' } }), 'drifted'],
    ['has another setting', stateWith('buildbot', { settings: OTHER_BRANCH }), 'drifted'],
    ['has the wanted user name and another setting', stateWith('ci@acme.example', { settings: OTHER_BRANCH }), 'drifted'],
    ['points at another repository', stateWith('buildbot', { slug: 'api' }), 'drifted'],
    ['is of another type', stateWith('buildbot', { kind: 'git' }), 'drifted'],
    ['may not be written any more', stateWith('buildbot', { writable: { kind: 'no', why: 'two change flags' } }), 'drifted'],
  ])('%s', (_what, now, kind) => {
    expect(judgeItem(CHANGE, now).kind).toBe(kind);
  });

  it.each<[ObjectState, string]>([
    [stateWith('buildbot', { settings: OTHER_BRANCH }), 'changed: branch'],
    [stateWith('buildbot', { settings: OTHER_ORDER }), 'the order of its settings changed'],
    [stateWith('buildbot', { slug: 'api' }), 'it points at acme/api, not at acme/web'],
    [stateWith('buildbot', { place: { ...OLD.place, id: '8' } }), 'it is another object (id 8)'],
    [
      stateWith('somebody', { settings: [] }),
      'the credential is now app-password of "somebody", the plan expects app-password of "buildbot"; changed: branch, checkBoxFields',
    ],
    [state({ credential: { kind: 'ssh' } }), 'the credential is now ssh, the plan expects app-password of "buildbot"'],
    [stateWith('buildbot', { writable: { kind: 'no', why: 'two change flags' } }), 'two change flags'],
  ])('is told what drifted %#', (now, why) => {
    expect(judgeItem(CHANGE, now)).toEqual({ kind: 'drifted', why });
  });

  it('drifted where it is to be removed and somebody uses it by now, and is written all the same where it is to stay', () => {
    const twin = stateWith('buildbot', { inUse: 'it is used by 1 plan(s)' });
    expect(judgeItem(change({ after: { username: '', credential: 'none' } }), twin)).toEqual({ kind: 'drifted', why: 'it is used by 1 plan(s)' });
    expect(judgeItem(CHANGE, twin)).toEqual({ kind: 'as-planned' });
  });

  it('can never be seen to be rotated already', () => {
    expect(judgeItem(ROTATION, NEW)).toEqual({ kind: 'as-planned' });
  });
});

const SAVED: WriteAnswer = { kind: 'saved' };
const REFUSED: WriteAnswer = { kind: 'refused', why: 'no right' };
const UNANSWERED: WriteAnswer = { kind: 'unanswered', why: 'socket hang up' };
const LOST: WriteAnswer = { kind: 'session-lost' };
const OTHER_OBJECT: WriteAnswer = { kind: 'other-object', id: '99' };
const UNREADABLE: ReadBack = { kind: 'unreadable', why: 'error page' };

/** The outcome word, with `!` where the run stops, `?` where reading once more may help and `+` where the write may be repeated. */
function told({ outcome, stop, again, repeat }: Settlement): string {
  return `${outcome.kind}${stop === undefined ? '' : '!'}${again === undefined ? '' : '?'}${repeat === undefined ? '' : '+'}`;
}

function read(now: ObjectState): ReadBack {
  return { kind: 'read', state: now };
}

describe('what a write did', () => {
  const back = {
    new: read(NEW),
    old: read(OLD),
    newAndMore: read(stateWith('ci@acme.example', { settings: OTHER_BRANCH })),
    oldAndMore: read(stateWith('buildbot', { settings: OTHER_BRANCH })),
    neither: read(stateWith('somebody')),
    unreadable: UNREADABLE,
  };

  it.each<[string, WriteAnswer, keyof typeof back, string]>([
    ['saved and read back', SAVED, 'new', 'changed'],
    ['saved and nothing stored', SAVED, 'old', 'failed?'],
    ['saved with more than the credential', SAVED, 'newAndMore', 'failed!'],
    ['saved something else', SAVED, 'oldAndMore', 'failed!'],
    ['saved, and neither old nor new is there', SAVED, 'neither', 'unknown'],
    ['saved and not to be read', SAVED, 'unreadable', 'unknown'],
    ['refused and nothing stored', REFUSED, 'old', 'failed'],
    ['refused and stored all the same', REFUSED, 'new', 'unknown'],
    ['refused and changed by somebody', REFUSED, 'oldAndMore', 'unknown!'],
    ['refused and not to be read', REFUSED, 'unreadable', 'unknown'],
    ['unanswered and done', UNANSWERED, 'new', 'changed'],
    ['unanswered and not seen yet', UNANSWERED, 'old', 'unknown?'],
    ['unanswered with more than the credential', UNANSWERED, 'newAndMore', 'failed!'],
    ['unanswered and changed by somebody', UNANSWERED, 'oldAndMore', 'unknown!'],
    ['unanswered and not to be read', UNANSWERED, 'unreadable', 'unknown'],
    ['sent without a session', LOST, 'old', 'failed'],
    ['sent without a session, and stored all the same', LOST, 'new', 'unknown'],
    ['answered for another object', OTHER_OBJECT, 'new', 'failed!'],
    ['answered for another object, not to be read', OTHER_OBJECT, 'unreadable', 'failed!'],
  ])('%s', (_what, answer, seen, outcome) => {
    expect(told(settle(CHANGE, answer, back[seen]))).toBe(outcome);
  });

  it.each<[WriteAnswer, ReadBack, string]>([
    [SAVED, back.old, 'the server answered OK but stored nothing'],
    [SAVED, back.newAndMore, 'the server answered OK, but more than the credential differs: changed: branch'],
    [REFUSED, back.old, 'the server refused: no right; nothing was stored'],
    [{ kind: 'refused', why: 'Bamboo answered 400.' }, back.old, 'the server refused: Bamboo answered 400; nothing was stored'],
    [UNANSWERED, back.new, 'settled by reading back (the write got no usable answer: socket hang up)'],
    [UNANSWERED, back.unreadable, 'the write got no usable answer: socket hang up, and it could not be read back: error page'],
    [OTHER_OBJECT, back.old, 'the server answered for another object (id 99); look at both before going on'],
  ])('is told in words %#', (answer, seen, why) => {
    expect(settle(CHANGE, answer, seen).outcome.why).toBe(why);
  });

  it.each([
    [{ route: 'import', object: 'repository' }, 'a second repository. Look at it under linked repositories'],
    [{ route: 'import', object: 'repository', level: 'project', project: 'WEB' }, 'a second repository. Look at it among the repositories of project WEB'],
    [
      { route: 'shared-credential', object: 'shared-credential', project: 'WEB' },
      'a second shared credential. Look at it among the shared credentials of project WEB',
    ],
    [{ route: 'shared-credential', object: 'shared-credential' }, 'a second shared credential. Look at it under shared credentials'],
  ] as const)('says what an import made, where it stands and what rollback does: %j', (part, words) => {
    const { why } = settle({ ...CHANGE, ...part }, OTHER_OBJECT, back.old).outcome;
    expect(why).toContain(words);
    expect(why).toMatch(/\(id 99\).*remove it there by hand.*"rollback" leaves it alone/);
  });

  it.each<[WriteAnswer, string]>([
    [SAVED, 'changed'],
    [UNANSWERED, 'unknown+'],
    [REFUSED, 'failed'],
    [LOST, 'failed'],
  ])('is not proved by a user name that stays the same: %j', (answer, outcome) => {
    expect(told(settle(ROTATION, answer, back.new))).toBe(outcome);
  });

  it.each<[string, keyof typeof back, string]>([
    ['something else changed', 'newAndMore', 'unknown!'],
    ['the user name changed', 'neither', 'unknown'],
    ['it can not be read', 'unreadable', 'unknown'],
  ])('is never repeated under the same user name where %s', (_what, seen, outcome) => {
    expect(told(settle(ROTATION, UNANSWERED, back[seen]))).toBe(outcome);
  });

  it('is never repeated under a user name that changes: reading back tells', () => {
    expect(told(settle(CHANGE, UNANSWERED, back.old))).toBe('unknown?');
  });

  it.each<[WriteAnswer, ReadBack, string]>([
    [SAVED, back.new, 'changed'],
    [UNANSWERED, back.new, 'unknown'],
    [REFUSED, back.new, 'unknown'],
    [LOST, back.new, 'unknown'],
    [SAVED, back.newAndMore, 'failed!'],
    [UNANSWERED, back.newAndMore, 'unknown!'],
    [UNANSWERED, back.unreadable, 'unknown'],
    [OTHER_OBJECT, back.new, 'failed!'],
  ])('once repeated under the same user name, is not repeated again: %# %j', (answer, seen, outcome) => {
    expect(told(settle(ROTATION, answer, seen, true))).toBe(outcome);
  });
});

describe('what an object holds long after its write', () => {
  it.each([
    ['the wanted user name', CHANGE, NEW, 'wanted'],
    ['the old user name', CHANGE, OLD, 'old'],
    ['another user name', CHANGE, stateWith('somebody'), 'drifted'],
    ['the wanted user name, and more changed', CHANGE, stateWith('ci@acme.example', { settings: OTHER_BRANCH }), 'drifted'],
    ['the user name that it always had', ROTATION, NEW, 'unproven'],
  ])('is %s', (_what, one, now, kind) => {
    expect(judgeHeld(one, now).kind).toBe(kind);
  });

  it('is proved by a connection test, under the same user name only once the old secret is dead', () => {
    expect([testProvesSecret(CHANGE, false), testProvesSecret(ROTATION, false), testProvesSecret(ROTATION, true)]).toEqual([true, false, true]);
  });
});

describe('a shared credential just before its write', () => {
  const place = { object: 'shared-credential', id: '3', level: 'project', project: 'WEB', name: 'ci' } as const;
  const now = sharedState({ place });
  const planned = change({ ...place, kind: 'credentials', route: 'shared-credential', fingerprint: fingerprint(now), settings: {} });

  it('is as planned, though it points at no repository itself', () => {
    expect(judgeItem(planned, now)).toEqual({ kind: 'as-planned' });
  });

  it.each([
    [{ place: { ...place, name: 'ci 2' } }, 'it is now called "ci 2"'],
    [{ place: { object: 'shared-credential', id: '3', level: 'global', name: 'ci' } }, 'it now belongs to the whole server, not to project WEB'],
    [{ place: { ...place, project: 'API' } }, 'it now belongs to project API, not to project WEB'],
    [{ place: { ...place, id: '4' } }, 'it is another object (id 4)'],
    [{ kind: 'git' }, 'its type is now git'],
    [{ settings: [['type', 'other']] }, 'changed: type'],
    [{ credential: { kind: 'ssh' } }, 'the credential is now ssh, the plan expects app-password of "buildbot"'],
  ] as const)('is told what drifted %#', (part, why) => {
    expect(judgeItem(planned, sharedState({ place, ...part }))).toEqual({ kind: 'drifted', why });
  });
});
