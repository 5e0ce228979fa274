import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { PlanFile } from '../../src/core/plan-file.ts';
import { type BinWorld, type Ended, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

// Whole commands run here, on machines that do other things as well.
jest.setTimeout(120_000);

describe('a build that proves the checkout', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;
  let plan: string;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory(), { repositories: 20 });
    await world.run('plan', '-o', 'plan.json', '-q');
    const { changes } = JSON.parse(world.read('plan.json')) as PlanFile;
    plan = changes.find(({ level }) => level === 'plan')?.plan ?? '';
    const applied = await world.run('apply', 'plan.json', '--yes', '-q', '--canary-build', plan);
    expect([applied.exit, applied.stderr]).toEqual([0, '']);
    expect(applied.stdout).toContain(`build ${plan}-1: checked out`);
  });

  beforeEach(() => {
    Object.assign(world.simulator.switches, { builds: 'by-credential', buildMs: 200 });
  });

  afterAll(() => world.stop());

  const verify = (...words: string[]): Promise<Ended> => world.run('verify', 'plan.json', '--test', 'none', '-q', ...words);
  const count = (): number => world.simulator.builds().length;

  it('is queued once and followed to the end of its checkout', async () => {
    const before = count();
    const ended = await verify('--build', plan);
    expect([ended.exit, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout).toMatch(/checked out: the checkout task ".*" succeeded on an agent/);
    expect(count()).toBe(before + 1);
  });

  it('counts as good though the build fails later, and says so', async () => {
    Object.assign(world.simulator.switches, { builds: 'later-step-fails', buildMs: 0 });
    const ended = await verify('--build', plan);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toContain('succeeded on an agent; the build failed later, for another reason');
  });

  it.each([
    ['checkout-fails', /failed: the checkout task ".*" ended with (Failed|Error) on an agent/],
    ['not-built', /no agent ever tried/],
  ] as const)('fails where it ends with %s', async (builds, words) => {
    world.simulator.switches.builds = builds;
    const ended = await verify('--build', plan);
    expect(ended.exit).toBe(5);
    expect(ended.stdout).toMatch(words);
  });

  it('tells its events, one when queued and one at the end', async () => {
    const { stdout } = await world.run('verify', 'plan.json', '--test', 'none', '--json', '--build', plan);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>)
      .filter(({ event }) => event === 'BUILD');
    expect(events.map(({ plan: of, state }) => `${of} ${state}`)).toEqual([`${plan} queued`, `${plan} checked-out`]);
  });

  describe('is refused before anything is queued', () => {
    it.each([
      ['an unknown plan', 'NO-SUCH', /is unknown, or this account may not see it/],
      ['what is no key of a plan', 'WEB', /expected the key of a plan/],
    ])('for %s', async (_, key, words) => {
      const before = count();
      const ended = await verify('--build', key);
      expect([ended.exit === 2 || ended.exit === 4, ended.stderr]).toEqual([true, expect.stringMatching(words)]);
      expect(count()).toBe(before);
    });

    it.each([
      ['disabled', { enabled: false }, /is disabled/],
      ['one that may be seen and not built', { access: 'view' as const }, /Nothing was queued|was not queued/],
      ['hidden', { access: 'hidden' as const }, /is unknown, or this account may not see it/],
    ])('for a plan that is %s', async (_, edit, words) => {
      world.simulator.editPlan(plan, edit);
      try {
        const before = count();
        const ended = await verify('--build', plan);
        expect([ended.exit, ended.stderr]).toEqual([4, expect.stringMatching(words)]);
        expect(count()).toBe(before);
      } finally {
        world.simulator.editPlan(plan, { enabled: true, access: 'admin' });
      }
    });

    it('for a plan that uses nothing of what is looked at', async () => {
      const before = count();
      const ended = await verify('--build', plan, '--level', 'global', '--repository', 'no-plan-uses-this');
      expect(ended.exit).not.toBe(0);
      expect(count()).toBe(before);
    });
  });

  it('stops a run after its canary, before the others', async () => {
    const other = await startBinWorld(temporaryDirectory(), { repositories: 20, seed: 'other' });
    try {
      other.simulator.switches.builds = 'checkout-fails';
      await other.run('plan', '-o', 'plan.json', '-q');
      const { changes } = JSON.parse(other.read('plan.json')) as PlanFile;
      const key = changes.find(({ level }) => level === 'plan')?.plan ?? '';
      const ended = await other.run('apply', 'plan.json', '--yes', '-q', '--canary-build', key);
      expect(ended.exit).toBe(5);
      expect(ended.stdout).toContain('the build after the canary did not prove its checkout');
      expect(ended.stdout).toContain(`${changes.length} objects = 1 changed`);
    } finally {
      await other.stop();
    }
  });

  it('needs a canary', async () => {
    const ended = await world.run('apply', 'plan.json', '--yes', '-q', '--canary', '0', '--canary-build', plan);
    expect([ended.exit, ended.stderr]).toEqual([2, expect.stringContaining('--canary-build needs a canary')]);
  });
});
