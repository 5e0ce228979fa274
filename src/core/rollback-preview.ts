import { assertNever } from './assert-never.ts';
import { judgeItem, type ReadBack } from './judge.ts';
import { placeOf } from './place.ts';
import type { UnsealedPlan } from './plan-codec.ts';
import { type Change, changeKey, type NotChanged, type PlanFile } from './plan-file.ts';

/** What of a way back would be carried out now: of all else it tells why not, as the rollback itself would. `current`: what the server holds, by key. */
export function asItStands(plan: PlanFile, current: ReadonlyMap<string, ReadBack>): UnsealedPlan {
  const { digest: _, ...rest } = plan;
  const changes: Change[] = [];
  const unchanged = [...plan.unchanged];
  const cannot = [...plan.cannot];
  for (const change of plan.changes) {
    const verdict = judge(change, current.get(changeKey(change)));
    if (verdict.kind === 'restored') changes.push(change);
    else (verdict.kind === 'unchanged' ? unchanged : cannot).push(left(change, verdict.why));
  }
  return { ...rest, changes, unchanged, cannot, summary: { change: changes.length, unchanged: unchanged.length, cannot: cannot.length } };
}

type Verdict = { readonly kind: 'restored' } | { readonly kind: 'unchanged' | 'cannot'; readonly why: string };

function judge(change: Change, current: ReadBack | undefined): Verdict {
  if (current === undefined) return { kind: 'cannot', why: 'it was not found on the server' };
  if (current.kind === 'unreadable') return { kind: 'cannot', why: current.why };
  const verdict = judgeItem(change, current.state);
  switch (verdict.kind) {
    case 'as-planned':
      return { kind: 'restored' };
    case 'already-done':
      return { kind: 'unchanged', why: `already holds ${change.after.username}` };
    case 'drifted':
      return { kind: 'cannot', why: verdict.why };
    default:
      return assertNever(verdict);
  }
}

function left(change: Change, why: string): NotChanged {
  return { ...placeOf(change), why };
}
