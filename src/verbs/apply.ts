import type { Config, Selection } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { decodePlan } from '../core/plan-codec.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { needsTokenSupport } from '../core/sides.ts';
import { requireServer, runPlan } from './run-plan.ts';
import type { Pace, RunResult } from './run-result.ts';
import { selectChanges } from './select-changes.ts';
import { startRun } from './start-run.ts';

export type { ItemResult, Pace, RunResult, TestScope } from './run-result.ts';

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
  requireEmails(plan, config);
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
      openFiles: () => startRun('apply', plan, changes, runtime),
    },
    runtime,
  );
}

function requireDigest(plan: PlanFile, expected: string | undefined): void {
  if (expected === undefined || expected === plan.digest) return;
  throw new RekeyError('DIGEST_DIFFERS', `The plan has the digest ${plan.digest}; ${expected} was expected.`);
}

/** @throws RekeyError PLAN_EMAIL_CHANGED when a token's email is no longer the plan's: the pair would not belong together */
function requireEmails(plan: PlanFile, config: Config): void {
  for (const { after, name } of plan.changes.filter(needsTokenSupport)) {
    const email = after.token === undefined ? undefined : config.tokens[after.token]?.email;
    if (after.token === undefined || email === after.username) continue;
    throw new RekeyError(
      'PLAN_EMAIL_CHANGED',
      `The plan writes ${after.username} for token "${after.token}" (at "${name}"); the configuration now ${email === undefined ? 'has no such token' : `gives it the email ${email}`}.`,
    );
  }
}
