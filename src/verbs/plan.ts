import type { Selection } from '../core/config.ts';
import { buildPlan } from '../core/plan-builder.ts';
import { sealPlan } from '../core/plan-codec.ts';
import type { PlanResult } from '../core/plan-result.ts';
import type { Runtime } from '../core/ports.ts';
import { selectsAll } from '../core/selection.ts';
import { needsTokenSupport } from '../core/sides.ts';
import { versionProblem } from '../core/version-gate.ts';
import { tellTokens } from './find-tokens.ts';
import { planTwins } from './plan-twins.ts';
import { readSources } from './read-sources.ts';
import { emptySelection } from './select-changes.ts';
import { toolWords } from './tool-words.ts';

/** What is planned. */
export interface PlanOptions {
  readonly selection: Selection;
  /** Take what is already on email + token, too. */
  readonly rotate: boolean;
  /** Plan Git-type twins in place of what this server can't use with API tokens. */
  readonly asGit?: boolean;
}

/** The dry run: what would change, what is left alone and why. */
export async function plan(options: PlanOptions, runtime: Runtime): Promise<PlanResult> {
  const config = await runtime.config();
  // What can be told without asking anybody is told before anybody is asked; a plan itself needs no secret.
  await tellTokens(config, runtime);
  const { server, readings, unread } = await readSources(config, runtime);
  const built = buildPlan({
    readings,
    config,
    ...options,
    now: runtime.clock.now(),
    unread: unread.length,
    tool: toolWords(runtime),
    server: { url: config.bamboo.url, version: server.version },
  });
  const planned = options.asGit === true ? await planTwins(built.plan, config, await runtime.bamboo(), runtime) : built.plan;
  const { summary } = planned;
  if (summary.change + summary.unchanged + summary.cannot === 0 && !selectsAll(options.selection)) throw emptySelection(readings.length, unread);
  const exported = (await runtime.bamboo()).exported();
  const problem = versionProblem(server.version, planned.changes.some(needsTokenSupport));
  return {
    plan: sealPlan(planned),
    unread,
    suggestions: built.suggestions,
    ...(problem === undefined ? {} : { versionProblem: problem }),
    ...(exported.files === 0 ? {} : { exported }),
  };
}
