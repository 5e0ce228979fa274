import type { RequestHandler } from 'express';
import type { BambooContext } from '../context.ts';

/** An access proxy in front of everything: without its headers nobody sees Bamboo, but a login page of the proxy's own. */
export function accessProxy(context: BambooContext): RequestHandler {
  return (request, response, next) => {
    const kind = context.switches.accessProxy;
    const isKnown = Object.entries(context.accessHeaders).every(([name, value]) => request.headers[name.toLowerCase()] === value);
    if (kind === 'off' || isKnown) return next();
    const login = `${context.signOnOrigin}/access/login?returnTo=${encodeURIComponent(request.originalUrl)}`;
    if (kind === 'redirect') return response.redirect(302, login);
    response.status(200).set('Content-Type', 'text/html;charset=UTF-8').send(loginPage(login));
  };
}

function loginPage(action: string): string {
  const form = `<form method="post" action="${action.replaceAll('&', '&amp;')}"><input type="email" name="email"/><input type="password" name="password"/><button>Continue</button></form>`;
  return `<!DOCTYPE html><html><head><title>Sign in - Acme Access</title></head><body><h1>Sign in to continue</h1>${form}</body></html>`;
}
