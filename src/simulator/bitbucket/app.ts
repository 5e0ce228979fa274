import express from 'express';
import type { BitbucketWorld } from './model.ts';

/** Bitbucket Cloud as one application: REST under `/2.0`, git under `/{workspace}/{slug}.git`. */
export function bitbucketApp(world: BitbucketWorld): express.Express {
  const app = express();
  app.set('world', world);
  return app;
}
