import type { RunEvent } from '../core/events.ts';

/** One listener to everything a run tells. */
export interface EventSink {
  tell(event: RunEvent): void;
  /** Leaves the terminal to a question until the next event. */
  pause(): void;
  close(): void;
}
