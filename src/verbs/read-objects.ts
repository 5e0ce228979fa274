import { RekeyError } from '../core/errors.ts';
import type { ReadBack } from '../core/judge.ts';
import type { Place } from '../core/model.ts';
import type { RouteName } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { inParallel } from './in-parallel.ts';
import { openPlace } from './item-work.ts';

/** An object, and the way that it is read. */
export interface ObjectToRead {
  readonly key: string;
  readonly place: Place;
  readonly route: RouteName;
}

/** What the server holds now for each of them, by key. @throws RekeyError with exit 7, or INTERRUPTED after Ctrl-C: a part of them would tell too little */
export async function readObjects(objects: readonly ObjectToRead[], runtime: Runtime): Promise<Map<string, ReadBack>> {
  const { apply } = await runtime.config();
  const work = { bamboo: await runtime.bamboo() };
  const current = new Map<string, ReadBack>();
  runtime.emit({ event: 'PHASE', phase: 'reading', total: objects.length });
  await inParallel(objects, apply.concurrency, runtime.stop, async ({ key, place, route }) => {
    const read = await openPlace(place, route, work);
    current.set(key, read.kind === 'object' ? { kind: 'read', state: read.object.state } : { kind: 'unreadable', why: read.outcome.why });
    runtime.emit({ event: 'PROGRESS', phase: 'reading', done: current.size, total: objects.length });
  });
  if (runtime.stop.aborted) throw new RekeyError('INTERRUPTED', 'Interrupted while reading; nothing was written.', { remedy: 'Run the same command again.' });
  return current;
}
