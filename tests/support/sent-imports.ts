import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
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
  /** The script of the process that took it: `jest` for the suites themselves, else what `hear-imports.mjs` was loaded into, `demo.mjs` say. */
  readonly program: string;
  /** The file of the test, where that is known. */
  readonly suite?: string;
}

/** Lines that this process has kept: random stories send the same import thousands of times. */
const kept = new Set<string>();

/** Keeps an import for the referee, where the variable names a folder. Each process has a file of its own, so workers do not meet. */
export function keepSentImport(sent: Omit<SentImport, 'program' | 'suite'>): void {
  const folder = process.env[VARIABLE];
  if (folder === undefined || folder === '') return;
  const suite = relative(join(import.meta.dirname, '../..'), expect.getState().testPath ?? '').replaceAll('\\', '/');
  const line = JSON.stringify({ ...sent, program: 'jest', suite } satisfies SentImport);
  if (kept.has(line)) return;
  kept.add(line);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.ndjson`), `${line}\n`);
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

/** Everything that was kept; of what one program took several times, one each. */
export function readSentImports(): SentImport[] {
  const folder = process.env[VARIABLE];
  if (folder === undefined || folder === '') throw new RangeError(`${VARIABLE} names no folder: run the suites with it first.`);
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
  const all = lines.map((line) => JSON.parse(line) as SentImport);
  return [...new Map(all.map((sent) => [JSON.stringify([sent.path, sent.body, sent.exported, sent.sender, sent.program]), sent])).values()];
}
