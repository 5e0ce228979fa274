import { assertNever } from './assert-never.ts';
import type { Config, Selection } from './config.ts';
import { judgeReading } from './judge-reading.ts';
import { comparePlaces } from './order.ts';
import { placeOf } from './place.ts';
import type { UnsealedPlan } from './plan-codec.ts';
import type { Change, NotChanged, PlanFile } from './plan-file.ts';
import type { Reading } from './reading.ts';
import { alsoNeeded, selects } from './selection.ts';

/** What a plan is built from; time arrives as a value. */
export interface PlanInput {
  readonly readings: readonly Reading[];
  readonly config: Config;
  readonly selection: Selection;
  readonly rotate: boolean;
  readonly now: Date;
  /** Name and version of the tool. */
  readonly tool: string;
  readonly server: PlanFile['server'];
}

/** A plan, and the lines to add under `assign`, each once. */
export interface BuiltPlan {
  readonly plan: UnsealedPlan;
  readonly suggestions: readonly string[];
}

/** Decides for each selected object whether it changes, stays or can't be taken; the same input gives the same plan. */
export function buildPlan(input: PlanInput): BuiltPlan {
  const changes: Change[] = [];
  const unchanged: NotChanged[] = [];
  const cannot: NotChanged[] = [];
  const suggestions = new Set<string>();
  const selected = input.readings.filter(({ item }) => selects(input.selection, item));
  for (const reading of selected.sort((one, other) => comparePlaces(one.item, other.item))) {
    const verdict = judgeReading(reading, input);
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
  return { plan: assemble(input, { changes, unchanged, cannot, alsoNeeded: neededItems(input) }), suggestions: [...suggestions] };
}

/** What a selected project uses and does not own, as far as there is something to do about it. */
function neededItems(input: PlanInput): NotChanged[] {
  const open = input.readings.filter((reading) => judgeReading(reading, input).kind !== 'unchanged');
  return alsoNeeded(
    input.selection,
    open.map((reading) => reading.item),
  );
}

function assemble(input: PlanInput, lists: Pick<PlanFile, 'changes' | 'unchanged' | 'cannot' | 'alsoNeeded'>): UnsealedPlan {
  const { now, tool, server } = input;
  const summary = { change: lists.changes.length, unchanged: lists.unchanged.length, cannot: lists.cannot.length };
  return { format: 1, purpose: 'apply', createdAt: now.toISOString(), tool, server, summary, ...lists };
}
