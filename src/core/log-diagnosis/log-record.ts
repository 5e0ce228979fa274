import { looksSecret } from './looks-secret.ts';
import { HIDDEN, type Mention, mentions } from './mentions.ts';

/** What one record of a log tells by its form alone. */
export interface LogRecord {
  /** Who was logged in to Bamboo in the thread that wrote it. */
  readonly bambooUser?: string;
  /** Message and continuation lines without stack frames: class names prove nothing. */
  readonly text: string;
  readonly mentions: readonly Mention[];
}

const STACK_FRAMES = /\n\s+at [^\n]*|\n\s*\.\.\. \d+ (?:more|common frames)[^\n]*/g;
/** `[http-nio-8085-exec-16 url: /rest/hg/latest/bb/repositories; user: admin]` [D]. */
const BAMBOO_USER = /^[^[\n]{0,40}\[[^\]\n]{0,500}; ?user: ([^\s,;\]]{1,100})\]/;

/** Reads one record, its continuation lines joined and its time stamp taken off. */
export function readRecord(record: string): LogRecord {
  const text = record.replace(STACK_FRAMES, '');
  const bambooUser = BAMBOO_USER.exec(text)?.[1];
  return {
    ...(bambooUser === undefined ? {} : { bambooUser: looksSecret(bambooUser) ? HIDDEN : bambooUser }),
    text,
    mentions: mentions(text),
  };
}
