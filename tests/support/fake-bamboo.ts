import { RekeyError } from '../../src/core/errors.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { Bamboo, Documents, Runtime } from '../../src/core/ports.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

function unused(): never {
  throw new RekeyError('INTERNAL', 'this test gives no such part');
}

/** A runtime around the parts of a Bamboo that a test gives, with a clock that jumps. */
export interface BambooWorld {
  readonly runtime: Runtime;
  readonly clock: ManualClock;
  readonly events: readonly RunEvent[];
  readonly files: ReadonlyMap<string, string>;
}

/** Makes one; whatever is asked for and was not given fails the test. */
export function bambooWorld(parts: Partial<Bamboo>, stop: AbortSignal = new AbortController().signal): BambooWorld {
  const clock = createManualClock();
  const events: RunEvent[] = [];
  const files = new Map<string, string>();
  const documents: Documents = {
    read: unused,
    create: unused,
    makeDirectory: async (path) => void files.set(`${path}/`, ''),
    write: async (path, text) => void files.set(path, [...text].join('')),
  };
  const runtime = { clock, stop, documents, emit: (event: RunEvent) => void events.push(event), bamboo: async () => parts as Bamboo };
  return { runtime: runtime as unknown as Runtime, clock, events, files };
}
