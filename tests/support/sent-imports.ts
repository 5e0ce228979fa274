import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from '@jest/globals';

/** Where the bodies go: `.ci/run` sets it, and has them judged by Atlassian's own library when all suites are through. */
const VARIABLE = 'IMPORT_BODIES';
/** What our client calls itself. */
const OURS = 'bamboo-rekey';

/** One import that a suite sent. */
export interface SentImport {
  /** `/repository`, `/sharedCredentials`, below `/import`. */
  readonly path: string;
  readonly body: string;
  /** The document that the same repository had been exported as before. */
  readonly exported?: string;
  /** `product`: our own code wrote the body. `other`: another client, or a test by hand. */
  readonly sender: 'product' | 'other';
  /** What it was answered with by a simulator; what a stand-in answers says nothing. */
  readonly status?: number;
  /** The file of the test. */
  readonly suite: string;
}

/** Keeps an import for the referee, where the variable names a folder; the same one is kept once. */
export function keepSentImport(sent: Omit<SentImport, 'suite'>): void {
  const folder = process.env[VARIABLE];
  if (folder === undefined || folder === '') return;
  const name = createHash('sha256')
    .update(JSON.stringify([sent.path, sent.body, sent.exported, sent.sender]))
    .digest('hex');
  const suite = relative(join(import.meta.dirname, '../..'), expect.getState().testPath ?? '').replaceAll('\\', '/');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...sent, suite }));
}

/** Keeps what our code sends to a stand-in for the wire. */
export function keepFromStandIn(request: { readonly method: string; readonly url: string; readonly body?: unknown }, exported?: string): void {
  const path = /\/rest\/api\/latest\/import(\/\w+)$/.exec(request.url)?.[1];
  if (request.method !== 'POST' || path === undefined) return;
  keepSentImport({ path, body: String(request.body), sender: 'product', ...(exported === undefined ? {} : { exported }) });
}

/** Who sent a request, by its User-Agent. */
export function senderOf(userAgent: string): SentImport['sender'] {
  return userAgent === OURS ? 'product' : 'other';
}

/** Everything that was kept. */
export function readSentImports(): SentImport[] {
  const folder = process.env[VARIABLE];
  if (folder === undefined || folder === '') throw new RangeError(`${VARIABLE} names no folder: run the suites with it first.`);
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SentImport);
}
