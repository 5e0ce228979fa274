import { assertNever } from './assert-never.ts';
import type { VersionVerdict } from './version-gate.ts';

/** What the user has. */
export interface Holdings {
  /** A read-only personal access token may ask, but not test connections. */
  readonly pat: 'none' | 'read-only' | 'full' | 'unknown';
  /** User name and password for the web pages. */
  readonly login: boolean;
  readonly session: boolean;
  readonly home: boolean;
  readonly database: boolean;
}

/** What works at one level with what the user has. */
export interface AccessRow {
  readonly level: string;
  readonly read: string;
  readonly write: string;
  readonly proof: string;
  readonly undo: string;
}

const LATER = 'not by this version yet';

/** What can be read over REST alone, level by level: type and user name stand only in the edit form [P]. */
const READ_BY_REST = {
  linked: 'names and usage; type and user name stand in the edit form',
  project: 'names and types; the user name stands in the edit form',
  plan: 'names of plans; their repositories stand on web pages',
} as const;

/** The access table for one user: one row per level. */
export function accessRows(have: Holdings, verdict: VersionVerdict): AccessRow[] {
  const levels = ['linked', 'project', 'plan'] as const;
  const taken = levels.map((level) => ({ level, read: readCell(have, level), write: writeCell(have, verdict), proof: proofCell(have), undo: undoCell(have) }));
  const later = ['branch', 'shared credential'].map((level) => ({ level, read: LATER, write: LATER, proof: LATER, undo: LATER }));
  return [...taken, ...later];
}

/** What one more thing would open, and what is configured without being of use. */
export function whatMoreOpens(have: Holdings): string[] {
  const lines: string[] = [];
  if (!have.login) lines.push('bamboo.login with a user name and password opens the edit forms: type and user name, writing, proof and undo on every level');
  if (have.pat === 'none')
    lines.push(
      have.login
        ? 'bamboo.rest.token, a personal access token, keeps the password out of REST calls'
        : 'bamboo.rest.token, a personal access token, opens the lists of names',
    );
  if (have.pat === 'read-only') lines.push("a personal access token made with its owner's permissions opens Bamboo's connection test");
  if (have.session) lines.push(`bamboo.login.session is used ${LATER}`);
  if (have.home) lines.push(`bamboo.home is used ${LATER}`);
  if (have.database) lines.push(`bamboo.database is used ${LATER}`);
  return lines;
}

function readCell(have: Holdings, level: keyof typeof READ_BY_REST): string {
  if (have.login) return 'everything but passwords';
  return have.pat === 'none' ? 'no: needs a token or a login' : READ_BY_REST[level];
}

function writeCell(have: Holdings, verdict: VersionVerdict): string {
  switch (verdict.kind) {
    case 'supported':
      return have.login ? 'by the edit form' : 'no: needs a login';
    case 'unsupported':
      return `no: Bamboo takes API tokens from ${verdict.nearestFix} on`;
    case 'unreadable':
      return "no: Bamboo's version could not be read";
    default:
      return assertNever(verdict);
  }
}

function proofCell(have: Holdings): string {
  if (!have.login) return 'no: needs a login';
  return have.pat === 'read-only' ? 'the form read again; no connection test with a read-only token' : "the form read again, and Bamboo's connection test";
}

function undoCell(have: Holdings): string {
  return have.login ? 'rollback, with the old secret under previous' : 'no: needs a login';
}
