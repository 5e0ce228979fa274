import type { Response } from 'express';

/** Looks at an answer just before it leaves: gives another body for it, or `null` where nothing shall leave at all. */
export function beforeTheEnd(response: Response, change: (body: string) => string | null): void {
  const end = response.end.bind(response) as (body: string) => Response;
  response.end = ((body?: unknown): Response => {
    const changed = change(typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '');
    if (changed === null) return response;
    response.removeHeader('Content-Length');
    return end(changed);
  }) as Response['end'];
}
