import type { Row } from './record.ts';

/** A read-only transaction on one database: every row it gives is of the same moment. */
export interface DatabaseSession {
  readonly product: 'postgresql' | 'mysql';
  /** Name and version as the server tells them. */
  readonly version: string;
  /** User and database as a person would name them; no password. */
  readonly name: string;
  /** Streams the rows of one SELECT. @throws RekeyError */
  rows(select: string): AsyncIterable<Row>;
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
  for await (const row of session.rows(select)) rows.push(row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))));
  return rows;
}
