import type { BuildOrder } from '../verbs/build-order.ts';
import type { Arguments } from './arguments.ts';
import type { Flags } from './command.ts';
import { usageError } from './usage-error.ts';

const DEFAULT_MINUTES = 15;
const MOST_MINUTES = 24 * 60;

/** The flag that names a plan to build, and the one that limits how long it is followed. */
export function buildFlags(flag: 'build' | 'canary-build', describe: string): Flags {
  return {
    [flag]: { value: 'PLANKEY', describe },
    'build-timeout': { value: 'MINUTES', describe: `how long the build is followed until its checkout is known to work (default: ${DEFAULT_MINUTES})` },
  };
}

/** Reads both flags; nothing is built without the plan being named. */
export function readBuildOrder(args: Arguments, flag: 'build' | 'canary-build'): BuildOrder | undefined {
  const plan = args.text(flag);
  const minutes = args.number('build-timeout', 1, MOST_MINUTES);
  if (plan === undefined && minutes !== undefined) throw usageError(`--build-timeout: expected together with --${flag} PLANKEY.`);
  if (plan !== undefined && !/^[^-\s/]+-[^-\s/]+$/.test(plan)) throw usageError(`--${flag}: expected the key of a plan, such as WEB-BUILD, got "${plan}".`);
  return plan === undefined ? undefined : { plan, timeoutMs: (minutes ?? DEFAULT_MINUTES) * 60_000 };
}
