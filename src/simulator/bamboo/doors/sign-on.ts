import express, { type Express } from 'express';

/** A request that reached the sign-on server: which of the headers that may carry a secret it brought, never their values. */
export interface StrayRequest {
  readonly method: string;
  readonly path: string;
  readonly carried: readonly string[];
}

const ORDINARY = new Set(['host', 'connection', 'accept', 'accept-encoding', 'accept-language', 'user-agent', 'upgrade-insecure-requests', 'sec-fetch-mode']);

/** The login page of another origin, where single sign-on and an access proxy send people; nobody but a person gets on from here. */
export function signOnApp(strays: StrayRequest[]): Express {
  const app = express().disable('x-powered-by');
  app.use((request, response) => {
    const carried = Object.keys(request.headers).filter((name) => !ORDINARY.has(name));
    strays.push({ method: request.method, path: request.path, carried });
    response.set('Content-Type', 'text/html;charset=UTF-8').send(PAGE);
  });
  return app;
}

const PAGE =
  '<!DOCTYPE html><html><head><title>Acme sign-on</title></head><body><h1>Acme sign-on</h1><form method="post" action="/login"><input name="identifier"/><input type="password" name="password"/><button>Next</button></form></body></html>';
