import type { Config, Selection } from './config.ts';
import { RekeyError } from './errors.ts';
import { holdSide } from './held-side.ts';
import { placeOf } from './place.ts';
import type { UnsealedPlan } from './plan-codec.ts';
import { type Change, changeKey, NOTHING, type NotChanged, type PlanFile, type Side } from './plan-file.ts';
import { selects } from './selection.ts';

const REMOVES = 'removes the twin, where no plan uses it and nobody has changed it since';

/** What the way back of a run is planned from. */
export interface ReverseInput {
  readonly plan: PlanFile;
  /** Keys for which a write was intended, in order. */
  readonly intended: readonly string[];
  /** Keys whose snapshot in that run keeps the server's own document, and the run. */
  readonly kept?: ReadonlyMap<string, Side['kept']>;
  readonly selection: Selection;
  readonly config: Config;
  readonly now: Date;
  readonly tool: string;
}

/** The plan that puts back what a run changed, last change first; what no secret is held for stands under `cannot`. */
export function reversePlan({ plan, intended, kept, selection, config, now, tool }: ReverseInput): UnsealedPlan {
  const changes: Change[] = [];
  const cannot: NotChanged[] = [];
  for (const change of carriedOut(plan, intended).filter((change) => selects(selection, change))) {
    const reversed = reverseChange(change, config, now, kept?.get(changeKey(change)));
    if ('why' in reversed) cannot.push(reversed);
    else changes.push(reversed);
  }
  return rollbackPlan({ changes, unchanged: [], cannot }, { now, tool, server: plan.server });
}

/** Puts a rollback's lists together. */
export function rollbackPlan(
  lists: Pick<PlanFile, 'changes' | 'unchanged' | 'cannot'>,
  frame: { readonly now: Date; readonly tool: string; readonly server: PlanFile['server'] },
): UnsealedPlan {
  const summary = { change: lists.changes.length, unchanged: lists.unchanged.length, cannot: lists.cannot.length };
  return { format: 1, purpose: 'rollback', createdAt: frame.now.toISOString(), tool: frame.tool, server: frame.server, summary, ...lists, alsoNeeded: [] };
}

/** One change turned round: expects what the run wrote, and writes what was there before. */
export function reverseChange(change: Change, config: Config, now: Date, kept?: Side['kept']): Change | NotChanged {
  if (change.before === null) return { ...change, before: withoutPrevious(change.after), after: NOTHING, rollback: 'exact', warnings: [REMOVES] };
  const held = holdSide(change.before, change.kind, config, now, kept);
  if (held.kind === 'missing') return { ...placeOf(change), why: held.why };
  return { ...change, before: withoutPrevious(change.after), after: held.side, rollback: held.grade, warnings: [...held.warnings] };
}

/** Last intent first. @throws RekeyError RUN_DAMAGED when the journal names a change that the plan does not hold */
function carriedOut(plan: PlanFile, intended: readonly string[]): Change[] {
  const byKey = new Map(plan.changes.map((change) => [changeKey(change), change]));
  return [...new Set(intended)].reverse().map((key) => {
    const change = byKey.get(key);
    if (change === undefined) throw new RekeyError('RUN_DAMAGED', `The journal tells of a write to ${key}, which the plan of the run does not hold.`);
    return change;
  });
}

/** Where a secret came from at the time of an earlier rollback; the next one looks for itself. */
function withoutPrevious({ username, credential, token }: Side): Side {
  return { username, credential, ...(token === undefined ? {} : { token }) };
}
