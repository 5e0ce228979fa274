import { type Settlement, testProvesSecret } from '../core/judge.ts';
import { placeOf } from '../core/place.ts';
import type { Change } from '../core/plan-file.ts';
import type { OpenedObject, Pair, TestAnswer } from '../core/ports.ts';
import { closedPages } from './closed-pages.ts';
import { type ItemRead, type ItemWork, openItem, openPlace } from './item-work.ts';

/** Bamboo's own connection test with the new secret, before anything is written. A shared credential has no test of its own. */
export async function testNew(change: Change, object: OpenedObject, pair: Pair, work: ItemWork): Promise<TestAnswer> {
  if (change.object === 'shared-credential') return { kind: 'not-offered', why: 'a shared credential is tested through its users, after the write' };
  return tell(change, 'new', await object.test(pair), work);
}

/** Bamboo's own connection test with what is stored now, through the object or through the first repository that uses it. */
export async function testStored(change: Change, work: Pick<ItemWork, 'bamboo' | 'emit'>): Promise<TestAnswer> {
  const user = change.users?.[0];
  return tell(change, 'stored', user === undefined ? await tested(openItem(change, work)) : await testUser(user, work), work);
}

/** Through the edit form of a repository that uses it, if such pages are open. */
async function testUser(user: NonNullable<Change['users']>[number], work: Pick<ItemWork, 'bamboo'>): Promise<TestAnswer> {
  const closed = await closedPages(work.bamboo);
  if (closed !== undefined) return { kind: 'not-offered', why: `it is tested through "${user.name}", which uses it, and that needs its edit form: ${closed}` };
  return tested(openPlace(placeOf({ ...user, object: 'repository' }), 'form', work));
}

async function tested(opening: Promise<ItemRead>): Promise<TestAnswer> {
  const read = await opening;
  return read.kind === 'object' ? await read.object.test('stored') : { kind: 'unavailable', why: read.outcome.why };
}

/** What a write amounts to after the test of what is stored. */
export function judgeTest(change: Change, settled: Settlement, answer: TestAnswer): Settlement {
  if (answer.kind === 'not-offered') return settled;
  if (answer.kind !== 'reachable')
    return {
      ...settled,
      outcome: { kind: 'failed', why: `saved and read back, but Bamboo's connection test with the stored secret did not pass: ${answer.why}` },
    };
  if (testProvesSecret(change, false) || settled.outcome.kind !== 'changed') return settled;
  return {
    ...settled,
    outcome: { kind: 'changed', why: `${settled.outcome.why ?? 'saved'}; the connection test passed, which the old token may have done as well` },
  };
}

function tell(change: Change, secret: 'new' | 'stored', answer: TestAnswer, { emit }: Pick<ItemWork, 'emit'>): TestAnswer {
  const detail = answer.kind === 'reachable' ? {} : { detail: answer.why };
  emit({ event: 'TEST', id: change.id, name: change.name, secret, result: answer.kind, ...detail });
  return answer;
}
