import { assertNever } from './assert-never.ts';
import type { Config, Selection } from './config.ts';
import { judgeCredential } from './judge-credential.ts';
import { judgeReading } from './judge-reading.ts';
import { comparePlaces } from './order.ts';
import { placeOf } from './place.ts';
import type { UnsealedPlan } from './plan-codec.ts';
import type { Change, NotChanged, PlanFile } from './plan-file.ts';
import type { Reading } from './reading.ts';
import type { PlanRules, SharedFate } from './reading-verdict.ts';
import { alsoNeeded, type Selectable, selects } from './selection.ts';
import { findUsers, sharedUsage } from './shared-users.ts';

/** What a plan is built from; time arrives as a value. */
export interface PlanInput {
  readonly readings: readonly Reading[];
  readonly config: Config;
  readonly selection: Selection;
  readonly rotate: boolean;
  /** Twins are planned from what it gives. */
  readonly asGit?: boolean;
  readonly now: Date;
  /** Name and version of the tool. */
  readonly tool: string;
  readonly server: PlanFile['server'];
  /** How many things could not be read. */
  readonly unread?: number;
}

/** A plan, and the lines to add under `assign`, each once. */
export interface BuiltPlan {
  readonly plan: UnsealedPlan;
  readonly suggestions: readonly string[];
}

type Lists = Pick<PlanFile, 'changes' | 'unchanged' | 'cannot' | 'alsoNeeded'>;

/** What is known of a reading once its users are. */
interface Candidate {
  readonly reading: Reading;
  readonly selectable: Reading['item'] & Selectable;
}

/** Decides for each selected object whether it changes, stays or can't be taken; the same input gives the same plan. */
export function buildPlan(input: PlanInput): BuiltPlan {
  const users = findUsers(input.readings);
  const candidates = input.readings.map((reading) => candidateOf(reading, users)).sort((one, other) => comparePlaces(one.selectable, other.selectable));
  const rules: PlanRules = { ...input, shared: sharedFates(candidates, users, input) };
  const changes: Change[] = [];
  const unchanged: NotChanged[] = [];
  const cannot: NotChanged[] = [];
  const suggestions = new Set<string>();
  for (const { reading } of candidates.filter(({ selectable }) => selects(input.selection, selectable))) {
    const verdict = judgeReading(reading, rules);
    switch (verdict.kind) {
      case 'change':
        changes.push(verdict.change);
        break;
      case 'unchanged':
        unchanged.push({ ...placeOf(reading.item), why: verdict.why });
        break;
      case 'cannot':
        cannot.push({ ...placeOf(reading.item), why: verdict.why });
        if (verdict.suggestion !== undefined) suggestions.add(verdict.suggestion);
        break;
      default:
        assertNever(verdict);
    }
  }
  const lists = { changes, unchanged, cannot, alsoNeeded: alsoNeeded(input.selection, openItems(candidates, rules)) };
  return { plan: assemble(input, lists), suggestions: [...suggestions] };
}

/** A shared credential is selected by who uses it, so its users belong to it, selected or not. */
function candidateOf(reading: Reading, users: ReadonlyMap<string, readonly Reading[]>): Candidate {
  const { item } = reading;
  if (item.kind !== 'credentials') return { reading, selectable: item };
  const own = users.get(item.id) ?? [];
  return { reading, selectable: { ...item, usedBy: sharedUsage(reading, own), users: own.map((user) => user.item) } };
}

function sharedFates(candidates: readonly Candidate[], users: ReadonlyMap<string, readonly Reading[]>, input: PlanInput): Map<string, SharedFate> {
  const credentials = candidates.filter(({ reading }) => reading.item.kind === 'credentials');
  return new Map(
    credentials.map(({ reading, selectable }) => {
      const verdict = judgeCredential(reading, users.get(reading.item.id) ?? [], input);
      return [reading.item.id, { credential: reading, verdict, selected: selects(input.selection, selectable) }];
    }),
  );
}

/** That about which there is something to do; where a credential is shared, it is the credential. Judged as it is asked for: mostly nothing is. */
function* openItems(candidates: readonly Candidate[], rules: PlanRules): Generator<Candidate['selectable']> {
  const standsOnOther = ({ item }: Reading): boolean => item.credential.shared !== undefined && rules.shared?.has(item.credential.shared.id) === true;
  for (const { reading, selectable } of candidates) {
    if (!standsOnOther(reading) && judgeReading(reading, rules).kind !== 'unchanged') yield selectable;
  }
}

function assemble(input: PlanInput, lists: Lists): UnsealedPlan {
  const { now, tool, server } = input;
  const summary = { change: lists.changes.length, unchanged: lists.unchanged.length, cannot: lists.cannot.length };
  return { format: 1, purpose: 'apply', createdAt: now.toISOString(), tool, server, summary, ...lists };
}
