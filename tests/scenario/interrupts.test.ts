import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { isSave } from '../support/crash-matrix.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
jest.setTimeout(120_000);
let world: ScenarioWorld;
let points: readonly string[];

const APPLY = ['apply', 'plan.json', '--yes', '--concurrency', '2'];

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 10 });
  points = await world.points(APPLY);
});

beforeEach(() => world.reset());

afterEach(() => expect(world.leaks()).toEqual([]));

afterAll(() => world.stop());

/** The point before the nth write to a repository. */
function beforeWrite(nth: number): number {
  const writes = points.flatMap((point, at) => (isSave(point) && point.startsWith('before') ? [at] : []));
  return writes[nth - 1] ?? -1;
}

async function expectResumeToFinish(): Promise<void> {
  const ended = await world.run(['resume', world.runs().at(-1) ?? '', '--yes']);
  const { held, problems } = world.judge();
  expect([ended.exit, problems, [...new Set(world.transitions.map(({ key }) => held.get(key)))]]).toEqual([0, [], ['new']]);
}

describe('Ctrl-C once', () => {
  it('lets what is in flight end, starts nothing more, and says where things stand', async () => {
    const at = beforeWrite(3);
    const { exit, stdout, stderr } = await world.run(APPLY, { kind: 'interrupt', at: [at] });
    expect(exit).toBe(130);
    const run = world.runs().at(-1) ?? '';
    const { journal, evidence, outcomes } = world.story(run);
    expect(journal.at(-1)).toMatchObject({ kind: 'finished', exit: 130 });
    // Whatever was begun has its outcome: nothing is left in doubt.
    expect(evidence.map(({ key }) => outcomes[key])).toEqual(evidence.map(() => 'changed'));
    expect(evidence.length).toBeGreaterThanOrEqual(3);
    expect(evidence.length).toBeLessThan(world.transitions.length);
    expect(stderr).toMatch(/nothing more is started/);
    expect(stdout).toContain(`${world.transitions.length} objects = ${evidence.length} changed`);
    expect(stdout).toContain(`bamboo-rekey resume ${run}`);
    await expectResumeToFinish();
  });

  it.each(['GET /bamboo/rest/api/latest/info', 'POST /bamboo/userlogin.action', 'GET /2.0/user'])(
    'during the checks (%s) changes nothing, and a resume does it all',
    async (request) => {
      const { exit } = await world.run(APPLY, { kind: 'interrupt', at: [points.findIndex((point) => point.endsWith(request))] });
      const { held, problems } = world.judge();
      expect([exit, problems, [...new Set(world.transitions.map(({ key }) => held.get(key)))]]).toEqual([130, [], ['old']]);
      if (world.runs().length > 0) await expectResumeToFinish();
      else expect((await world.run(APPLY)).exit).toBe(0);
    },
  );
});

describe('Ctrl-C twice', () => {
  it.each([1, 2])('leaves at once, %i steps later, and a resume goes on', async (later) => {
    const at = beforeWrite(3);
    const { exit, stdout } = await world.run(APPLY, { kind: 'interrupt', at: [at, at + later] });
    expect(exit).toBe(130);
    const { journal } = world.story(world.runs().at(-1) ?? '');
    expect(journal.some(({ kind }) => kind === 'finished')).toBe(false);
    expect(stdout).not.toContain('objects =');
    expect(world.judge().problems).toEqual([]);
    await expectResumeToFinish();
  });
});
