import { looksSecret } from './looks-secret.ts';
import { createMentionFinder, HIDDEN, type Mention } from './mentions.ts';

/** What one record of a log tells by its form alone. */
export interface LogRecord {
  /** Who was logged in to Bamboo in the thread that wrote it. */
  readonly bambooUser: string | undefined;
  /** Message and continuation lines without stack frames: class names prove nothing. */
  readonly text: string;
  readonly mentions: readonly Mention[];
}

const STACK_FRAMES = /\n\s+at [^\n]*|\n\s*\.\.\. \d+ (?:more|common frames)[^\n]*/g;
/** `[http-nio-8085-exec-16 url: /rest/hg/latest/bb/repositories; user: admin]` [D]. */
const BAMBOO_USER = /^[^[\n]{0,40}\[[^\]\n]{0,500}; ?user: ([^\s,;\]]{1,100})\]/;

/** Makes the function that reads one record, its continuation lines joined and its time stamp taken off. */
export function createRecordReader(): (record: string) => LogRecord {
  const find = createMentionFinder();
  return (record) => new ReadRecord(record, find);
}

/** Most records are judged by a word or two, so the costly parts are read when they are asked for. */
class ReadRecord implements LogRecord {
  readonly text: string;
  readonly #find: (text: string) => Mention[];
  #mentions: Mention[] | undefined;

  constructor(record: string, find: (text: string) => Mention[]) {
    const line = record.indexOf('\n');
    this.text = line === -1 || line === record.length - 1 ? record : record.replace(STACK_FRAMES, '');
    this.#find = find;
  }

  get mentions(): readonly Mention[] {
    this.#mentions ??= this.#find(this.text);
    return this.#mentions;
  }

  get bambooUser(): string | undefined {
    const user = BAMBOO_USER.exec(this.text)?.[1];
    return user !== undefined && looksSecret(user) ? HIDDEN : user;
  }
}
