import type { Request, Response } from 'express';
import { parse } from 'lossless-json';
import { PostedForm, readPostedForm, readText } from './forms/posted-form.ts';
import { readSpecDocument, type SpecDocument } from './specs/spec-document.ts';

/** A request's body, read once before anything else looks at the request. */
export type Incoming =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly form: PostedForm; readonly isMultipart: boolean }
  | { readonly kind: 'json'; readonly fields: PostedForm }
  | { readonly kind: 'yaml'; readonly text: string; readonly document: SpecDocument }
  | { readonly kind: 'unreadable' };

/** Reads the body by its content type. */
export async function readIncoming(request: Request): Promise<Incoming> {
  if (request.method === 'GET' || request.method === 'HEAD') return { kind: 'none' };
  const type = request.headers['content-type'] ?? '';
  if (/^application\/json/i.test(type)) return readJson(await readText(request));
  if (/^application\/x-yaml/i.test(type)) return readYaml(await readText(request));
  const form = await readPostedForm(request).catch(() => null);
  if (form === null) return { kind: 'unreadable' };
  return { kind: 'form', form, isMultipart: /^multipart\//i.test(type) };
}

function readYaml(text: string): Incoming {
  return { kind: 'yaml', text, document: readSpecDocument(text) };
}

/** JSON of form field names; numbers stay text, so that ids above 2^53 keep every digit. */
function readJson(raw: string): Incoming {
  try {
    const body = parse(raw, null, String);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return { kind: 'unreadable' };
    const entries = Object.entries(body).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one ?? '')]));
    return { kind: 'json', fields: new PostedForm(entries) };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** Keeps what was read with the answer under way. */
export function keepIncoming(response: Response, incoming: Incoming): void {
  response.locals.incoming = incoming;
}

/** What was read of this request. */
export function incomingOf(response: Response): Incoming {
  return response.locals.incoming as Incoming;
}

/** The value of a parameter, from the body or else from the address. */
export function parameter(request: Request, response: Response, name: string): string {
  const incoming = incomingOf(response);
  if (incoming.kind === 'form' && incoming.form.has(name)) return incoming.form.text(name);
  if (incoming.kind === 'json' && incoming.fields.has(name)) return incoming.fields.text(name);
  const value = request.query[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The repository that a request is about, if it says so. */
export function repositoryIdOf(request: Request, response: Response): string | null {
  const named = parameter(request, response, 'repositoryId');
  return named !== '' ? named : (/\/repository\/(?:id\/)?(\d+)(?:\/|$)/.exec(request.path)?.[1] ?? null);
}
