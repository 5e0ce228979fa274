import type { RunEvent } from '../core/events.ts';
import { eventLine, type Telling } from './event-line.ts';
import type { EventSink } from './event-sink.ts';
import type { Paint } from './paint.ts';
import { advance, type ProgressState, progressText, remaining } from './progress-state.ts';

/** A sign of life in a pipe when nothing else was told for so long. */
const SILENCE = 15_000;
/** Up to so many items each has its line; beyond, checkpoints and exceptions tell enough. */
const EACH_TOLD = 25;

/** Whether a run of this size has a line per item. */
export function tellingFor(total: number): Telling {
  return total <= EACH_TOLD ? 'each' : 'exceptions';
}

/** Progress as plain lines: for pipes, files and dumb terminals. */
export function createPlainProgress(write: (text: string) => void, now: () => number, paint: Paint): EventSink {
  let state: ProgressState | undefined;
  let telling: Telling = 'each';
  let spokenAt = now();
  const say = (line: string): void => {
    spokenAt = now();
    write(`${line}\n`);
  };
  const tell = (event: RunEvent): void => {
    state = advance(state, event, now());
    if (event.event === 'RUN_STARTED') telling = tellingFor(event.total);
    const line = eventLine(event, telling, paint);
    if (line !== undefined) return say(event.event === 'CHECKPOINT' && state !== undefined ? line + remaining(state, now()) : line);
    const silent = event.event === 'PROGRESS' && now() - spokenAt >= SILENCE;
    const begun = event.event === 'PHASE' && event.total !== 0;
    if (state !== undefined && (begun || silent)) say(progressText(state, now()));
  };
  return { tell, pause: () => undefined, close: () => undefined };
}
