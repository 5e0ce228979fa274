import { looksSecret } from './looks-secret.ts';
import { findMentions, HIDDEN, type Mention } from './mentions.ts';

/** What one record of a log tells by its form alone. */
export interface LogRecord {
  /** Message and continuation lines without stack frames: class names prove nothing. */
  readonly text: string;
  readonly mentions: readonly Mention[];
}

const STACK_FRAMES = /\n\s+at [^\n]*|\n\s*\.\.\. \d+ (?:more|common frames)[^\n]*/g;
/** `[http-nio-8085-exec-16 url: /rest/hg/latest/bb/repositories; user: admin]` [D]. */
const BAMBOO_USER = /^[^[\n]{0,40}\[[^\]\n]{0,500}; ?user: ([^\s,;\]]{1,100})\]/;

/** Reads one record, its continuation lines joined and its time stamp taken off. */
export function readRecord(record: string): LogRecord {
  return new ReadRecord(record);
}

/** Most records are judged by a word or two, so the costly parts are read when they are asked for. */
class ReadRecord implements LogRecord {
  readonly text: string;
  #mentions: readonly Mention[] | undefined;

  constructor(record: string) {
    const line = record.indexOf('\n');
    this.text = line === -1 || line === record.length - 1 ? record : record.replace(STACK_FRAMES, '');
  }

  get mentions(): readonly Mention[] {
    this.#mentions ??= findMentions(this.text);
    return this.#mentions;
  }
}

/** Who was logged in to Bamboo in the thread that wrote a record. */
export function bambooUserIn(record: string): string | undefined {
  const user = record.includes(';') ? BAMBOO_USER.exec(record)?.[1] : undefined;
  return user !== undefined && looksSecret(user) ? HIDDEN : user;
}
