import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import type { RunEvent } from '../core/events.ts';
import { logRecord } from './event-log.ts';

/** The log of one process. */
export interface Log {
  event(event: RunEvent): void;
  /** One HTTP exchange or other detail, at debug level. */
  debug(message: string, fields: object): void;
}

/** Opens a log that writes through `write`, which takes secrets out. */
export function openLog(level: string, tool: string, write: (text: string) => void): Log {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      write(String(chunk));
      done();
    },
  });
  const logger: Logger = pino({ level, base: { tool }, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    event: (event) => {
      const record = logRecord(event);
      logger[record.level](record.fields, record.message);
    },
    debug: (message, fields) => logger.debug(fields, message),
  };
}
