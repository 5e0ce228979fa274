import type { LimitFunction } from 'p-limit';
import { assertNever } from '../core/assert-never.ts';
import { endsEverything, type RekeyError, toRekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Place } from '../core/model.ts';
import type { Outcome } from '../core/outcome.ts';
import { placeOf } from '../core/place.ts';
import type { Change, RouteName } from '../core/plan-file.ts';
import type { Bamboo, Clock, Opened, OpenedObject, Pair, RunFiles } from '../core/ports.ts';

/** What one item needs to be carried out. */
export interface ItemWork {
  readonly bamboo: Bamboo;
  readonly files: RunFiles;
  readonly clock: Clock;
  readonly pairOf: (change: Change) => Promise<Pair>;
  readonly emit: (event: RunEvent) => void;
}

/** Items side by side: how many of them may be changed at once, between their intent and their proof. */
export interface ChangeWork extends ItemWork {
  readonly changing: LimitFunction;
}

/** What reading an object gave: the object, or the outcome that stands in its place. */
export type ItemRead =
  | { readonly kind: 'object'; readonly object: OpenedObject }
  | { readonly kind: 'ended'; readonly outcome: Outcome & { readonly why: string } };

/** Reads the object of a change by its route. @throws RekeyError with exit 7, or INTERNAL; every other failure is the item's outcome */
export function openItem(change: Change, work: Pick<ItemWork, 'bamboo'>): Promise<ItemRead> {
  return openPlace(placeOf(change), change.route, work);
}

/** Reads what stands at a place by a route. */
export async function openPlace(place: Place, route: RouteName, { bamboo }: Pick<ItemWork, 'bamboo'>): Promise<ItemRead> {
  try {
    const opened = await bamboo.route(route).open(place);
    if (opened.kind === 'object') return opened;
    return { kind: 'ended', outcome: { kind: 'drifted', why: describeOther(opened) } };
  } catch (thrown) {
    return { kind: 'ended', outcome: { kind: 'failed', why: `could not be read: ${itemProblem(thrown).message}` } };
  }
}

function describeOther(opened: Exclude<Opened, { kind: 'object' }>): string {
  switch (opened.kind) {
    case 'linked':
      return 'the plan now uses a linked repository here';
    case 'inherited':
      return 'the branch now inherits the repository of its plan';
    case 'other-type':
      return `it is now of another type (${opened.type})`;
    default:
      return assertNever(opened);
  }
}

/** The problem of one item. @throws what concerns more than this item */
function itemProblem(thrown: unknown): RekeyError {
  const problem = toRekeyError(thrown);
  if (endsEverything(problem) || problem.code === 'INTERNAL' || problem.code === 'INTERRUPTED') throw problem;
  return problem;
}

/** The time of a journal line. */
export function timeOf(work: Pick<ItemWork, 'clock'>): string {
  return work.clock.now().toISOString();
}
