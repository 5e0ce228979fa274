import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FaultInput } from '../../src/simulator/index.ts';
import { bundleBin } from '../support/bundled-bin.ts';
import { isSave } from '../support/crash-matrix.ts';
import { type Ended, ScenarioWorld } from '../support/scenario-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const SAVE = { method: 'POST', path: 'Repository.action' } as const;
jest.setTimeout(120_000);

let bin: string;
let world: ScenarioWorld;

const open = (): Promise<ScenarioWorld> => ScenarioWorld.open(bin, temporary(), { repositories: 4 });

beforeAll(async () => {
  bin = await bundleBin(temporary());
  world = await open();
});

beforeEach(() => world.reset());

afterEach(() => expect(world.leaks()).toEqual([]));

afterAll(() => world.stop());

const apply = (...more: string[]): Promise<Ended> => world.run(['apply', 'plan.json', '--yes', '--concurrency', '1', ...more]);
const resume = (...more: string[]): Promise<Ended> => world.run(['resume', world.runs().at(-1) ?? '', '--yes', ...more]);

const newest = () => world.story(world.runs().at(-1) ?? '');

/** The repository whose write came second: the canary has passed by then. */
const second = (): string => newest().evidence[1]?.key ?? '';

/** The last outcome of each repository in the journal; `none` where nothing became of it. */
const outcomes = (): string[] => world.transitions.map(({ key }) => newest().outcomes[key] ?? 'none');

/** The pair that the server holds for each repository; nothing else may differ from the start. */
function heldByServer(): string[] {
  const { held, problems } = world.judge();
  expect(problems).toEqual([]);
  return world.transitions.map(({ key }) => held.get(key) ?? 'neither');
}

function reasonOfSecond(): string {
  return newest()
    .journal.flatMap((entry) => (entry.kind === 'outcome' && entry.key === second() ? [entry.outcome.why ?? ''] : []))
    .join();
}

/** So many writes reached the server. */
function savesSent(): number {
  return world.simulator.requests().filter(({ method, path }) => isSave(`before write ${method} ${path}`)).length;
}

/** The fault meets the second write. */
const atSecond = (kind: FaultInput['kind'], more: Partial<FaultInput> = {}): void => world.simulator.fault({ kind, ...SAVE, skip: 1, ...more });

const all = (word: string): string[] => world.transitions.map(() => word);
const secondIs = (word: string, others: string): string[] => world.transitions.map(({ key }) => (key === second() ? word : others));

describe('a write that was done and not answered', () => {
  it.each(['answer-lost', 'error-page-after-write'] as const)('is settled by reading back: %s', async (kind) => {
    atSecond(kind);
    expect((await apply()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
    expect(outcomes()).toEqual(all('changed'));
    expect(reasonOfSecond()).toContain('settled by reading back');
    expect(savesSent()).toBe(world.transitions.length);
  });

  it('is settled by reading back at each of the writes, where the connection ends after it', async () => {
    const points = await world.points(['apply', 'plan.json', '--yes', '--concurrency', '1']);
    const writes = points.flatMap((point, at) => (isSave(point) && point.startsWith('after') ? [at] : []));
    expect(writes).toHaveLength(world.transitions.length);
    for (const at of writes) {
      world.reset();
      const ended = await world.run(['apply', 'plan.json', '--yes', '--concurrency', '1'], { kind: 'drop-answer', at });
      expect([ended.exit, heldByServer(), outcomes()]).toEqual([0, all('new'), all('changed')]);
    }
  });
});

describe('a write that was not done and not answered', () => {
  it.each(['reset', 'html-instead-of-json'] as const)('stays unknown and is never posted again blindly; resume settles it: %s', async (kind) => {
    atSecond(kind);
    expect((await apply()).exit).toBe(5);
    expect(heldByServer()).toEqual(secondIs('old', 'new'));
    expect(outcomes()).toEqual(secondIs('unknown', 'changed'));
    expect(savesSent()).toBe(world.transitions.length);
    expect((await resume()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
    expect(savesSent()).toBe(world.transitions.length + 1);
  });
});

describe('a save that did something else than it said', () => {
  it('saved nothing: the item failed, and a resume writes it', async () => {
    atSecond('save-ignored');
    expect((await apply()).exit).toBe(5);
    expect(heldByServer()).toEqual(secondIs('old', 'new'));
    expect(outcomes()).toEqual(secondIs('failed', 'changed'));
    expect(reasonOfSecond()).toContain('stored nothing');
    expect((await resume()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
  });

  it('saved nothing for the canary: nothing else is touched', async () => {
    world.simulator.fault({ kind: 'save-ignored', ...SAVE });
    expect((await apply('--max-failures', '50')).exit).toBe(5);
    expect(heldByServer()).toEqual(all('old'));
    expect(savesSent()).toBe(1);
  });
});

describe('a login that ends in the middle', () => {
  it('renews a session that was lost between reading and writing, and writes once', async () => {
    atSecond('session-lost');
    expect((await apply()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
    expect(outcomes()).toEqual(all('changed'));
  });

  it.each(['GET', 'POST'] as const)('stops at once at a 401 to a %s, and a resume goes on', async (method) => {
    world.simulator.fault({ kind: 'unauthorized', method, path: 'Repository.action', skip: method === 'GET' ? 4 : 1 });
    const ended = await apply();
    expect(ended.exit).toBe(7);
    const asked = world.simulator.requests();
    expect(asked.slice(asked.findIndex(({ status }) => status === 401) + 1)).toEqual([]);
    // Whatever the server holds changed is told as changed, or as not yet known.
    const told = outcomes();
    expect(heldByServer().filter((held, index) => held === 'new' && !['changed', 'unknown'].includes(told[index] ?? ''))).toEqual([]);
    expect(newest().evidence.map(({ key }) => newest().outcomes[key])).not.toContain(undefined);
    expect(`${ended.stdout}${ended.stderr}`).toContain(`bamboo-rekey resume ${world.runs().at(-1)}`);
    expect((await resume()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
  });

  it('sends nothing more with a refused login, from none of four workers', async () => {
    // The canary is read twice; then four forms are asked for at once, and the first of them is refused.
    world.simulator.fault({ kind: 'unauthorized', method: 'GET', path: 'Repository.action', skip: 2 });
    const ended = await world.run(['apply', 'plan.json', '--yes', '--concurrency', '4', '--test', 'none']);
    expect(ended.exit).toBe(7);
    const asked = world.simulator.requests();
    const refused = asked.findIndex(({ status }) => status === 401);
    expect(asked.slice(0, refused).filter(({ method, path }) => isSave(`before write ${method} ${path}`))).toHaveLength(1);
    expect(asked.slice(refused).map(({ method }) => method)).toEqual(all('GET').slice(1));
    expect((await resume()).exit).toBe(0);
    expect(heldByServer()).toEqual(all('new'));
  });
});

describe('a save that does lasting harm', () => {
  beforeEach(async () => {
    await world.stop();
    world = await open();
  });

  it('made a second repository: told, and nothing more is started', async () => {
    atSecond('save-creates-second');
    const ended = await apply('--max-failures', '50');
    expect(ended.exit).toBe(5);
    expect(newest().outcomes).toEqual({ [newest().evidence[0]?.key ?? '']: 'changed', [second()]: 'failed' });
    expect(reasonOfSecond()).toContain('another object');
    expect(savesSent()).toBe(2);
    const { held, problems } = world.judge();
    expect(problems).toEqual([expect.stringContaining('was not there at the start')]);
    expect(world.transitions.filter(({ key }) => held.get(key) === 'new').map(({ key }) => key)).toEqual([newest().evidence[0]?.key]);
  });

  it('reset another setting: the setting is named, nothing more is started, and no later command writes over it', async () => {
    atSecond('save-resets-setting', { setting: 'repository.bitbucket.branch' });
    expect((await apply('--max-failures', '50')).exit).toBe(5);
    expect(newest().outcomes).toEqual({ [newest().evidence[0]?.key ?? '']: 'changed', [second()]: 'failed' });
    expect(reasonOfSecond()).toContain('repository.bitbucket.branch');
    const broken = world.contents().find(({ key }) => key === second());
    expect(savesSent()).toBe(2);
    const resumed = await resume();
    expect(resumed.exit).toBe(3);
    expect(outcomes()).toEqual(secondIs('drifted', 'changed'));
    expect(world.contents().find(({ key }) => key === second())).toEqual(broken);
  });
});
