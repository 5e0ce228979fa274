import type { RunEvent } from '../core/events.ts';

/** The pino level at which an event is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** An event as a log record: its level, its fields, and its word as the message. */
export interface LogRecord {
  readonly level: LogLevel;
  readonly fields: Omit<RunEvent, 'event'>;
  readonly message: RunEvent['event'];
}

/** Turns an event into a record for the log. */
export function logRecord({ event: message, ...fields }: RunEvent): LogRecord {
  return { level: levelOf({ event: message, ...fields } as RunEvent), fields, message };
}

function levelOf(event: RunEvent): LogLevel {
  switch (event.event) {
    case 'ERROR':
      return 'error';
    case 'WARNING':
    case 'UNREAD':
    case 'KNOWN_FAILURE':
    case 'INTERRUPTED':
      return 'warn';
    case 'CHECK':
      return event.status === 'ok' ? 'info' : 'warn';
    case 'ITEM':
      return event.outcome === 'changed' || event.outcome === 'unchanged' ? 'info' : 'warn';
    case 'PROGRESS':
      return 'debug';
    default:
      return 'info';
  }
}
