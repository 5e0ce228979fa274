import { MARKS } from '../../src/core/log-diagnosis/known-failures.ts';
import { recognise, type Sighting } from '../../src/core/log-diagnosis/recognise.ts';

/** The marks that whoever scans a log finds in a record. */
export function marksOf(record: string): RegExpExecArray[] {
  return [...record.matchAll(new RegExp(MARKS, 'g'))];
}

/** What a whole record shows. */
export function recogniseRecord(record: string): Sighting | undefined {
  return recognise(record, marksOf(record));
}
