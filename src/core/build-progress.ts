import { assertNever } from './assert-never.ts';
import type { CheckoutVerdict } from './checkout-log.ts';

/** Where a build stands, by its result [P/T]. `unknown`: Bamboo said a word that is not one of its own, or nothing yet. */
export interface BuildState {
  readonly lifeCycle: 'Pending' | 'Queued' | 'InProgress' | 'Finished' | 'NotBuilt' | 'unknown';
  readonly state: 'Unknown' | 'Successful' | 'Failed';
  /** Result keys of its jobs, as far as they are there. */
  readonly jobs: readonly string[];
}

/** How the build that proves a checkout ended, for people and tools. */
export interface BuildEnd {
  readonly plan: string;
  /** Key of the build's result; absent where nothing was queued. */
  readonly result?: string;
  readonly kind: 'checked-out' | 'failed' | 'not-known';
  readonly detail: string;
}

/** What to do next about a build: end with a finding, or look again. */
export type BuildStep = Pick<BuildEnd, 'kind' | 'detail'> | { readonly kind: 'wait' };

/** Says what a build proves so far about the checkout. */
export function judgeBuild({ lifeCycle, state }: BuildState, checkout: CheckoutVerdict): BuildStep {
  if (lifeCycle === 'NotBuilt')
    return { kind: 'failed', detail: 'Bamboo did not build it (NotBuilt): its change detection failed on the server already, so no agent ever tried' };
  const over = lifeCycle === 'Finished';
  switch (checkout.kind) {
    case 'succeeded':
      return {
        kind: 'checked-out',
        detail: `${tellSuccess(checkout.task, checkout.shown)}${over && state === 'Failed' ? '; the build failed later, for another reason' : ''}`,
      };
    case 'failed':
      return { kind: 'failed', detail: `the checkout task "${checkout.task}" ended with ${checkout.result} on an agent` };
    case 'others-only':
      return over ? { kind: 'not-known', detail: 'its checkouts succeeded, but none of them fetched a repository of this run' } : { kind: 'wait' };
    case 'open':
      return over ? { kind: 'not-known', detail: `the build ended (${state}) and no log of its jobs shows a checkout that ended` } : { kind: 'wait' };
    default:
      return assertNever(checkout);
  }
}

function tellSuccess(task: string, shown: 'named' | 'unnamed'): string {
  const what = `the checkout task "${task}" succeeded on an agent`;
  return shown === 'named' ? what : `${what} (its log does not name the repository)`;
}
