import type { RollbackGrade, Side } from './plan-file.ts';

/** From this day on Bitbucket Cloud refuses every app password: CHANGE-3222 [D]. */
export const APP_PASSWORDS_END = new Date('2026-07-28T00:00:00Z');

/** What going back to an earlier side would need. */
export interface WayBack {
  readonly before: Side;
  /** `previous` in the configuration names a secret for the earlier user name. */
  readonly previousHeld: boolean;
  /** What that secret is, where it has been looked at; else the kind of the earlier side counts. */
  readonly previousIsAppPassword?: boolean;
}

/** Grades the way back: `exact` works again, `configuration-only` is stored but refused by Bitbucket, `needs-secret` lacks the old secret. */
export function gradeRollback({ before, previousHeld, previousIsAppPassword }: WayBack, today: Date): RollbackGrade {
  if (before.token === undefined && !previousHeld) return 'needs-secret';
  const isAppPassword = before.token === undefined && (previousIsAppPassword ?? before.credential === 'app-password');
  return isAppPassword && today >= APP_PASSWORDS_END ? 'configuration-only' : 'exact';
}
