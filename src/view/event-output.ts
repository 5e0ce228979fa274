import type { RunEvent } from '../core/events.ts';
import { eventJson } from './event-json.ts';
import { errorText } from './event-line.ts';
import type { EventSink } from './event-sink.ts';
import { createPaint } from './paint.ts';
import { createPlainProgress } from './plain-progress.ts';

/** Where events go, and in which form. */
export interface EventOutputOptions {
  readonly tool: { readonly name: string; readonly version: string };
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether progress may move on the terminal. */
  readonly moving: boolean;
  readonly colors: boolean;
  /** Events whose content the result tells again: not told twice to people. */
  readonly repeats: readonly RunEvent['event'][];
  readonly stderr: NodeJS.WritableStream;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  readonly now: () => number;
}

/** One sink for everything a command tells: people on stderr, programs on stdout. */
export async function openEventOutput(options: EventOutputOptions): Promise<EventSink> {
  const people = options.json || options.quiet ? errorsOnly(options) : await progress(options);
  const program = options.json ? jsonLines(options) : undefined;
  return {
    tell: (event) => {
      program?.(event);
      if (!options.repeats.includes(event.event)) people.tell(event);
    },
    pause: people.pause,
    close: people.close,
  };
}

/** The first line says who speaks, whatever is told first. */
function jsonLines({ tool, writeOut }: EventOutputOptions): (event: RunEvent) => void {
  let begun = false;
  return (event) => {
    if (!begun) writeOut(eventJson({ event: 'TOOL', tool: tool.name, version: tool.version, format: 1 }));
    begun = true;
    writeOut(eventJson(event));
  };
}

function errorsOnly({ colors, writeError }: EventOutputOptions): EventSink {
  const paint = createPaint({ colors });
  const tell = (event: RunEvent): void => {
    if (event.event === 'ERROR') writeError(`${errorText(event, paint)}\n`);
  };
  return { tell, pause: () => undefined, close: () => undefined };
}

async function progress({ moving, colors, stderr, writeError, now }: EventOutputOptions): Promise<EventSink> {
  const paint = createPaint({ colors });
  if (!moving) return createPlainProgress(writeError, now, paint);
  const { createLiveProgress } = await import('./live-progress.ts');
  return createLiveProgress({ stream: stderr, colors }, writeError, now, paint);
}
