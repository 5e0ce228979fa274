import type { Row } from './record.ts';

/** A read-only transaction on one database: every row it gives is of the same moment. */
export interface DatabaseSession {
  readonly product: 'postgresql' | 'mysql';
  /** Name and version as the server tells them. */
  readonly version: string;
  /** User and database as a person would name them; no password. */
  readonly name: string;
  /** Streams the rows of one SELECT, some at a time: waiting for each of 100,000 takes longer than reading it. @throws RekeyError */
  batches(select: string): AsyncIterable<readonly Row[]>;
  close(): Promise<void>;
}

/** How a connection is made. */
export interface ConnectionOptions {
  /** Every authority to be trusted, PEM; the usual ones where none are given. */
  readonly authorities?: readonly string[];
  readonly signal: AbortSignal;
  /** A connection may take so long to be made. */
  readonly connectSeconds: number;
  /** One SELECT may take so long. */
  readonly statementSeconds: number;
}

/** All rows of a small SELECT, as texts. */
export async function allRows(session: DatabaseSession, select: string): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of session.batches(select))
    rows.push(...batch.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell)))));
  return rows;
}
