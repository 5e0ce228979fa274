import type { BuildOrder } from './build-order.ts';

/** Which items get Bamboo's own connection test. */
export type TestScope = 'canary' | 'sample' | 'all' | 'none';

/** How a run goes; what is left out comes from `apply` in the configuration. */
export interface Pace {
  readonly concurrency?: number;
  readonly batch?: number;
  readonly canary?: number;
  readonly maxFailures?: number;
  readonly onError: 'stop' | 'continue';
  readonly test: TestScope;
  /** Git probes per token and workspace before the first write; all repositories unless told otherwise. */
  readonly sample?: number;
  /** A plan that is built after the canary, before the others are written. */
  readonly canaryBuild?: BuildOrder;
  readonly yes: boolean;
  readonly breakLock?: string;
}
