import { z } from 'zod';
import type { BuildState } from '../../core/build-progress.ts';
import { endsEverything, toRekeyError } from '../../core/errors.ts';
import type { PlanLookup, PlanName, QueueAnswer } from '../../core/ports.ts';
import { Id } from './json.ts';
import type { Rest } from './rest.ts';
import { judgeRest } from './rest-problem.ts';

const Key = z.object({ key: z.string() }).transform(({ key }) => key);
const Plan = z.object({
  key: z.string(),
  name: z.string().nullish().catch(undefined),
  shortName: z.string().nullish().catch(undefined),
  enabled: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
    .optional()
    .catch(undefined),
  master: Key.optional().catch(undefined),
});

/** `GET /plan/{key}` [T]: one plan, or a branch with its `master`. @throws RekeyError where the server can't be asked */
export async function readPlan(rest: Rest, key: string, signal?: AbortSignal): Promise<PlanLookup> {
  try {
    const plan = await rest.get(Plan, `/plan/${encodeURIComponent(key)}`, {}, signal);
    if (plan.key !== key) return { kind: 'missing' };
    const name: PlanName = { key, project: key.slice(0, key.indexOf('-')), name: (plan.shortName ?? plan.name ?? key).trim() };
    return {
      kind: 'found',
      plan: name,
      ...(plan.enabled === undefined ? {} : { enabled: plan.enabled }),
      ...(plan.master === undefined ? {} : { master: plan.master }),
    };
  } catch (thrown) {
    const { code, message } = toRekeyError(thrown);
    if (code === 'PERMISSION_MISSING') return { kind: 'forbidden', why: message };
    if (code === 'PAGE_MISSING') return { kind: 'missing' };
    throw thrown;
  }
}

const Queued = z.object({ buildResultKey: z.string().optional().catch(undefined), buildNumber: Id });

/** `POST /queue/{planKey}` [P/T]: never sent twice, because an unanswered one may have been taken. @throws RekeyError with exit 7 */
export async function queueBuild(rest: Rest, key: string): Promise<QueueAnswer> {
  try {
    const response = await rest.post(`/queue/${encodeURIComponent(key)}`, { query: { executeAllStages: 'true' } });
    const answer = judgeRest(`POST /queue/${key}`, response);
    if (answer.kind === 'problem') return { kind: answer.status >= 400 && answer.status < 500 ? 'refused' : 'unanswered', why: answer.error.message };
    const { data } = Queued.safeParse(answer.value);
    if (data === undefined) return { kind: 'unanswered', why: 'Bamboo did not say which build it queued.' };
    return { kind: 'queued', result: data.buildResultKey ?? `${key}-${data.buildNumber}` };
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'unanswered', why: toRekeyError(thrown).message };
  }
}

const LIFE_CYCLES = ['Pending', 'Queued', 'InProgress', 'Finished', 'NotBuilt'] as const;
const Job = z.object({ buildResultKey: z.string().optional().catch(undefined), key: z.string().optional().catch(undefined) });
const Stage = z.object({
  results: z
    .object({ result: z.array(Job).catch([]) })
    .optional()
    .catch(undefined),
});
const Result = z.object({
  lifeCycleState: z.enum(LIFE_CYCLES).or(z.literal('unknown')).catch('unknown'),
  state: z.enum(['Successful', 'Failed']).or(z.literal('Unknown')).optional().catch(undefined),
  buildState: z.enum(['Successful', 'Failed']).or(z.literal('Unknown')).optional().catch(undefined),
  stages: z
    .object({ stage: z.array(Stage).catch([]) })
    .optional()
    .catch(undefined),
});

const NOT_THERE_YET: BuildState = { lifeCycle: 'Pending', state: 'Unknown', jobs: [] };

/** `GET /result/{planKey}-{number}` with its jobs [P/T]. A build that has only been queued may have no result yet. */
export async function readBuild(rest: Rest, result: string, signal?: AbortSignal): Promise<BuildState> {
  try {
    const body = await rest.get(Result, `/result/${encodeURIComponent(result)}`, { expand: 'stages.stage.results.result' }, signal);
    const jobs = (body.stages?.stage ?? []).flatMap((stage) => stage.results?.result ?? []).flatMap((job) => job.buildResultKey ?? job.key ?? []);
    return { lifeCycle: body.lifeCycleState, state: body.state ?? body.buildState ?? 'Unknown', jobs: [...new Set(jobs)] };
  } catch (thrown) {
    if (toRekeyError(thrown).code === 'PAGE_MISSING') return NOT_THERE_YET;
    throw thrown;
  }
}

/** More lines than stand before the end of a checkout in any log. */
const MOST_LINES = '100000';
const LogLine = z.object({ unstyledLog: z.string().nullish().catch(undefined), log: z.string().nullish().catch(undefined) });
const Log = z.object({
  logEntries: z
    .object({ logEntry: z.array(LogLine).catch([]) })
    .optional()
    .catch(undefined),
});

/** `log` is meant for a page; the quotes around a task's name may be written as entities in it. */
function withoutMarkup(text: string): string {
  const plain = text.replace(/<[^>]*>/g, '');
  return plain
    .replace(/&(?:#0?39|apos|#x27);/gi, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** `GET /result/{jobKey}-{number}?expand=logEntries` [T]: the lines of one job's log so far. */
export async function readJobLog(rest: Rest, job: string, signal?: AbortSignal): Promise<readonly string[]> {
  try {
    const body = await rest.get(Log, `/result/${encodeURIComponent(job)}`, { expand: 'logEntries', 'max-results': MOST_LINES }, signal);
    return (body.logEntries?.logEntry ?? []).map(({ unstyledLog, log }) => unstyledLog ?? withoutMarkup(log ?? ''));
  } catch (thrown) {
    // A job that has not begun has no log.
    if (toRekeyError(thrown).code === 'PAGE_MISSING') return [];
    throw thrown;
  }
}
