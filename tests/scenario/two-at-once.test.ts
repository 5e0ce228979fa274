import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parseDocument } from 'yaml';
import { bundleBin } from '../support/bundled-bin.ts';
import { isSave } from '../support/crash-matrix.ts';
import { noteFigure } from '../support/figures.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
jest.setTimeout(120_000);
const APPLY = ['apply', 'plan.json', '--yes', '--concurrency', '1'];
const OTHER = 'other@acme.example';
const STATE = '.bamboo-rekey';
let world: ScenarioWorld;
let points: readonly string[];

beforeAll(async () => {
  world = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), {
    repositories: 4,
    tokens: [
      { name: 'ci', email: 'ci@acme.example' },
      { name: 'other', email: OTHER },
    ],
  });
  points = await world.points(APPLY);
});

beforeEach(() => world.reset());

afterEach(() => expect(world.leaks()).toEqual([]));

afterAll(() => world.stop());

const newest = (): string => world.runs().at(-1) ?? '';
const held = (): (string | undefined)[] => world.transitions.map(({ key }) => world.judge().held.get(key));
const all = (word: string): string[] => world.transitions.map(() => word);
const saves = () => world.simulator.requests().filter(({ method, path }) => isSave(`before write ${method} ${path}`));

/** Kills an apply after so many of its writes, so that its lock stays behind. */
async function leaveLock(writes: number): Promise<void> {
  const after = points.flatMap((point, at) => (isSave(point) && point.startsWith('after') ? [at] : []));
  const { signal } = await world.run(APPLY, { kind: 'kill', at: after[writes - 1] ?? -1, unsynced: 'kept' });
  expect(signal).toBe('SIGKILL');
}

/** Rewrites the lock that was left behind. */
function editLock(edit: Readonly<Record<string, unknown>>): string {
  const [name = ''] = readdirSync(join(world.directory, STATE)).filter((each) => /^lock-\w+\.json$/.test(each));
  const file = join(world.directory, STATE, name);
  const holder = { ...(JSON.parse(readFileSync(file, 'utf8')) as { nonce: string }), ...edit };
  writeFileSync(file, `${JSON.stringify(holder)}\n`);
  return holder.nonce;
}

describe('two commands on one state directory', () => {
  it('never write at the same time: one is told who holds the lock, and each object is written once', async () => {
    world.simulator.switches.latencyMs = 60;
    const ended = await Promise.all([world.run(APPLY), world.run(APPLY)]);
    world.simulator.switches.latencyMs = 0;
    // On a machine that is very busy the second may come when the first has ended; then it finds nothing left to write.
    expect([
      [0, 0],
      [0, 6],
    ]).toContainEqual(ended.map(({ exit }) => exit).sort());
    for (const { stderr } of ended.filter(({ exit }) => exit === 6)) expect(stderr).toMatch(/holds the lock of this server: pid \d+ on host .*It is running/);
    expect(held()).toEqual(all('new'));
    expect(saves()).toHaveLength(world.transitions.length);
  });
});

describe('a lock that was left behind', () => {
  it('by a dead process is taken over', async () => {
    await leaveLock(1);
    expect((await world.run(['resume', newest(), '--yes'])).exit).toBe(0);
    expect(held()).toEqual(all('new'));
  });

  it('is taken over though another process has got the number since', async () => {
    await leaveLock(1);
    editLock({ pid: process.pid });
    expect((await world.run(['resume', newest(), '--yes'])).exit).toBe(0);
    expect(held()).toEqual(all('new'));
    noteFigure({ promises: ['one-at-a-time'], what: 'ways in which a lock was left behind', count: 4 });
  });

  it('on another host holds, until its nonce is given', async () => {
    await leaveLock(1);
    const nonce = editLock({ host: 'another-host' });
    world.simulator.clearRequests();
    for (const more of [[], ['--break-lock', `${nonce}0`]]) {
      const refused = await world.run(['resume', newest(), '--yes', ...more]);
      expect([refused.exit, refused.stderr]).toEqual([6, expect.stringContaining(`--break-lock ${nonce}`)]);
    }
    expect(saves()).toEqual([]);
    expect((await world.run(['resume', newest(), '--yes', '--break-lock', nonce])).exit).toBe(0);
    expect(held()).toEqual(all('new'));
  });

  it('holds no longer or shorter for its age: a clock that was wrong changes nothing', async () => {
    await leaveLock(1);
    editLock({ startedAt: '2099-01-01T00:00:00.000Z' });
    expect((await world.run(['resume', newest(), '--yes'])).exit).toBe(0);
    world.reset();
    await leaveLock(1);
    const nonce = editLock({ host: 'another-host', startedAt: '1970-01-01T00:00:00.000Z' });
    const refused = await world.run(['resume', newest(), '--yes']);
    expect([refused.exit, refused.stderr]).toEqual([6, expect.stringContaining(nonce)]);
  });
});

describe('a second operator with a state directory of their own', () => {
  const theirs = ['-c', 'theirs.yaml', '--state-dir', 'their-state'];

  /** They move everything to another account, whatever the first operator has begun. */
  async function theyTakeAll(): Promise<void> {
    const document = parseDocument(readFileSync(join(world.directory, 'bamboo-rekey.yaml'), 'utf8'));
    const { items } = document.get('assign') as { items: unknown[] };
    items.forEach((_, index) => {
      document.setIn(['assign', index, 'token'], 'other');
    });
    writeFileSync(join(world.directory, 'theirs.yaml'), String(document), { mode: 0o600 });
    expect((await world.run(['plan', '--rotate', '-o', 'theirs.json', ...theirs])).exit).toBe(0);
    const applied = await world.run(['apply', 'theirs.json', '--yes', ...theirs]);
    expect(applied.exit).toBe(0);
  }

  const usernames = () =>
    world.contents().flatMap((object) => world.transitions.filter(({ key }) => key === object.key).map((each) => object.settings[each.usernameSetting]));

  it('is told as drift by resume, verify and rollback, none of which touches what they wrote', async () => {
    await leaveLock(2);
    await theyTakeAll();
    const after = world.contents();
    expect(usernames()).toEqual(all(OTHER));
    world.simulator.clearRequests();
    const resumed = await world.run(['resume', newest(), '--yes']);
    expect([resumed.exit, resumed.stdout]).toEqual([3, expect.stringContaining(`the credential is now api-token of "${OTHER}"`)]);
    const mine = newest();
    const verified = await world.run(['verify', mine]);
    expect([verified.exit, verified.stdout]).toEqual([3, expect.stringContaining(OTHER)]);
    const back = await world.run(['rollback', mine, '--yes']);
    expect([back.exit, back.stdout]).toEqual([3, expect.stringContaining(`the credential is now api-token of "${OTHER}"`)]);
    expect(saves()).toEqual([]);
    expect(world.contents()).toEqual(after);
  });
});
