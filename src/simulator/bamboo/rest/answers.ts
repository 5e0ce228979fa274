import type { Request, Response } from 'express';
import { LosslessNumber, stringify } from 'lossless-json';
import type { BambooContext } from '../context.ts';

/** An id as this server writes it: a number with all its digits, or text. */
export function idIn(context: BambooContext, id: string): LosslessNumber | string {
  return context.traits.ids === 'number' ? new LosslessNumber(id) : id;
}

/** JSON text; ids above 2^53 keep every digit. */
export function jsonText(body: unknown): string {
  return stringify(body) ?? 'null';
}

/** Sends JSON. */
export function sendJson(response: Response, body: unknown, status = 200): void {
  response.status(status).set('Content-Type', 'application/json;charset=UTF-8').send(jsonText(body));
}

/** Sends an error as `{message, status-code}`, or as XML where the server is switched to that [T]. */
export function sendRestError(context: BambooContext, response: Response, status: number, message: string): void {
  if (context.switches.errors === 'xml') {
    const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>${status}</status-code><message>${message}</message></status>`;
    response.status(status).set('Content-Type', 'application/xml;charset=UTF-8').send(xml);
    return;
  }
  sendJson(response, { message, 'status-code': context.traits.statusCode === 'number' ? status : String(status) }, status);
}

/** A number in the query, within limits. */
export function numberIn(request: Request, name: string, fallback: number): number {
  const raw = request.query[name];
  const value = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : fallback;
  return value;
}
