import type { Held, Transition, Verdict } from './end-state-model.ts';
import type { RunStory } from './run-story.ts';
import { isSavePath } from './saves.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** A command that is going to be killed: where it starts from, and what all repositories hold when it has come to its end. */
export interface Stage {
  readonly words: readonly string[];
  /** Name of the kept state directory that it starts from; none where there is none yet. */
  readonly state?: string;
  readonly held: Held | ReadonlyMap<string, Held>;
  /** The run that the command goes on with, where it makes none of its own. */
  readonly run?: string;
  readonly leadsTo: Held;
}

/** An apply on a server that was never touched. */
export async function applyStage(_world: ScenarioWorld, pace: readonly string[]): Promise<Stage> {
  return { words: ['apply', 'plan.json', '--yes', ...pace], held: 'old', leadsTo: 'new' };
}

/** The way back of a finished apply. */
export async function rollbackStage(world: ScenarioWorld, pace: readonly string[]): Promise<Stage> {
  await world.begin(undefined, 'old');
  const applied = await world.run(['apply', 'plan.json', '--yes', ...pace]);
  if (applied.exit !== 0) throw new TypeError(`The apply did not end well: ${applied.stdout}${applied.stderr}`);
  world.keepState('applied');
  return { words: ['rollback', world.runs().at(-1) ?? '', '--yes', ...pace], state: 'applied', held: 'new', leadsTo: 'old' };
}

/** Going on with a stage that was killed just after one of its writes, about half way: its outcome is not known. */
export async function resumeStage(world: ScenarioWorld, broken: Stage, name: string): Promise<Stage> {
  await world.begin(broken.state, broken.held);
  const points = await world.points(broken.words);
  const writes = numbersOf(points, (point) => isSave(point) && point.startsWith('after'));
  await world.begin(broken.state, broken.held);
  const earlier = world.runs();
  const ended = await world.run(broken.words, { kind: 'kill', at: writes[Math.floor((writes.length - 1) / 2)] ?? -1, unsynced: 'lost' });
  if (ended.signal !== 'SIGKILL') throw new TypeError(`Nothing was killed: ${ended.stdout}${ended.stderr}`);
  const run = broken.run ?? newRun(world, earlier) ?? '';
  world.keepState(name);
  return { words: ['resume', run, '--yes'], state: name, held: world.judge().held, run, leadsTo: broken.leadsTo };
}

/** Kills a stage at each of these points, in as many worlds side by side as are given. */
export async function killEverywhere(worlds: readonly ScenarioWorld[], stages: readonly Stage[], kills: readonly Kill[]): Promise<string[]> {
  const waiting = [...kills];
  const problems: string[] = [];
  const work = async (world: ScenarioWorld, stage: Stage): Promise<void> => {
    for (let kill = waiting.shift(); kill !== undefined; kill = waiting.shift()) {
      problems.push(...(await killAndRecover(world, stage, kill)), ...world.leaks().map((leak) => `killed at ${kill?.at}: ${leak}`));
      if (problems.length > 20) return;
    }
  };
  await Promise.all(worlds.map((world, lane) => work(world, stages[lane] ?? (stages[0] as Stage))));
  return problems;
}

/** The points that a stage meets from its start to its end. */
export async function pointsOf(world: ScenarioWorld, stage: Stage): Promise<string[]> {
  await world.begin(stage.state, stage.held);
  return await world.points(stage.words);
}

/** Where a stage is killed, and whether what was recovered is put to the test of going on once more. */
export interface Kill {
  readonly at: number;
  readonly unsynced: 'kept' | 'lost';
  readonly again: boolean;
}

/** Kills a stage at one point, looks at what is left, and goes on. Gives what is not as promised. */
async function killAndRecover(world: ScenarioWorld, stage: Stage, { again: isRepeated, ...kill }: Kill): Promise<string[]> {
  await world.begin(stage.state, stage.held);
  const earlier = world.runs();
  const before = world.judge();
  const killed = await world.run(stage.words, { kind: 'kill', ...kill });
  const now = world.judge();
  const run = newRun(world, earlier) ?? stage.run;
  const story = run === undefined ? undefined : world.story(run);
  const problems = [...now.problems, ...world.unexplained([before, now], story?.evidence ?? []), ...untrue(world, stage, now, story)];
  if (killed.signal !== 'SIGKILL') problems.push(`was not killed, and ended with ${killed.exit}`);
  const recovery = run !== undefined && story?.begun === true ? ['resume', run, '--yes'] : stage.words;
  problems.push(...(await recover(world, stage, recovery)));
  const last = newRun(world, earlier) ?? run ?? '';
  problems.push(...ending(world, last), ...(isRepeated ? await again(world, ['resume', last, '--yes']) : []));
  return problems.map((problem) => `killed at ${kill.at}: ${problem}`);
}

/** What a journal says is done is done; and where old and new look alike to who reads, it never says that reading has proven it. */
function untrue(world: ScenarioWorld, stage: Stage, { held }: Verdict, story: RunStory | undefined): string[] {
  const said = new Map(story?.journal.flatMap((entry) => (entry.kind === 'outcome' ? [[entry.key, entry.outcome] as const] : [])));
  const done = [...said].filter(([, { kind }]) => kind === 'changed' || kind === 'unchanged');
  const alike = new Set(world.transitions.filter(looksAlike).map(({ key }) => key));
  return [
    ...done.filter(([key]) => held.get(key) !== stage.leadsTo).map(([key, { kind }]) => `the journal says "${kind}" of ${key}, which holds its other pair`),
    ...done.filter(([key, { why }]) => alike.has(key) && !/proves nothing/.test(why ?? '')).map(([key, { why }]) => `the journal proves ${key} with "${why}"`),
  ];
}

function looksAlike(transition: Transition): boolean {
  return transition.old.username === transition.new.username;
}

async function recover(world: ScenarioWorld, stage: Stage, words: readonly string[]): Promise<string[]> {
  const { exit, stdout, stderr } = await world.run(words);
  const { held, problems } = world.judge();
  const astray = world.keys.filter((key) => held.get(key) !== stage.leadsTo).map((key) => `${key} was not brought to its ${stage.leadsTo} pair`);
  return [...problems, ...astray, ...(exit === 0 ? [] : [`"${words.join(' ')}" ended with ${exit}: ${stdout}${stderr}`])];
}

/** The journal of a run that has come to its end says so, and what became of everything that it wrote. */
function ending(world: ScenarioWorld, run: string): string[] {
  const { journal, outcomes } = world.story(run);
  const last = journal.at(-1);
  const unsettled = Object.entries(outcomes).filter(([, kind]) => kind !== 'changed' && kind !== 'unchanged');
  return [
    ...(last?.kind === 'finished' && last.exit === 0 ? [] : [`the journal of ${run} does not end with a good ending`]),
    ...unsettled.map(([key, kind]) => `the journal of ${run} says "${kind}" of ${key}`),
  ];
}

async function again(world: ScenarioWorld, words: readonly string[]): Promise<string[]> {
  const before = world.contents();
  world.simulator.clearRequests();
  const { exit } = await world.run(words);
  const saves = world.simulator.requests().filter(({ method, path }) => method === 'POST' && isSavePath(path));
  const same = JSON.stringify(before) === JSON.stringify(world.contents());
  return exit === 0 && saves.length === 0 && same ? [] : [`"${words.join(' ')}" once more ended with ${exit}, and sent ${saves.length} writes`];
}

/** Points around a write in the middle, `before` and `after` so many steps, and some of all others spread evenly: for one item at a time. */
export function samplePoints(points: readonly string[], { before, after, others }: { before: number; after: number; others: number }): number[] {
  const writes = numbersOf(points, (point) => isSave(point) && point.startsWith('after'));
  const middle = writes[Math.floor(writes.length / 2)] ?? 0;
  // What comes before a step comes after the one before it, so every second point is enough.
  const around = Array.from({ length: before + after + 1 }, (_, index) => middle + 2 * (index - before));
  const spread = Array.from({ length: others }, (_, index) => Math.floor(((index + 0.5) * points.length) / others));
  return [...new Set([...around, ...spread])].filter((number) => number < points.length).sort((one, other) => one - other);
}

/** Before and after every request, and before every call to the disk: where nothing overlaps, after one call is before the next. */
export function distinctPoints(points: readonly string[]): number[] {
  return numbersOf(points, (point) => point.startsWith('before') || / [A-Z]+ \//.test(point));
}

/** Every nth of these points, from the given one on. */
export function everyNth(numbers: readonly number[], nth: number, offset: number): number[] {
  return numbers.filter((_, index) => index % nth === offset % nth);
}

/** The number of the point after the last check of a token: what comes before it only reads, and takes the lock, whatever the command. */
export function afterChecks(points: readonly string[]): number {
  return points.findLastIndex((point) => point.endsWith('/info/refs')) + 1;
}

/** The number of the last request. Where items overlap, lines share syncs and no two runs meet equally many points; what follows the last request is met by all. */
export function lastRequest(points: readonly string[]): number {
  return points.findLastIndex((point) => / [A-Z]+ \//.test(point));
}

function numbersOf(points: readonly string[], is: (point: string, number: number) => boolean): number[] {
  return points.flatMap((point, number) => (is(point, number) ? [number] : []));
}

/** Whether a point stands around a write to a repository or a shared credential: by form or by import, or the removal of a twin. */
export function isSave(point: string): boolean {
  return /^(before|after) write POST /.test(point) && isSavePath(point);
}

function newRun(world: ScenarioWorld, earlier: readonly string[]): string | undefined {
  return world.runs().findLast((run) => !earlier.includes(run));
}
