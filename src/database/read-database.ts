import { RekeyError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { SourceReading } from '../core/source-reading.ts';
import { connect } from './connect.ts';
import { DIALECTS } from './dialect.ts';
import { discoverTables } from './discover.ts';
import { Gathering } from './gathering.ts';
import { Selects } from './selects.ts';
import type { DatabaseSession } from './session.ts';
import type { FoundTables } from './tables.ts';
import { writeRights } from './write-rights.ts';

/** What a reading of the database needs. */
export interface DatabaseOptions {
  /** `postgres://…`, `mysql://…` or `mariadb://…`, with user and password. */
  readonly url: Secret;
  /** Every authority to be trusted, PEM; the usual ones where none are given. */
  readonly authorities?: readonly string[];
  /** Address of Bitbucket Cloud's git server. */
  readonly git: string;
  readonly signal: AbortSignal;
}

const CONNECT_SECONDS = 15;
const STATEMENT_SECONDS = 600;

/**
 * Reads Bamboo's database in one read-only transaction. A row that cannot be read stands in `unread`, and the rest goes on.
 * @throws RekeyError CONFIG_INVALID, DATABASE_… or TLS_REFUSED; INTERRUPTED when the signal is aborted. Nothing half-read is given.
 */
export async function readDatabase({ url, git, signal, ...rest }: DatabaseOptions): Promise<SourceReading> {
  try {
    signal.throwIfAborted();
    const session = await connect(url, { ...rest, signal, connectSeconds: CONNECT_SECONDS, statementSeconds: STATEMENT_SECONDS });
    try {
      return await readSession(session, git, signal);
    } finally {
      await session.close();
    }
  } catch (thrown) {
    if (signal.aborted)
      throw new RekeyError('INTERRUPTED', 'Interrupted while the database was read; nothing was written.', { remedy: 'Run the same command again.' });
    throw thrown;
  }
}

async function readSession(session: DatabaseSession, git: string, signal: AbortSignal): Promise<SourceReading> {
  const tables = await discoverTables(session);
  const dialect = DIALECTS[session.product];
  const selects = new Selects({ dialect, tables, name: dialect.quote, definition: (column) => column });
  const gathering = new Gathering('database', git);
  const credentials = selects.credentials();
  if (credentials === undefined) gathering.miss('shared credentials', 'the database shows no table that holds them, or this account may not see it');
  // The repositories come last: theirs are the big rows.
  for (const select of [...(credentials === undefined ? [] : [credentials]), selects.uses(), selects.repositories()]) {
    for await (const batch of session.batches(select)) for (const row of batch) gathering.add(row, 'a row of the database');
  }
  const warnings = await warningsOf(session, tables);
  signal.throwIfAborted();
  return gathering.finish(warnings);
}

async function warningsOf(session: DatabaseSession, tables: FoundTables): Promise<string[]> {
  const rights = await writeRights(session, tables);
  const { VCS_LOCATION } = tables.required;
  return [
    ...(rights.length === 0 ? [] : [`the account of bamboo.database.url may also write (${rights.join(', ')}): give this tool one that may only SELECT`]),
    ...(VCS_LOCATION.columns.has('PARENT_ID') ? [] : ['VCS_LOCATION has no column PARENT_ID: overrides of plan branches are not told apart']),
    ...(tables.specs === undefined ? ['no table tells which plans are bound to Repository Stored Specs, or this account may not see it'] : []),
  ];
}
