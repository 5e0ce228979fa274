import { assertNever } from '../core/assert-never.ts';
import { endsEverything, toRekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import { judgeItem, type Settlement, settle } from '../core/judge.ts';
import type { ObjectState } from '../core/object-state.ts';
import type { Outcome } from '../core/outcome.ts';
import { placeOf } from '../core/place.ts';
import { type Change, changeKey } from '../core/plan-file.ts';
import type { Bamboo, Clock, OpenedObject, Pair, RunFiles, TestAnswer, WriteAnswer } from '../core/ports.ts';

/** What one item needs to be carried out. */
export interface ItemWork {
  readonly bamboo: Bamboo;
  readonly files: RunFiles;
  readonly clock: Clock;
  readonly pairOf: (change: Change) => Promise<Pair>;
  readonly emit: (event: RunEvent) => void;
}

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
  /** The connection test with the new secret was asked, and what it said. */
  readonly tested?: TestAnswer['kind'];
  /** The run must start nothing more, and why. */
  readonly stop?: string;
}

/** Pauses between readings when the server answered "saved" and still shows the old state: another node may lag behind. */
const READ_BACK_PAUSES = [250, 1000];

/**
 * Carries out one change: read afresh, compare, test, snapshot and intent durably, write, read back, outcome durably.
 * @throws RekeyError with exit 7 (the login ended) or DISK_FAILED; every other failure is the item's outcome
 */
export async function processItem(change: Change, mode: ItemMode, work: ItemWork): Promise<ItemEnd> {
  const first = await attempt(change, mode, work);
  if (first !== 'session-lost') return first;
  // The session ended between reading and writing: the write did not reach its action, so a fresh reading may be written once more.
  const second = await attempt(change, mode, work);
  return second === 'session-lost' ? record(change, LOST_TWICE, work) : second;
}

const LOST_TWICE: ItemEnd = { outcome: { kind: 'failed', why: 'the session ended twice between reading and writing; nothing was written' } };

async function attempt(change: Change, mode: ItemMode, work: ItemWork): Promise<ItemEnd | 'session-lost'> {
  const read = await open(change, work);
  if ('outcome' in read) return record(change, read, work);
  const judged = judgeItem(change, read.state);
  switch (judged.kind) {
    case 'already-done':
      return record(
        change,
        { outcome: mode.intended ? { kind: 'changed', why: 'settled by reading back' } : { kind: 'unchanged', why: 'already holds the wanted user name' } },
        work,
      );
    case 'drifted':
      return record(change, { outcome: { kind: 'drifted', why: judged.why } }, work);
    case 'as-planned':
      return carryOut(change, mode, read, work);
    default:
      return assertNever(judged);
  }
}

async function carryOut(change: Change, mode: ItemMode, object: OpenedObject, work: ItemWork): Promise<ItemEnd | 'session-lost'> {
  const pair = await work.pairOf(change);
  const before = mode.test ? await test(change, object, pair, work) : undefined;
  if (before !== undefined && before.kind !== 'reachable') return { ...(await record(change, untested(before.why), work)), tested: before.kind };
  await work.files.snapshot(snapshotOf(change, object.state, work));
  await work.files.journal({ kind: 'intent', at: now(work), key: changeKey(change) });
  const answer = await object.write(pair);
  if (answer.kind === 'session-lost') return 'session-lost';
  const settled = await readBack(change, answer, work);
  const end = mode.test && settled.outcome.kind === 'changed' ? await proveStored(change, settled, work) : settled;
  return { ...(await record(change, end, work)), ...(before === undefined ? {} : { tested: before.kind }) };
}

async function open(change: Change, work: ItemWork): Promise<OpenedObject | ItemEnd> {
  try {
    const opened = await work.bamboo.route(change.route).open(placeOf(change));
    if (opened.kind === 'object') return opened.object;
    return {
      outcome: { kind: 'drifted', why: opened.kind === 'linked' ? 'the plan now uses a linked repository here' : `it is now of another type (${opened.type})` },
    };
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    const problem = toRekeyError(thrown);
    if (problem.code === 'INTERNAL') throw problem;
    return { outcome: { kind: 'failed', why: `could not be read, nothing was written: ${problem.message}` } };
  }
}

/** Reads the object again after the write and says what the write did. */
async function readBack(change: Change, answer: WriteAnswer, work: ItemWork): Promise<Settlement> {
  let settled = await readOnce(change, answer, work);
  for (const pause of READ_BACK_PAUSES) {
    if (!settled.again) break;
    await work.clock.sleep(pause);
    settled = await readOnce(change, answer, work);
  }
  return settled;
}

async function readOnce(change: Change, answer: WriteAnswer, work: ItemWork): Promise<Settlement> {
  const read = await open(change, work);
  return 'outcome' in read
    ? settle(change, answer, { kind: 'unreadable', why: read.outcome.why ?? '' })
    : settle(change, answer, { kind: 'read', state: read.state });
}

async function proveStored(change: Change, settled: Settlement, work: ItemWork): Promise<Settlement> {
  const read = await open(change, work);
  const answer: TestAnswer = 'outcome' in read ? { kind: 'unavailable', why: read.outcome.why ?? '' } : await test(change, read, 'stored', work);
  if (answer.kind === 'reachable') return settled;
  return {
    ...settled,
    outcome: { kind: 'failed', why: `saved and read back, but Bamboo's connection test with the stored secret did not pass: ${answer.why}` },
  };
}

async function test(change: Change, object: OpenedObject, pair: Pair | 'stored', work: ItemWork): Promise<TestAnswer> {
  const answer = await object.test(pair);
  const detail = answer.kind === 'reachable' ? {} : { detail: answer.why };
  work.emit({ event: 'TEST', id: change.id, name: change.name, secret: pair === 'stored' ? 'stored' : 'new', result: answer.kind, ...detail });
  return answer;
}

async function record(change: Change, end: ItemEnd, work: ItemWork): Promise<ItemEnd> {
  await work.files.journal({ kind: 'outcome', at: now(work), key: changeKey(change), outcome: end.outcome });
  return end;
}

function untested(why: string): ItemEnd {
  return { outcome: { kind: 'skipped', why: `nothing was written: Bamboo's connection test with the new secret did not pass: ${why}` } };
}

function snapshotOf(change: Change, state: ObjectState, work: ItemWork) {
  const { place, kind, workspace, slug, credential, settings } = state;
  const where = { ...(workspace === undefined ? {} : { workspace }), ...(slug === undefined ? {} : { slug }) };
  return {
    format: 1 as const,
    at: now(work),
    key: changeKey(change),
    place,
    kind,
    ...where,
    credential,
    ...(change.users === undefined ? {} : { users: change.users }),
    settings: settings.map(([name, value]): [string, string] => [name, value]),
  };
}

function now(work: ItemWork): string {
  return work.clock.now().toISOString();
}
