import express, { type Request, type Response, type Router } from 'express';
import { logLines } from '../builds/build-log.ts';
import type { Build } from '../builds/builds.ts';
import { buildableAt } from '../builds/checkouts.ts';
import { type BambooContext, baseUrl } from '../context.ts';
import { escapeHtml } from '../forms/markup.ts';
import { sendJson, sendRestError } from './answers.ts';
import { oldPage } from './paging.ts';

const JOB = '-JOB1';

/** Results of builds and of their one job, whose log may be asked for with them [P/T]. */
export function resultResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/:key{/:number}', (request, response) => {
    const { key, number } = partsOf(request.params.key, request.params.number);
    const planKey = key.endsWith(JOB) ? key.slice(0, -JOB.length) : key;
    const target = buildableAt(context, planKey);
    if (target === null || target.plan.access === 'hidden') return sendRestError(context, response, 404, `Plan ${key} not found.`);
    if (number === null) return sendAll(context, request, response, planKey);
    const all = context.builds.of(planKey);
    const build = number === 'latest' ? all.at(-1) : all.find((each) => String(each.number) === number);
    if (build === undefined) return sendRestError(context, response, 404, `There is no build ${number} of ${planKey}.`);
    if (key.endsWith(JOB)) return sendJson(response, jobResult(context, request, build));
    build.polls += 1;
    sendJson(response, planResult(context, request, build));
  });
  return router;
}

function partsOf(key: string, number: string | undefined): { key: string; number: string | null } {
  // Clients may name the format in the path: `latest.json`.
  if (number !== undefined) return { key, number: number.replace(/\.json$/, '') };
  const match = /^(.+)-(\d+|latest)$/.exec(key);
  return match === null ? { key, number: null } : { key: match[1] ?? '', number: match[2] ?? '' };
}

function sendAll(context: BambooContext, request: Request, response: Response, key: string): void {
  const { rows, head } = oldPage(context, request, context.builds.of(key).reverse());
  sendJson(response, { results: { ...head, result: rows.map((build) => common(context, build, build.key)) }, expand: 'results' });
}

function common(context: BambooContext, build: Build, key: string): object {
  const lifeCycleState = context.builds.lifeCycleOf(build);
  const isFinished = lifeCycleState === 'Finished';
  const state = isFinished ? (build.end === 'success' ? 'Successful' : 'Failed') : 'Unknown';
  const resultKey = `${key}-${build.number}`;
  return {
    link: { href: `${baseUrl(context)}/rest/api/latest/result/${resultKey}`, rel: 'self' },
    plan: { key, shortKey: key.split('-').at(-1), enabled: true },
    key: resultKey,
    buildResultKey: resultKey,
    buildNumber: build.number,
    number: build.number,
    lifeCycleState,
    state,
    buildState: state,
    finished: isFinished,
    successful: state === 'Successful',
  };
}

/** Stages and jobs come only as deep as `expand` names them. */
function planResult(context: BambooContext, request: Request, build: Build): object {
  const depth = depthOf(request, 'stages');
  const one = { size: 1, 'start-index': 0, 'max-result': 1 };
  const jobs = depth >= 4 ? { ...one, result: [common(context, build, build.key + JOB)] } : one;
  const stage = { name: 'Default Stage', lifeCycleState: context.builds.lifeCycleOf(build), ...(depth >= 2 ? { results: jobs } : {}) };
  return { ...common(context, build, build.key), stages: depth >= 2 ? { ...one, stage: [stage] } : one };
}

/** How many words of an expand path that begins with this one were named. */
function depthOf(request: Request, first: string): number {
  const expand = typeof request.query.expand === 'string' ? request.query.expand : '';
  const paths = expand.split(',').map((path) => path.trim().split('.'));
  return Math.max(0, ...paths.filter(([word]) => word === first).map((path) => path.length));
}

function jobResult(context: BambooContext, request: Request, build: Build): object {
  const result = common(context, build, build.key + JOB);
  const lines = logLines(build, context.builds.stageOf(build));
  if (depthOf(request, 'logEntries') === 0) return { ...result, logEntries: { size: lines.length, 'start-index': 0, 'max-result': lines.length } };
  const { rows, head } = oldPage(context, request, lines);
  const logEntry = rows.map((line) => ({ log: escapeHtml(line), unstyledLog: line, date: 1767225600000, formattedDate: '01-Jan-2026 00:00:00' }));
  return { ...result, logEntries: { ...head, logEntry } };
}
