import type { HttpResponse } from '../../src/core/ports.ts';

/** An answer in short: what is left out is 200, without headers, empty. A body that is no text goes out as JSON. */
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** Writes it out in full. */
export function answered(url: string, { status = 200, headers = {}, body = '' }: Answered): HttpResponse {
  const json = typeof body !== 'string';
  const type: Record<string, string> = json ? { 'content-type': 'application/json' } : {};
  return { status, url, headers: { ...type, ...headers }, setCookies: [], body: Buffer.from(json ? JSON.stringify(body) : body) };
}
