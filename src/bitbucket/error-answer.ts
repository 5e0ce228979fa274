import { z } from 'zod';
import type { HttpResponse } from '../core/ports.ts';

/** What an answer that is no success says, whatever shape it has. */
export interface ErrorAnswer {
  readonly status: number;
  /** The message, on one line; empty when there is none. */
  readonly text: string;
  /** A page with tags: Bitbucket's API and git answer with JSON or plain text, whatever type they name. */
  readonly isWebPage: boolean;
  readonly requiredScopes: readonly string[];
  readonly grantedScopes?: readonly string[];
}

const Scopes = z.array(z.string()).optional().catch(undefined);
const Detail = z.object({ required: Scopes, granted: Scopes });

/** `error` is an object with a message [D], or a bare string for a token without Bitbucket scopes [M]. */
const JsonError = z.object({
  error: z.union([
    z.string().transform((message) => ({ message, detail: undefined })),
    z.object({ message: z.string().catch(''), detail: Detail.optional().catch(undefined) }),
  ]),
});

/** Reads an error as JSON or as text: 429 and git answer with plain text although JSON was asked for [M]. */
export function readErrorAnswer(response: HttpResponse): ErrorAnswer {
  const text = Buffer.from(response.body).toString('utf8');
  const parsed = JsonError.safeParse(parseJson(text)).data?.error;
  return {
    status: response.status,
    text: oneLine(parsed?.message ?? text),
    isWebPage: /^\s*<[!?a-z]/i.test(text),
    requiredScopes: parsed?.detail?.required ?? [],
    ...(parsed?.detail?.granted === undefined ? {} : { grantedScopes: parsed.detail.granted }),
  };
}

/** Parses JSON, or gives undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
