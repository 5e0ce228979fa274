import express from 'express';
import { faultGate } from './faults.ts';
import { serveGit } from './git/serve-git.ts';
import type { BitbucketWorld } from './model.ts';
import { requestLog } from './request-log.ts';
import { restRouter } from './rest/router.ts';

/** Bitbucket Cloud as one application: REST under `/2.0`, git under `/{workspace}/{slug}.git`. */
export function bitbucketApp(world: BitbucketWorld): express.Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use('/2.0', requestLog(world, 'rest'), faultGate(world, 'rest'), restRouter(world));
  app.all('/:workspace/:repository/*rest', requestLog(world, 'git'), faultGate(world, 'git'), serveGit(world));
  return app;
}
