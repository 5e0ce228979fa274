import express, { type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { SimulatorError } from '../simulator-error.ts';
import type { BambooContext } from './context.ts';
import { dumpCredentials } from './credentials/credential-dump.ts';
import { CredentialEdit, editCredential } from './credentials/edit-credential.ts';
import { dumpRepositories } from './dump.ts';
import { editRepository } from './edit.ts';
import { FaultRequest } from './faults/faults.ts';
import { dumpPlans, editPlan, PlanEdit } from './plan-controls.ts';
import { SwitchesPatch } from './switches.ts';

const Edit = z.strictObject({ setting: z.string(), value: z.string() });

/** The simulator's own switches over HTTP, for tests that run it in another process. */
export function controlApi(context: BambooContext): Router {
  const router = express.Router();
  router.use(express.json(), placesApi(context));
  router.get('/repositories', (_request, response) => void response.json(dumpRepositories(context.model)));
  router.patch(
    '/repositories/:id',
    checked(Edit, (edit, request) => editRepository(context.model, context.definitions, String(request.params.id), edit.setting, edit.value)),
  );
  router.get('/requests', (_request, response) => void response.json(context.log.entries()));
  router.delete(
    '/requests',
    done(() => context.log.clear()),
  );
  router.get('/faults', (_request, response) => void response.json(context.faults.waiting()));
  router.post(
    '/faults',
    checked(FaultRequest, (fault) => context.faults.add(fault)),
  );
  router.delete(
    '/faults',
    done(() => context.faults.clear()),
  );
  router.get('/switches', (_request, response) => void response.json(context.switches));
  router.patch(
    '/switches',
    checked(SwitchesPatch, (patch) => Object.assign(context.switches, patch)),
  );
  router.delete(
    '/sessions',
    done(() => context.sessions.endAll()),
  );
  router.delete(
    '/failed-logins',
    done(() => context.accounts.unlock()),
  );
  return router;
}

/** What the server holds beside its repositories, and the Cookie header of a logged-in browser. */
function placesApi(context: BambooContext): Router {
  const router = express.Router();
  router.get('/shared-credentials', (_request, response) => void response.json(dumpCredentials(context.model, context.traits)));
  router.patch(
    '/shared-credentials/:id',
    checked(CredentialEdit, (edit, request) => editCredential(context.model, context.traits, String(request.params.id), edit)),
  );
  router.get('/plans', (_request, response) => void response.json(dumpPlans(context.model)));
  router.patch(
    '/plans/:key',
    checked(PlanEdit, (edit, request) => editPlan(context.model, String(request.params.key), edit)),
  );
  router.post('/sessions', (_request, response) => {
    const session = context.sessions.start(context.accounts.administrator);
    response.json({ cookie: context.sessions.cookieHeader(session) });
  });
  return router;
}

function done(action: () => void): RequestHandler {
  return (_request, response) => {
    action();
    response.status(204).end();
  };
}

function checked<T>(schema: z.ZodType<T>, action: (body: T, request: Parameters<RequestHandler>[0]) => void): RequestHandler {
  return (request, response) => {
    const parsed = schema.safeParse(request.body);
    if (!parsed.success) return void response.status(400).json({ error: z.prettifyError(parsed.error) });
    try {
      action(parsed.data, request);
      response.status(204).end();
    } catch (problem) {
      if (!(problem instanceof SimulatorError)) throw problem;
      response.status(404).json({ error: problem.message });
    }
  };
}
