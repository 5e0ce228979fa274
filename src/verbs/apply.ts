import type { Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { decodePlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import type { RunResult } from '../core/run-result.ts';
import type { Pace } from './pace.ts';
import { requireServer, runPlan } from './run-plan.ts';
import { selectChanges } from './select-changes.ts';
import { startRun } from './start-run.ts';

/** Which plan is carried out, which part of it, and how. */
export interface ApplyOptions extends Pace {
  /** Path of the plan file. */
  readonly plan: string;
  readonly expectDigest?: string;
  readonly selection: Selection;
}

/** Carries out a saved plan, re-checking each item. */
export async function apply(options: ApplyOptions, runtime: Runtime): Promise<RunResult> {
  const config = await runtime.config();
  const plan = decodePlan(await runtime.documents.read(options.plan), options.plan);
  requireServer(plan, config);
  requireDigest(plan, options.expectDigest);
  const changes = selectChanges(plan, options.selection);
  return runPlan(
    {
      verb: 'apply',
      plan,
      changes,
      settled: new Map(),
      intended: new Set(),
      left: [],
      pace: options,
      openFiles: (tokens) => startRun({ verb: 'apply', plan, changes }, tokens, runtime),
    },
    runtime,
  );
}

function requireDigest(plan: PlanFile, expected: string | undefined): void {
  if (expected === undefined || expected === plan.digest) return;
  throw new RekeyError('DIGEST_DIFFERS', `The plan has the digest ${plan.digest}; ${expected} was expected.`);
}
