import express, { type Request, type Response, type Router } from 'express';
import type { BambooContext } from '../context.ts';
import { isAtLeast, majorOf } from '../version.ts';
import { sendJson, sendRestError } from './answers.ts';
import { userOf } from './guard.ts';

/** `GET /status`: for everybody. */
export function statusResource(context: BambooContext): Router {
  const router = express.Router();
  router.get('/status', (_request, response) => sendJson(response, { status: context.switches.state }));
  return router;
}

/** What the server tells about itself and about the caller's tokens. */
export function serverResources(context: BambooContext): Router {
  const router = express.Router();
  router.get('/info', (_request, response) => sendJson(response, infoOf(context)));
  router.get('/server', (_request, response) => sendJson(response, serverOf(context)));
  router.get('/access-token', (_request, response) => {
    const own = context.accounts.tokens.filter((token) => token.user === userOf(response));
    sendJson(
      response,
      own.map(({ tokenId, name, permissions, daysUntilExpiry }) => {
        const expiry = daysUntilExpiry === null ? {} : { daysUntilExpiry };
        return { tokenId, name, permissions, creationDate: 1767225600000, ...expiry };
      }),
    );
  });
  router.get('/websudo-session', (request, response) => sendWebSudoState(context, request, response));
  return router;
}

/** Whether the caller's session is a secure administrator session [D]; there since 10.0, its body is a free choice. */
function sendWebSudoState(context: BambooContext, request: Request, response: Response): void {
  if (!isAtLeast(context.version, 10, 0)) return sendRestError(context, response, 404, 'null for uri');
  const session = context.sessions.of(request);
  const left = session === null ? 0 : context.sessions.elevationLeft(session);
  sendJson(response, { enabled: context.switches.webSudo, active: left > 0, expiresInSeconds: Math.floor(left / 1000) });
}

function infoOf(context: BambooContext): object {
  return { version: context.version, edition: '', buildDate: '2025-11-20T10:00:00.000Z', buildNumber: '90616', state: context.switches.state };
}

/** Older servers name one state, newer ones that of the node and that of the cluster [P]. */
function serverOf(context: BambooContext): object {
  const { state } = context.switches;
  return majorOf(context.version) >= 10 ? { askedNodeState: state, clusterState: state, reindexInProgress: false } : { state, reindexInProgress: false };
}
