import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunEvent } from '../../src/core/events.ts';
import type { Told } from './fault-command.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { FaultWorld, WireFault } from './fault-world.ts';
import type { RequestKind } from './request-kinds.ts';

/** What became of one command that met a fault: exit code, and the error's code or the outcomes of its items, each once. */
export interface CellEnd {
  readonly word: string;
  readonly problems: readonly string[];
}

/** More than any command may wait: five tries of five minutes, for each of three objects, read and read back. */
const LONGEST_WAIT_MS = 3 * 2 * 5 * 300_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[[0-9;]*m)/;

/** Lets one kind of request meet a fault, so many times, and looks at everything that may not happen; then the fault goes, and the command must converge. */
export async function meetFault(world: FaultWorld, request: RequestKind, { fault, needsLimits }: FaultKind, times?: number): Promise<CellEnd> {
  const proxy = await begin(world, request);
  proxy.arm({ fault, meets: request.meets, skip: request.skip, ...(times === undefined ? {} : { times }) });
  if (needsLimits !== undefined) world.breakWire(needsLimits === 'after the work' && request.effect === 'write' ? 'generous-limits' : 'limits');
  return await judged(world, request, proxy);
}

/** The same with something that never comes to the proxy. */
export async function breakWire(world: FaultWorld, request: RequestKind, wire: WireFault): Promise<CellEnd> {
  const proxy = await begin(world, request);
  proxy.arm({ fault: () => undefined, meets: request.meets, skip: request.skip });
  world.breakWire(wire);
  return await judged(world, request, proxy);
}

async function begin(world: FaultWorld, { server, after }: RequestKind): Promise<FaultProxy> {
  await world.begin(after);
  return world[server];
}

async function judged(world: FaultWorld, request: RequestKind, proxy: FaultProxy): Promise<CellEnd> {
  const { scenario } = world;
  const before = scenario.judge();
  const earlier = scenario.runs();
  const told = await world.run(...request.words);
  const problems: string[] = [];
  await proxy.settled();
  problems.push(...toldWell(told));
  const run = scenario.runs().findLast((each) => !earlier.includes(each)) ?? (request.words[0] === 'resume' ? earlier.at(-1) : undefined);
  const story = run === undefined ? undefined : scenario.story(run);
  const after = scenario.judge();
  problems.push(...after.problems, ...scenario.unexplained([before, after], story?.evidence ?? []));
  const outcomes = [...new Set(Object.values(story?.outcomes ?? {}))].sort();
  for (const entry of story?.journal ?? [])
    if (entry.kind === 'outcome' && entry.outcome.kind !== 'changed' && (entry.outcome.why ?? '').length < 20)
      problems.push(`${entry.key} ${entry.outcome.kind} without a reason`);
  const code = /^\(([A-Z_]+)\)$/m.exec(told.stderr)?.[1];
  const word = [told.exit, ...(code === undefined ? [] : [code]), ...outcomes, ...documentsTell(world)].join(' ');
  problems.push(...world.strays.map((stray) => `asked at another origin: ${stray}`), ...world.leaks());
  world.heal();
  problems.push(...(await converges(world, request, story?.begun === true ? run : undefined)));
  return { word, problems };
}

/** Whether an inventory says that something could not be read, and by which routes a plan goes. */
function documentsTell({ directory }: FaultWorld): string[] {
  const read = <T>(name: string): T | undefined =>
    existsSync(join(directory, name)) ? (JSON.parse(readFileSync(join(directory, name), 'utf8')) as T) : undefined;
  const inventory = read<{ items: unknown[]; unread: unknown[] }>('inventory.json');
  const plan = read<{ changes: { route: string }[]; cannot: unknown[] }>('planned.json');
  const routes = (plan?.changes ?? []).map(({ route }) => route);
  return [
    ...((inventory?.unread.length ?? 0) > 0 ? ['unread'] : []),
    ...[...new Set(routes)].sort().map((route) => `${routes.filter((each) => each === route).length} by ${route}`),
  ];
}

/** A failure is told in a sentence with a remedy; nothing that it says steers a terminal. */
function toldWell({ exit, stdout, stderr, waitedMs }: Told): string[] {
  const problems: string[] = [];
  if (CONTROL.test(stdout + stderr)) problems.push('control characters reached the terminal');
  if (waitedMs > LONGEST_WAIT_MS) problems.push(`it would have waited for ${waitedMs / 1000} seconds`);
  if ([1, 2, 4, 7].includes(exit) && !/Error: .{20,}\n.{20,}\n\([A-Z_]+\)/.test(stderr)) problems.push(`no sentence with a remedy: ${stderr.slice(-300)}`);
  return problems;
}

/** The fault is gone: the same command, or going on with its run, comes to its end, and everything is as it was to be. */
async function converges(world: FaultWorld, { words, after }: RequestKind, run: string | undefined): Promise<string[]> {
  const { scenario } = world;
  scenario.simulator.unlock();
  const config = words.includes('import.yaml') ? ['-c', 'import.yaml'] : [];
  const again = run === undefined ? words : ['resume', run, '--yes', ...config];
  const { exit, stdout, stderr } = await world.run(...again, '--json');
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => RunEvent.parse(JSON.parse(line)));
  const problems = [...world.leaks()];
  if (exit !== 0)
    problems.push(
      `"${again.join(' ')}" ended with ${exit} when the fault was gone: ${JSON.stringify(events.filter(({ event }) => event === 'ERROR' || event === 'ITEM'))}${stderr}`,
    );
  const { held, problems: broken } = scenario.judge();
  problems.push(...broken);
  const leadsTo = words[0] === 'rollback' ? 'old' : 'new';
  const file = words[0] === 'apply' ? words[1] : after?.words[1];
  const wanted = file === undefined ? [] : plannedKeys(world, file);
  problems.push(...wanted.filter((key) => held.get(key) !== leadsTo).map((key) => `${key} was not brought to its ${leadsTo} credential in the end`));
  for (const name of ['inventory.json', 'planned.json'])
    if (words.includes(name) && !existsSync(join(world.directory, name))) problems.push(`${name} was not written`);
  return problems;
}

function plannedKeys(world: FaultWorld, file: string): string[] {
  const plan = JSON.parse(readFileSync(join(world.directory, file), 'utf8')) as { changes: { object: string; id: string }[] };
  return plan.changes.map(({ object, id }) => `${object}:${id}`);
}
