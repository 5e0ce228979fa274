import ora from 'ora';
import type { RunEvent } from '../core/events.ts';
import { eventLine, type Telling } from './event-line.ts';
import type { EventSink } from './event-sink.ts';
import type { Paint } from './paint.ts';
import { tellingFor } from './plain-progress.ts';
import { advance, type ProgressState, progressText } from './progress-state.ts';

/** Progress on a terminal: one moving line with counts and remaining time, above it what stays to be read. */
export function createLiveProgress(
  terminal: { readonly stream: NodeJS.WritableStream; readonly colors: boolean },
  write: (text: string) => void,
  now: () => number,
  paint: Paint,
): EventSink {
  // Left to itself ora takes over stdin, and with it Ctrl-C.
  const spinner = ora({ stream: terminal.stream, discardStdin: false, isEnabled: true, color: terminal.colors ? 'cyan' : false });
  let state: ProgressState | undefined;
  let telling: Telling = 'each';
  const tell = (event: RunEvent): void => {
    state = advance(state, event, now());
    if (event.event === 'RUN_STARTED') telling = tellingFor(event.total);
    // The moving line counts already.
    const line = event.event === 'CHECKPOINT' ? undefined : eventLine(event, telling, paint);
    if (line !== undefined) {
      spinner.stop();
      write(`${line}\n`);
    }
    if (event.event === 'RUN_FINISHED' || event.event === 'ERROR') spinner.stop();
    else if (state !== undefined) spinner.start(progressText(state, now()));
  };
  const stop = (): void => {
    spinner.stop();
  };
  return { tell, pause: stop, close: stop };
}
