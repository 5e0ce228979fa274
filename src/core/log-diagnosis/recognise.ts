import { type FailureCode, firstFailure, nearest } from './known-failures.ts';
import { createRecordReader, type LogRecord } from './log-record.ts';
import type { Mention } from './mentions.ts';
import { ownCopy } from './own-copy.ts';
import { recordTime } from './record-start.ts';
import { remembering } from './remembering.ts';

/** What a record says that shows a known failure. Holds no secret and no text of the log. */
export interface Sighting {
  readonly failure: FailureCode;
  readonly workspace?: string;
  readonly slug?: string;
  /** The Bitbucket user name or email that was used. */
  readonly user?: string;
  /** Who was logged in to Bamboo in the thread that wrote it. */
  readonly bambooUser?: string;
  /** Atlassian's `CHANGE-` numbers in the record. */
  readonly changes: readonly string[];
}

/** A record that shows a known failure, and when it was written. */
export interface Seen {
  readonly sighting: Sighting;
  /** ISO date and time on the server's own clock; undefined where the log tells none. */
  readonly time: string | undefined;
}

const MOST_KNOWN = 2_000;

/** Makes the function that gives the most telling known failure that a log record shows; undefined for a record that shows none. */
export function createRecogniser(): (record: string) => Seen | undefined {
  // Bamboo polls, so most failures come again and again with nothing but another time.
  const read = createRecordReader();
  const judge = createJudge();
  const judged = remembering((content) => judge(read(content)) ?? 'none');
  return (record) => {
    const { time, end } = recordTime(record) ?? { time: undefined, end: 0 };
    const sighting = judged(record.slice(end));
    return sighting === 'none' ? undefined : { sighting, time };
  };
}

/** Gives what is the same as before as the same object, so that a log of failures does not fill the memory with them. */
function createJudge(): (record: LogRecord) => Sighting | undefined {
  const known = new Map<string, Sighting>();
  return (record) => {
    const found = firstFailure(record);
    if (found === undefined) return undefined;
    const { bambooUser } = record;
    const mention: Partial<Mention> = nearest(record.mentions, found.at) ?? {};
    const changes = record.text.match(/CHANGE-\d{1,6}/g) ?? [];
    const key = `${found.failure}\n${mention.workspace ?? ''}\n${mention.slug ?? ''}\n${mention.user ?? ''}\n${bambooUser ?? ''}\n${changes.join('\n')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const sighting = newSighting(found.failure, mention, bambooUser, changes);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, sighting);
    return sighting;
  };
}

function newSighting(failure: FailureCode, { workspace, slug, user }: Partial<Mention>, bambooUser: string | undefined, changes: readonly string[]): Sighting {
  return {
    failure,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    ...(user === undefined ? {} : { user }),
    ...(bambooUser === undefined ? {} : { bambooUser: ownCopy(bambooUser) }),
    changes: changes.map(ownCopy),
  };
}
