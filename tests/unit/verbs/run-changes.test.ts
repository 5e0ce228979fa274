import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import type { WriteAnswer } from '../../../src/core/ports.ts';
import { stateWith } from '../../support/core-samples.ts';
import { honest, SmallRun } from '../../support/small-run.ts';

const WANTED = 'ci@acme.example';
const refused = new RekeyError('LOGIN_REFUSED', 'Bamboo refused the login (401). Nothing more was tried.');
const ids = (...numbers: number[]): string[] => numbers.map(String);

/** Says so, and does nothing. */
const idle =
  (answer: WriteAnswer): typeof honest =>
  (_pair, held) => ({ held, answer });

describe('one item', () => {
  it('is read, then snapshot and intent are on disk, then it is written, read back, and its outcome is on disk', async () => {
    const run = new SmallRun(1);
    expect(run.outcomes(await run.carryOut())).toEqual({ 1: 'changed' });
    const [first, ...rest] = run.happened;
    expect(first).toBe('read 1');
    expect(rest.slice(0, 2).sort()).toEqual(['intent 1', 'snapshot 1']);
    expect(rest.slice(2)).toEqual(['write 1', 'read 1', 'outcome 1']);
  });

  it.each(['intent', 'snapshot'] as const)('is not written where its %s is not on disk, nor is any other', async (line) => {
    const run = new SmallRun(4);
    run.fullFor = line;
    const end = await run.carryOut({ concurrency: 1 });
    expect(run.all('write')).toEqual([]);
    expect(end.problem?.code).toBe('DISK_FAILED');
  });

  it.each([
    ['its user name', stateWith('somebody-else')],
    ['a setting', stateWith('buildbot', { settings: [['branch', 'other']] })],
    ['its repository', stateWith('buildbot', { slug: 'other' })],
  ])('that somebody has changed since the plan is left alone: %s', async (_what, held) => {
    const run = new SmallRun(2);
    run.held.set('1', { ...held, place: { ...held.place, id: '1' } });
    expect(run.outcomes(await run.carryOut())).toEqual({ 1: 'drifted', 2: 'changed' });
    expect(run.all('write')).toEqual(['write 2']);
  });

  it('of which the server says that it was saved has failed where reading back shows the old user name', async () => {
    const run = new SmallRun(1);
    run.writings.set('1', idle({ kind: 'saved' }));
    expect(run.outcomes(await run.carryOut())).toEqual({ 1: 'failed' });
  });

  it('whose write got no answer is written once, and stays unknown where reading back shows the old user name', async () => {
    const run = new SmallRun(1);
    run.writings.set('1', idle({ kind: 'unanswered', why: 'the connection was broken off' }));
    expect(run.outcomes(await run.carryOut())).toEqual({ 1: 'unknown' });
    expect(run.all('write')).toHaveLength(1);
    expect(run.all('read').length).toBeGreaterThan(2);
  });

  it('whose write got no answer is changed where reading back shows the new user name', async () => {
    const run = new SmallRun(1);
    run.writings.set('1', (pair, held) => ({ ...honest(pair, held), answer: { kind: 'unanswered', why: 'the connection was broken off' } }));
    expect(run.outcomes(await run.carryOut())).toEqual({ 1: 'changed' });
    expect(run.all('write')).toHaveLength(1);
  });

  it('that an earlier attempt may have written is not written again where the new user name is there', async () => {
    const run = new SmallRun(1);
    run.held.set('1', { ...stateWith(WANTED), place: { ...stateWith(WANTED).place, id: '1' } });
    expect(run.outcomes(await run.carryOut({ intended: new Set(['repository:1']) }))).toEqual({ 1: 'changed' });
    expect(run.all('write')).toEqual([]);
  });
});

describe('a run', () => {
  it('starts nothing more after a canary that did not pass', async () => {
    const run = new SmallRun(4);
    run.writings.set('1', idle({ kind: 'refused', why: 'Username is required.' }));
    expect(run.outcomes(await run.carryOut({ canary: 1 }))).toEqual({ 1: 'failed', 2: 'skipped', 3: 'skipped', 4: 'skipped' });
    expect(run.all('read')).not.toContain('read 2');
  });

  it('starts nothing more where a person says no after the canary', async () => {
    const run = new SmallRun(3);
    expect(run.outcomes(await run.carryOut({ canary: 1, goOn: async () => false }))).toEqual({ 1: 'changed', 2: 'skipped', 3: 'skipped' });
  });

  it('puts on disk why an item must not be started', async () => {
    const run = new SmallRun(2);
    const end = await run.carryOut({ skipped: new Map([['repository:2', 'its token cannot reach it']]) });
    expect(run.outcomes(end)).toEqual({ 1: 'changed', 2: 'skipped' });
    expect(run.all('outcome').sort()).toEqual(['outcome 1', 'outcome 2']);
    expect(run.all('read')).not.toContain('read 2');
  });

  it('leaves what an earlier part failed at, or left in doubt, as it was where it does not come to it', async () => {
    const run = new SmallRun(5);
    run.writings.set('2', idle({ kind: 'refused', why: 'Username is required.' }));
    const standing = new Map<string, Outcome>([
      ['repository:3', { kind: 'unknown', why: 'a write got no answer' }],
      ['repository:4', { kind: 'failed', why: 'the server was away' }],
    ]);
    const skipped = new Map([['repository:3', 'its token cannot reach it']]);
    const end = await run.carryOut({ canary: 1, intended: new Set(['repository:2', 'repository:3']), standing, skipped });
    expect(run.outcomes(end)).toEqual({ 1: 'skipped', 2: 'failed', 3: 'unknown', 4: 'failed', 5: 'skipped' });
    expect(end.outcomes.get('repository:3')?.why).toBe('a write got no answer; not tried again: its token cannot reach it');
    expect(end.outcomes.get('repository:4')?.why).toMatch(/^the server was away; not tried again: never started: the canary "/);
    expect(run.all('outcome')).toEqual(['outcome 2']);
  });

  it('starts nothing more where the server is another after the canary', async () => {
    const run = new SmallRun(3);
    const end = await run.carryOut({ canary: 1, whyEnd: async () => 'Bamboo is of version 9.6.0 now' });
    expect(run.outcomes(end)).toEqual({ 1: 'changed', 2: 'skipped', 3: 'skipped' });
    expect(end.outcomes.get('repository:3')?.why).toBe('never started: Bamboo is of version 9.6.0 now');
  });

  it('starts nothing more where the server is another at a checkpoint, and ends what is under way', async () => {
    const run = new SmallRun(12);
    const end = await run.carryOut({ concurrency: 1, batch: 3, whyEnd: async () => 'Bamboo is of version 9.6.0 now' });
    expect(run.all('write').length).toBeLessThan(6);
    expect(run.all('write').length).toBe([...end.outcomes.values()].filter(({ kind }) => kind === 'changed').length);
  });

  it('ends with a login that is refused when a checkpoint asks the server', async () => {
    const end = await new SmallRun(12).carryOut({ concurrency: 1, batch: 3, whyEnd: () => Promise.reject(refused) });
    expect(end.problem).toBe(refused);
  });

  it('is ended by the first problem: that of a disk which fails afterwards does not hide a refused login', async () => {
    const run = new SmallRun(12);
    const whyEnd = (): Promise<undefined> => {
      run.fullFor = 'outcome';
      return Promise.reject(refused);
    };
    const end = await run.carryOut({ concurrency: 4, batch: 3, whyEnd });
    expect(end.problem?.code).toBe('LOGIN_REFUSED');
  });

  it('starts nothing more after a write that changed another setting, too', async () => {
    const run = new SmallRun(4);
    run.writings.set('2', (pair, held) => ({ ...honest(pair, { ...held, settings: [['branch', 'reset']] }) }));
    const end = await run.carryOut({ concurrency: 1 });
    expect(run.outcomes(end)).toEqual({ 1: 'changed', 2: 'failed', 3: 'skipped', 4: 'skipped' });
    expect(end.outcomes.get('repository:2')?.why).toContain('branch');
  });

  it('starts nothing more after a write that the server answered for another object', async () => {
    const run = new SmallRun(3);
    run.writings.set('1', idle({ kind: 'other-object', id: '99' }));
    expect(run.outcomes(await run.carryOut({ concurrency: 1 }))).toEqual({ 1: 'failed', 2: 'skipped', 3: 'skipped' });
  });

  it('starts nothing more after a refused login, with any of its workers', async () => {
    const run = new SmallRun(12);
    run.unreadable.set('3', refused);
    const end = await run.carryOut({ concurrency: 3 });
    expect(end.problem).toBe(refused);
    expect(run.all('read').filter((each) => Number(each.slice(5)) > 5)).toEqual([]);
  });

  it('starts nothing more after as many failures as were allowed', async () => {
    const run = new SmallRun(6);
    for (const id of ids(1, 2)) run.writings.set(id, idle({ kind: 'refused', why: 'no' }));
    expect(run.outcomes(await run.carryOut({ concurrency: 1, maxFailures: 2 }))).toMatchObject({ 1: 'failed', 2: 'failed', 3: 'skipped', 6: 'skipped' });
  });

  it('ends what is in flight when it is stopped, and starts nothing more', async () => {
    const run = new SmallRun(4);
    run.writings.set('2', (pair, held) => {
      run.stop.abort();
      return honest(pair, held);
    });
    expect(run.outcomes(await run.carryOut({ concurrency: 1 }))).toEqual({ 1: 'changed', 2: 'changed', 3: 'skipped', 4: 'skipped' });
  });

  it('writes nothing with a token that was told to be out of reach', async () => {
    const run = new SmallRun(2);
    expect(run.outcomes(await run.carryOut({ skipped: new Map([['repository:1', 'out of reach']]) }))).toEqual({ 1: 'skipped', 2: 'changed' });
    expect(run.all('write')).toEqual(['write 2']);
  });
});
