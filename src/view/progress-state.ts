import type { RunEvent } from '../core/events.ts';
import { duration, figure } from './phrases.ts';

/** Where the present phase stands. */
export interface ProgressState {
  readonly phase: string;
  readonly startedAt: number;
  readonly done: number;
  readonly total?: number;
}

const WORDS: Readonly<Record<string, string>> = {
  reading: 'Reading the server',
  logs: 'Reading logs',
  preflight: 'Checking before the first write',
  canary: 'Changing the canary',
  writing: 'Writing',
  verifying: 'Verifying',
  restoring: 'Restoring',
};

/** Before the first rate is known, no remaining time is told. */
const FIRST_RATE_AFTER = 2000;

/** The state after an event. Its `done` counts from where a phase was when it began, so that resumed work does not look fast. */
export function advance(state: ProgressState | undefined, event: RunEvent, now: number): ProgressState | undefined {
  if (event.event === 'PHASE') return { phase: event.phase, startedAt: now, done: 0, ...(event.total === undefined ? {} : { total: event.total }) };
  if (event.event !== 'PROGRESS') return state;
  const total = event.total ?? state?.total;
  return { phase: state?.phase ?? event.phase, startedAt: state?.startedAt ?? now, done: event.done, ...(total === undefined ? {} : { total }) };
}

/** The state in words: what goes on, how far it is, and how long it will still take. */
export function progressText(state: ProgressState, now: number): string {
  const words = WORDS[state.phase] ?? state.phase;
  if (state.total === undefined) return state.done === 0 ? words : `${words}: ${figure(state.done)}`;
  return `${words}: ${figure(state.done)} of ${figure(state.total)}${remaining(state, now)}`;
}

/** ", about 4 min left", or nothing while that can't be told. */
export function remaining({ done, total, startedAt }: ProgressState, now: number): string {
  const elapsed = now - startedAt;
  if (total === undefined || done === 0 || done >= total || elapsed < FIRST_RATE_AFTER) return '';
  return `, about ${duration((elapsed / done) * (total - done))} left`;
}
