import type { DiskFault } from './break.ts';
import type { Held } from './end-state-model.ts';
import { type InProcessCommand, type InProcessEnd, runInProcess } from './in-process.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** A disk that is full, read-only, or whose quota is used up, by turns. */
export const DISK_FAULTS: readonly DiskFault[] = ['ENOSPC', 'EROFS', 'EDQUOT'];

const SENTENCE: Readonly<Record<DiskFault, RegExp>> = {
  ENOSPC: /the disk is full \(ENOSPC\)/,
  EROFS: /the file system is read-only \(EROFS\)/,
  EDQUOT: /the disk quota is used up \(EDQUOT\)/,
};

/** A command in whose middle the disk fails, and how the world is just before it. */
export interface DiskStory extends InProcessCommand {
  /** Name of the kept state directory that it starts from; none where there is none yet. */
  readonly state?: string;
  readonly held: Held | ReadonlyMap<string, Held>;
  readonly leadsTo: Held;
}

/** What a disk that fails from each of some calls on has led to. */
export interface DiskEnd {
  /** How many of the calls the command made. */
  readonly met: number;
  readonly problems: readonly string[];
}

/** How many calls a command makes that leave something on the disk: from each of them on it can fail. */
export async function countDiskWrites(world: ScenarioWorld, story: DiskStory): Promise<number> {
  await world.begin(story.state, story.held);
  return (await runInProcess(world.directory, story, { kind: 'none' })).diskWrites;
}

/** The numbers of so many calls, or of each nth of them. */
export function everyCall(count: number, nth = 1): number[] {
  return Array.from({ length: Math.ceil(count / nth) }, (_, index) => index * nth + 1);
}

/** Lets the disk fail from each of these calls on. Which way a call fails is its own turn, that of another `turn` is another. */
export async function failDiskAt(world: ScenarioWorld, story: DiskStory, calls: readonly number[], turn = 0): Promise<DiskEnd> {
  let met = 0;
  const problems: string[] = [];
  for (const call of calls) {
    const code = DISK_FAULTS[(call + turn) % DISK_FAULTS.length] ?? 'ENOSPC';
    const { ended, problems: found } = await failDisk(world, story, call, code);
    met += ended.met ? 1 : 0;
    problems.push(...found.map((problem) => `${code} from call ${call} on: ${problem}`), ...world.leaks());
  }
  return { met, problems };
}

/** Lets the disk fail from one call on, looks at what is left, and goes on when it is mended. */
async function failDisk(world: ScenarioWorld, story: DiskStory, from: number, code: DiskFault): Promise<{ ended: InProcessEnd; problems: string[] }> {
  const { subject } = story;
  await world.begin(story.state, story.held);
  const earlier = world.runs();
  const before = world.judge();
  const ended = await runInProcess(world.directory, story, { kind: 'disk', from, code });
  world.keepPrinted(`${story.verb} ${subject}`, ended.printed);
  const now = world.judge();
  const run = world.runs().findLast((each) => !earlier.includes(each)) ?? (story.verb === 'resume' ? subject : undefined);
  const evidence = run === undefined ? [] : world.story(run).evidence;
  const problems = [...now.problems, ...world.unexplained([before, now], evidence), ...told(ended, story, code)];
  if (run !== undefined) problems.push(...forgotten(world, run, story, now.held));
  problems.push(...(await mend(world, story, run !== undefined && world.story(run).begun ? run : undefined)));
  return { ended, problems };
}

/** Said in one sentence with the exit code of contract, and nothing was begun afterwards: only what was on its way may have ended. */
function told({ exit, printed, met, savesAfter }: InProcessEnd, { concurrency }: DiskStory, code: DiskFault): string[] {
  if (!met) return [];
  const problems = printed.includes('(INTERNAL)') ? [`told as a fault of its own: ${printed}`] : [];
  // A lock that cannot be released is dead with its process: that alone is no failure.
  if (exit === 0) return problems;
  if (exit !== 1 && exit !== 2) problems.push(`ended with ${exit}: ${printed}`);
  if (!SENTENCE[code].test(printed)) problems.push(`said nothing of the disk: ${printed}`);
  // Between an intent that another worker has on disk and its write there is no further call to the disk.
  if (savesAfter > concurrency - 1) problems.push(`${savesAfter} writes were begun after the disk had failed`);
  return problems;
}

/** Whatever was written and is not told as done is told as not known: an intent stands on disk, which resume settles. */
function forgotten(world: ScenarioWorld, run: string, { leadsTo }: DiskStory, held: ReadonlyMap<string, string>): string[] {
  const { outcomes, evidence } = world.story(run);
  return world.keys
    .filter((key) => (outcomes[key] === 'changed') !== (held.get(key) === leadsTo) && outcomes[key] !== undefined)
    .filter((key) => !evidence.some((each) => each.key === key) || outcomes[key] !== 'unknown')
    .map((key) => `the journal says "${outcomes[key]}" of ${key}, which is ${held.get(key)}`);
}

async function mend(world: ScenarioWorld, story: DiskStory, run: string | undefined): Promise<string[]> {
  const command = run === undefined ? story : { ...story, verb: 'resume' as const, subject: run };
  const { exit, printed } = await runInProcess(world.directory, command, { kind: 'none' });
  const { held, problems } = world.judge();
  const astray = world.keys.filter((key) => held.get(key) !== story.leadsTo).map((key) => `${key} was not brought to its ${story.leadsTo} pair`);
  return [...problems, ...astray, ...(exit === 0 ? [] : [`"${command.verb}" on the mended disk ended with ${exit}: ${printed}`])];
}
