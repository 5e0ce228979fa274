import express, { type Router } from 'express';
import { pageCaller } from '../auth/caller.ts';
import { logLines } from '../builds/build-log.ts';
import type { BambooContext } from '../context.ts';
import { turnAway } from './guard.ts';

/** A job's whole log as text [T]: a page, so for those whom pages know. */
export function buildLogPages(context: BambooContext): Router {
  const router = express.Router();
  router.get('/download/:job/build_logs/:file', (request, response) => {
    const caller = pageCaller(context, request);
    if (caller.kind !== 'user') return turnAway(context, caller, request, response);
    const [, planKey = '', number] = /^(.+)-JOB1-(\d+)\.log$/.exec(request.params.file) ?? [];
    const build = context.builds.of(planKey).find((each) => String(each.number) === number);
    const isHidden = context.model.plans.get(planKey)?.access === 'hidden';
    if (build === undefined || isHidden || request.params.job !== `${planKey}-JOB1`) return void response.status(404).type('html').send('<h1>Not found</h1>');
    const lines = logLines(build, context.builds.stageOf(build)).map((line) => `simple\t01-Jan-2026 00:00:00\t${line}\n`);
    response.set('Content-Type', 'text/plain;charset=UTF-8').send(lines.join(''));
  });
  return router;
}
