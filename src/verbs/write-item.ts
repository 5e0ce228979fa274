import { type Settlement, settle } from '../core/judge.ts';
import type { Change } from '../core/plan-file.ts';
import type { OpenedObject, Pair, WriteAnswer } from '../core/ports.ts';
import { type ItemRead, type ItemWork, openItem } from './item-work.ts';

/** Pauses between readings when the server still shows the old state: another node may lag behind. */
const READ_BACK_PAUSES = [250, 1000];

/** What reading back works with. */
type ReadWork = Pick<ItemWork, 'bamboo' | 'clock'>;

/** Writes, reads back and says what the write did. A write without an answer is never sent again blindly, only where reading back allows it. */
export async function writeItem(change: Change, object: OpenedObject, pair: Pair, work: ReadWork): Promise<Settlement | 'session-lost'> {
  const answer = await object.write(pair);
  if (answer.kind === 'session-lost') return answer.kind;
  const { settled, read } = await readBack(change, answer, false, work);
  if (settled.repeat !== true || read.kind !== 'object') return settled;
  // The user name is the same before and after, all else is equal: the same write once more does no harm.
  const second = await read.object.write(pair);
  return (await readBack(change, second, true, work)).settled;
}

interface ReadBackEnd {
  readonly settled: Settlement;
  readonly read: ItemRead;
}

async function readBack(change: Change, answer: WriteAnswer, repeated: boolean, work: ReadWork): Promise<ReadBackEnd> {
  let end = await readOnce(change, answer, repeated, work);
  for (const pause of READ_BACK_PAUSES) {
    if (end.settled.again !== true) break;
    await work.clock.sleep(pause);
    end = await readOnce(change, answer, repeated, work);
  }
  return end;
}

async function readOnce(change: Change, answer: WriteAnswer, repeated: boolean, work: ReadWork): Promise<ReadBackEnd> {
  const read = await openItem(change, work);
  const shown = read.kind === 'object' ? { kind: 'read' as const, state: read.object.state } : { kind: 'unreadable' as const, why: read.outcome.why };
  return { settled: settle(change, answer, shown, repeated), read };
}
