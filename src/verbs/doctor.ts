import { RekeyError } from '../core/errors.ts';
import type { Runtime } from '../core/ports.ts';

export interface Check {
  /** Stable word: version, state, rest, login, forms, access-token, token:NAME, workspace:NAME, calendar, … */
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'unknown';
  readonly detail: string;
  readonly remedy?: string;
}

/** What works at one level with what the user has. */
export interface AccessRow {
  readonly level: string;
  readonly read: string;
  readonly write: string;
  readonly proof: string;
  readonly undo: string;
}

export interface DoctorReport {
  readonly checks: readonly Check[];
  /** What the user has, in words: "PAT + login". */
  readonly have: string;
  readonly access: readonly AccessRow[];
  /** What one more thing would open. */
  readonly more: readonly string[];
  readonly next: string;
  /** 0, or the exit code of the worst failed check. */
  readonly exit: number;
}

/** Preflight: server, doors, rights and tokens; changes nothing. */
export async function doctor(_runtime: Runtime): Promise<DoctorReport> {
  throw new RekeyError('INTERNAL', 'being written');
}
