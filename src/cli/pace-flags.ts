import type { Pace, TestScope } from '../verbs/pace.ts';
import type { Arguments } from './arguments.ts';
import type { Flags } from './command.ts';

/** Values of --test. */
const TEST_SCOPES = ['canary', 'sample', 'all', 'none'] as const satisfies readonly TestScope[];

/** Values of --on-error. */
const ON_ERROR = ['stop', 'continue'] as const;

/** The flag that says which items get Bamboo's own connection test. */
export const TEST_FLAG: Flags = {
  test: {
    value: 'SCOPE',
    choices: TEST_SCOPES,
    describe: `connection tests: ${TEST_SCOPES.join(', ')} (default: sample, the canary and one repository per token and workspace)`,
  },
};

/** The flag that says how many repositories git is asked about beforehand. */
export const SAMPLE_FLAG: Flags = {
  sample: { value: 'N', describe: 'git probes per token and workspace (default: every repository, as far as the quota allows)' },
};

/** Flags that say how a run goes. */
export const PACE_FLAGS: Flags = {
  concurrency: { value: 'N', describe: 'objects changed at once, 1 to 64 (default: apply.concurrency)' },
  batch: { value: 'N', describe: 'objects per checkpoint (default: apply.batch)' },
  canary: { value: 'N', describe: 'objects changed, read back and tested first (default: apply.canary)' },
  'max-failures': { value: 'N', describe: 'failures after which the run ends (default: apply.maxFailures)' },
  'on-error': { value: 'WHAT', choices: ON_ERROR, describe: 'stop at the first failure, or continue up to --max-failures (default: continue)' },
  ...TEST_FLAG,
  ...SAMPLE_FLAG,
  yes: { describe: 'ask nothing and go on after the canary; required without a terminal' },
  'break-lock': { value: 'NONCE', describe: 'take over the lock with this nonce, left by another host' },
};

/** Reads how a run goes; numbers left out come from the configuration. */
export function readPace(args: Arguments): Pace {
  const numbers = {
    concurrency: args.number('concurrency', 1, 64),
    batch: args.number('batch', 1),
    canary: args.number('canary', 0),
    maxFailures: args.number('max-failures', 0),
  };
  const breakLock = args.text('break-lock');
  return {
    ...definedOf(numbers),
    onError: args.oneOf('on-error', ON_ERROR) ?? 'continue',
    test: readTestScope(args),
    ...readSample(args),
    yes: args.has('yes'),
    ...(breakLock === undefined ? {} : { breakLock }),
  };
}

/** Reads --sample. */
export function readSample(args: Arguments): { readonly sample?: number } {
  const sample = args.number('sample', 1);
  return sample === undefined ? {} : { sample };
}

/** Reads --test. */
export function readTestScope(args: Arguments): TestScope {
  return args.oneOf('test', TEST_SCOPES) ?? 'sample';
}

function definedOf<T extends Record<string, number | undefined>>(numbers: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: number };
}
