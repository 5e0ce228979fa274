import { assertNever } from '../core/assert-never.ts';
import { type RekeyError, toRekeyError } from '../core/errors.ts';
import { judgeItem } from '../core/judge.ts';
import type { ObjectState } from '../core/object-state.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Change, changeKey } from '../core/plan-file.ts';
import type { OpenedObject, Pair, TestAnswer } from '../core/ports.ts';
import type { SnapshotEntry } from '../core/snapshot.ts';
import { type ChangeWork, type ItemWork, openItem, timeOf } from './item-work.ts';
import { judgeTest, testNew, testStored } from './test-item.ts';
import { writeItem } from './write-item.ts';

/** How this item is treated. */
export interface ItemMode {
  /** Bamboo's own connection test, before the write with the new secret and after it with the stored one. */
  readonly test: boolean;
  /** An earlier attempt wrote an intent and no outcome: what the server holds now settles it. */
  readonly intended: boolean;
}

/** How one item ended, and what that means for the others. */
export interface ItemEnd {
  readonly outcome: Outcome;
  /** The connection test was asked, and what it said of the new secret (of the stored one, where the new one can't be tested). */
  readonly tested?: TestAnswer['kind'];
  /** The run must start nothing more, and why. */
  readonly stop?: string;
  /** What ended the run in the middle of this item, after its intent. */
  readonly problem?: RekeyError;
}

/** Nothing was written, although two attempts began. */
const LOST_TWICE: ItemEnd = { outcome: { kind: 'failed', why: 'the session ended twice between reading and writing; nothing was written' } };

/**
 * Carries out one change: read afresh, compare, test, snapshot and intent durably, write, read back, outcome durably.
 * @throws RekeyError with exit 7 (the login ended) or DISK_FAILED, before its intent; every other failure is the item's outcome
 */
export async function processItem(change: Change, mode: ItemMode, work: ChangeWork): Promise<ItemEnd> {
  const first = await attempt(change, mode, work);
  // The session ended between reading and writing: the write did not reach its action, so a fresh reading may be written once more.
  const end = first === 'session-lost' ? await attempt(change, { ...mode, intended: true }, work).catch(leftInDoubt) : first;
  return await record(change, end === 'session-lost' ? LOST_TWICE : end, work);
}

/** What is known is told, even where the disk does not take it any more. */
async function record(change: Change, end: ItemEnd, work: ItemWork): Promise<ItemEnd> {
  try {
    await work.files.journal({ kind: 'outcome', at: timeOf(work), key: changeKey(change), outcome: end.outcome });
    return end;
  } catch (thrown) {
    return { ...end, problem: end.problem ?? toRekeyError(thrown) };
  }
}

async function attempt(change: Change, mode: ItemMode, work: ChangeWork): Promise<ItemEnd | 'session-lost'> {
  const read = await openItem(change, work);
  if (read.kind === 'ended') return unread(read.outcome, mode);
  const judged = judgeItem(change, read.object.state);
  switch (judged.kind) {
    case 'already-done':
      return {
        outcome: mode.intended ? { kind: 'changed', why: 'settled by reading back' } : { kind: 'unchanged', why: 'already holds the wanted user name' },
      };
    case 'drifted':
      return { outcome: { kind: 'drifted', why: judged.why } };
    case 'as-planned':
      return work.changing(() => carryOut(change, mode, read.object, work));
    default:
      return assertNever(judged);
  }
}

/** What can't be read now was not written now; but an earlier write that nobody answered for stays unknown. */
function unread(outcome: Outcome & { readonly why: string }, mode: ItemMode): ItemEnd {
  if (mode.intended) return { outcome: { kind: 'unknown', why: `an earlier write was not answered, and it ${outcome.why}` } };
  return { outcome: outcome.kind === 'failed' ? { kind: 'failed', why: `${outcome.why}; nothing was written` } : outcome };
}

async function carryOut(change: Change, mode: ItemMode, object: OpenedObject, work: ItemWork): Promise<ItemEnd | 'session-lost'> {
  const pair = await work.pairOf(change);
  const before = mode.test ? await testNew(change, object, pair, work) : undefined;
  if (before !== undefined && before.kind !== 'reachable' && before.kind !== 'not-offered') return { outcome: untested(before.why), tested: before.kind };
  const intent = { kind: 'intent', at: timeOf(work), key: changeKey(change) } as const;
  // Both are on disk before the write; which of the two comes first does not matter.
  await Promise.all([work.files.snapshot(snapshotOf(change, object.state, work)), work.files.journal(intent)]);
  return await carryOutWrite(change, object, pair, before, work).catch(leftInDoubt);
}

async function carryOutWrite(
  change: Change,
  object: OpenedObject,
  pair: Pair,
  before: TestAnswer | undefined,
  work: ItemWork,
): Promise<ItemEnd | 'session-lost'> {
  const settled = await writeItem(change, object, pair, work);
  if (settled === 'session-lost' || before === undefined || settled.outcome.kind !== 'changed') return settled;
  const after = await testStored(change, work);
  return { ...judgeTest(change, settled, after), tested: before.kind === 'reachable' ? before.kind : after.kind };
}

/** The write was on its way when something ended the run: only a fresh reading tells what it did. */
function leftInDoubt(thrown: unknown): ItemEnd {
  const problem = toRekeyError(thrown);
  return { outcome: { kind: 'unknown', why: `the run ended between the write and its proof; "resume" settles it: ${problem.message}` }, problem };
}

function untested(why: string): Outcome {
  return { kind: 'skipped', why: `nothing was written: Bamboo's connection test with the new secret did not pass: ${why}` };
}

function snapshotOf(change: Change, state: ObjectState, work: ItemWork): SnapshotEntry {
  const { place, kind, workspace, slug, credential, settings, document } = state;
  return {
    format: 1,
    at: timeOf(work),
    key: changeKey(change),
    place,
    kind,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    credential,
    ...(change.users === undefined ? {} : { users: change.users }),
    settings: settings.map(([name, value]): [string, string] => [name, value]),
    ...(change.route === 'import' ? { route: change.route } : {}),
    ...(document === undefined ? {} : { document }),
  };
}
