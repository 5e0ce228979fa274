import express, { type Express, type RequestHandler } from 'express';
import type { BambooContext } from './context.ts';
import { controlApi } from './control-api.ts';
import { accessProxy } from './doors/access-proxy.ts';
import { twoStepLogin } from './doors/two-step.ts';
import { meetFaults } from './faults/meet-faults.ts';
import { keepIncoming, readIncoming } from './incoming.ts';
import { delayed } from './latency.ts';
import { branchPages } from './pages/branch-pages.ts';
import { buildLogPages } from './pages/build-log-page.ts';
import { credentialPages } from './pages/credential-pages.ts';
import { deletionPages } from './pages/delete-repository.ts';
import { formPages } from './pages/form-pages.ts';
import { listPages } from './pages/list-pages.ts';
import { loginPages } from './pages/login.ts';
import { webSudoPages } from './pages/web-sudo.ts';
import { limitRate } from './rate-limit.ts';
import { restApi } from './rest/rest-api.ts';
import { subjectOf } from './subject.ts';

/** One Bamboo as an application: REST and pages under its context path, and beside them the switches of the simulator. */
export function bambooApp(context: BambooContext): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use('/simulator', controlApi(context));
  app.use(receive(context), accessProxy(context), delayed(context.switches), limitRate(context), meetFaults(context));
  const bamboo = express.Router();
  bamboo.use(['/rest/api/latest', '/rest/api/1.0'], restApi(context));
  bamboo.use(['/rest/tsv/latest', '/rest/tsv/1.0'], twoStepLogin(context));
  bamboo.use(
    loginPages(context),
    webSudoPages(context),
    listPages(context),
    formPages(context),
    deletionPages(context),
    branchPages(context),
    credentialPages(context),
    buildLogPages(context),
  );
  app.use(context.contextPath === '' ? '/' : context.contextPath, bamboo);
  app.use((_request, response) => {
    response.status(404).type('html').send('<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>');
  });
  return app;
}

/** Reads the body and notes the request before anything can go wrong with it. */
function receive(context: BambooContext): RequestHandler {
  return async (request, response, next) => {
    keepIncoming(response, await readIncoming(request));
    context.log.note('bamboo', request, subjectOf(context, request, response), response);
    next();
  };
}
