import { type FailureCode, firstFailure, nearest } from './known-failures.ts';
import { bambooUserIn, readRecord } from './log-record.ts';
import type { Mention } from './mentions.ts';
import { plainRefusal } from './plain-refusal.ts';
import { type RecordTime, timeStamp } from './record-start.ts';

/** What a record says that shows a known failure. Holds no secret; its words may be pieces of the log, so whoever keeps them copies them. */
export interface Sighting {
  readonly failure: FailureCode;
  readonly workspace?: string | undefined;
  readonly slug?: string | undefined;
  /** The Bitbucket user name or email that was used. */
  readonly user?: string | undefined;
  /** Who was logged in to Bamboo in the thread that wrote it. */
  readonly bambooUser?: string | undefined;
  /** Atlassian's `CHANGE-` numbers in the record. */
  readonly changes: readonly string[];
  /** When it was written; undefined where the log tells no times. */
  readonly time?: RecordTime | undefined;
}

const NO_CHANGES: readonly string[] = [];

/** The most telling known failure that a log record shows, which holds these marks; undefined for a record that shows none. */
export function recognise(record: string, marks: readonly RegExpExecArray[]): Sighting | undefined {
  const stamp = timeStamp(record);
  const refused = plainRefusal(record, marks);
  const content = stamp === undefined ? record : record.slice(stamp.end);
  if (refused !== undefined) return sighting('GIT_REFUSED', refused, bambooUserIn(content), NO_CHANGES, stamp?.time);
  const read = readRecord(content);
  const found = firstFailure(
    read,
    marks.map(([words]) => words),
  );
  if (found === undefined) return undefined;
  const changes = read.text.match(/CHANGE-\d{1,6}/g) ?? NO_CHANGES;
  return sighting(found.failure, nearest(read.mentions, found.at), bambooUserIn(content), changes, stamp?.time);
}

function sighting(
  failure: FailureCode,
  mention: Pick<Mention, 'workspace' | 'slug' | 'user'> | undefined,
  bambooUser: string | undefined,
  changes: readonly string[],
  time: RecordTime | undefined,
): Sighting {
  return { failure, workspace: mention?.workspace, slug: mention?.slug, user: mention?.user, bambooUser, changes, time };
}
