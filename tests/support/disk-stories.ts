import type { DiskStory } from './disk-faults.ts';
import { type InProcessCommand, runInProcess } from './in-process.ts';
import type { ScenarioWorld } from './scenario-world.ts';

async function whole(world: ScenarioWorld, command: Omit<InProcessCommand, 'concurrency'>): Promise<string> {
  const { exit, printed } = await runInProcess(world.directory, { ...command, concurrency: 1 }, { kind: 'none' });
  if (exit !== 0) throw new TypeError(`"${command.verb}" ended with ${exit}: ${printed}`);
  return world.runs().at(-1) ?? '';
}

/** The commands that write to Bamboo and to the disk, each from where it starts. */
export function diskStories(concurrency: number): DiskStory[] {
  const start = async (world: ScenarioWorld): Promise<string> => {
    world.reset();
    return 'plan.json';
  };
  return [
    { verb: 'apply', concurrency, leadsTo: 'new', prepare: start },
    {
      verb: 'resume',
      concurrency,
      leadsTo: 'new',
      prepare: async (world) => {
        world.reset();
        // Killed about half way.
        await runInProcess(world.directory, { verb: 'apply', subject: 'plan.json', concurrency: 1 }, { kind: 'kill', at: 140, unsynced: 'kept' });
        return world.runs().at(-1) ?? '';
      },
    },
    {
      verb: 'rollback',
      concurrency,
      leadsTo: 'old',
      prepare: async (world) => whole(world, { verb: 'apply', subject: await start(world) }),
    },
  ];
}
