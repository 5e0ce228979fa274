import type { DiskStory } from './disk-faults.ts';
import { type InProcessCommand, type Mishap, runInProcess } from './in-process.ts';
import type { ScenarioWorld } from './scenario-world.ts';

const APPLY = { verb: 'apply', subject: 'plan.json', concurrency: 1 } as const satisfies InProcessCommand;

/** The verbs that write to Bamboo and to the disk. */
export const DISK_VERBS = ['apply', 'resume', 'rollback'] as const satisfies readonly InProcessCommand['verb'][];

/** Each of them, with the world brought to where it starts. */
export async function diskStory(world: ScenarioWorld, verb: InProcessCommand['verb'], concurrency: number): Promise<DiskStory> {
  switch (verb) {
    case 'apply':
      return { ...APPLY, concurrency, held: 'old', leadsTo: 'new' };
    case 'resume':
      return { verb, subject: await halfway(world), concurrency, state: 'halfway', held: world.judge().held, leadsTo: 'new' };
    case 'rollback':
      return { verb, subject: await applied(world), concurrency, state: 'applied', held: 'new', leadsTo: 'old' };
  }
}

/** An apply that was killed about half way. */
async function halfway(world: ScenarioWorld): Promise<string> {
  return await killedAfterSave(world, (saves) => Math.floor((saves - 1) / 2), 'halfway');
}

/** An apply that was killed just after one of its writes is kept under a name: what became of that write is not known. */
export async function killedAfterSave(world: ScenarioWorld, which: (saves: number) => number, name: string): Promise<string> {
  await world.begin(undefined, 'old');
  const { saves } = await runInProcess(world.directory, APPLY, { kind: 'none' });
  return await keptRun(world, { kind: 'kill', at: saves[which(saves.length)] ?? -1, unsynced: 'kept' }, name);
}

/** An apply that has come to its end is kept as `applied`. */
async function applied(world: ScenarioWorld): Promise<string> {
  return await keptRun(world, { kind: 'none' }, 'applied');
}

async function keptRun(world: ScenarioWorld, mishap: Mishap, name: string): Promise<string> {
  await world.begin(undefined, 'old');
  const { exit, printed } = await runInProcess(world.directory, APPLY, mishap);
  if (exit !== (mishap.kind === 'kill' ? null : 0)) throw new TypeError(`The apply ended with ${exit}: ${printed}`);
  world.keepState(name);
  return world.runs().at(-1) ?? '';
}
