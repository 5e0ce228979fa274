import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { runInProcess } from '../support/in-process.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
jest.setTimeout(120_000);
const DAY = 24 * 3_600_000;
/** A point in the middle of the writes of an apply, and one before its run is made. */
const [IN_THE_MIDDLE, AT_THE_START] = [140, 0];
let world: ScenarioWorld;

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 4 });
});

beforeEach(() => world.reset());

afterEach(() => expect(world.leaks()).toEqual([]));

afterAll(() => world.stop());

const held = () => [...new Set(world.transitions.map(({ key }) => world.judge().held.get(key)))];

describe.each([
  ['back by two days', -2 * DAY],
  ['ahead by 400 days', 400 * DAY],
])('a clock that is set %s', (_how, by) => {
  it('in the middle of a run changes nothing of what is written and told', async () => {
    const ended = await runInProcess(world.directory, { verb: 'apply', subject: 'plan.json', concurrency: 2 }, { kind: 'clock', at: IN_THE_MIDDLE, by });
    expect([ended.met, ended.exit, held(), world.judge().problems]).toEqual([true, 0, ['new'], []]);
    const [run = ''] = world.runs();
    expect(Object.values(world.story(run).outcomes)).toEqual(world.transitions.map(() => 'changed'));
    expect((await world.run(['verify', run])).exit).toBe(0);
  });

  it('between a kill and its resume does not keep the run from its end', async () => {
    await runInProcess(world.directory, { verb: 'apply', subject: 'plan.json', concurrency: 2 }, { kind: 'kill', at: IN_THE_MIDDLE, unsynced: 'kept' });
    const [run = ''] = world.runs();
    // A token that has run out by the clock of this machine is not written: after the checks the day does not matter any more.
    const at = by > 0 ? IN_THE_MIDDLE / 2 : AT_THE_START;
    const ended = await runInProcess(world.directory, { verb: 'resume', subject: run, concurrency: 2 }, { kind: 'clock', at, by });
    expect([ended.exit, held(), world.judge().problems]).toEqual([0, ['new'], []]);
  });
});

describe('a clock that was ahead when a run was made, and is right again', () => {
  it('leaves the later run the newest one: "latest" names it', async () => {
    const ahead = { kind: 'clock', at: AT_THE_START, by: 20 * DAY } as const;
    expect((await runInProcess(world.directory, { verb: 'apply', subject: 'plan.json', concurrency: 2 }, ahead)).exit).toBe(0);
    const [applied = ''] = world.runs();
    const back = await world.run(['rollback', applied, '--yes']);
    const [first, second = ''] = world.runs();
    expect([back.exit, first, held()]).toEqual([0, applied, ['old']]);
    const shown = await world.run(['show', 'latest']);
    expect([shown.exit, shown.stdout]).toEqual([0, expect.stringContaining(second)]);
  });
});
