/** One preflight check and what it found. */
export interface Check {
  /** Stable word: version, state, login, forms, access-token, token:NAME, workspace:NAME, calendar, … */
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'unknown';
  readonly detail: string;
  readonly remedy?: string;
}
