import { type FailureCode, KNOWN_FAILURES, type KnownFailure, nearest } from './known-failures.ts';
import { type LogRecord, readRecord } from './log-record.ts';
import { recordTime } from './record-start.ts';

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

const ROWS = Object.entries(KNOWN_FAILURES) as [FailureCode, KnownFailure][];
const REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 4_000;

/** Makes the function that gives the most telling known failure that a log record shows; undefined for a record that shows none. */
export function createRecogniser(): (record: string) => Seen | undefined {
  // Bamboo polls, so most failures come again and again with nothing but another time.
  const known = new Map<string, Sighting | 'none'>();
  return (record) => {
    const { time, end } = recordTime(record) ?? { time: undefined, end: 0 };
    const content = record.slice(end);
    let sighting = known.get(content);
    if (sighting === undefined) {
      sighting = judge(readRecord(content)) ?? 'none';
      if (known.size >= REMEMBERED) known.clear();
      if (content.length <= LONGEST_REMEMBERED) known.set(content, sighting);
    }
    return sighting === 'none' ? undefined : { sighting, time };
  };
}

function judge(record: LogRecord): Sighting | undefined {
  for (const [failure, { marks, find }] of ROWS) {
    const at = marks.some((mark) => record.text.includes(mark)) ? find(record) : -1;
    if (at >= 0) return sightingAt(at, failure, record);
  }
  return undefined;
}

function sightingAt(at: number, failure: FailureCode, { text, mentions, bambooUser }: LogRecord): Sighting {
  const { workspace, slug, user } = nearest(mentions, at) ?? {};
  return {
    failure,
    ...(workspace === undefined ? {} : { workspace }),
    ...(slug === undefined ? {} : { slug }),
    ...(user === undefined ? {} : { user }),
    ...(bambooUser === undefined ? {} : { bambooUser }),
    changes: text.match(/CHANGE-\d{1,6}/g) ?? [],
  };
}
