import type { Readable } from 'node:stream';
import { type Connection, createConnection } from 'mysql2';
import { RekeyError } from '../core/errors.ts';
import type { DatabaseAddress } from './database-address.ts';
import { toDatabaseError } from './driver-error.ts';
import type { Row } from './record.ts';
import type { ConnectionOptions, DatabaseSession } from './session.ts';

const BATCH = 100;

/** Opens a read-only transaction of one moment on MySQL or MariaDB. Throws what the driver throws, so that the caller can judge it. */
export async function openMysql(address: DatabaseAddress, name: string, encrypted: boolean, options: ConnectionOptions): Promise<DatabaseSession> {
  const { host, port, user, password, database } = address;
  const ssl = { rejectUnauthorized: true, verifyIdentity: true, ...(options.authorities === undefined ? {} : { ca: [...options.authorities] }) };
  const connection = createConnection({
    host,
    port,
    user,
    password,
    database,
    ...(encrypted ? { ssl } : {}),
    connectTimeout: options.connectSeconds * 1000,
    // Ids are 64 bits wide; a server must not be able to ask for local files.
    supportBigNumbers: true,
    bigNumberStrings: true,
    flags: ['-LOCAL_FILES'],
  });
  const destroy = () => connection.destroy();
  // What breaks while nothing is asked shows at the next question.
  connection.on('error', () => undefined);
  options.signal.addEventListener('abort', destroy, { once: true });
  try {
    options.signal.throwIfAborted();
    await once(connection, (done) => connection.connect(done));
    const version = await begin(connection, options);
    return {
      product: 'mysql',
      version,
      name,
      batches: (select) => stream(connection, select, name, options.signal),
      close: async () => {
        options.signal.removeEventListener('abort', destroy);
        await once(connection, (done) => connection.end(done)).catch(destroy);
      },
    };
  } catch (thrown) {
    destroy();
    throw thrown;
  }
}

/** The two products name the time limit differently, and count in other units. */
async function begin(connection: Connection, { statementSeconds }: ConnectionOptions): Promise<string> {
  let version = '';
  for await (const rows of stream(connection, 'SELECT VERSION()', '')) version = String(rows[0]?.[0] ?? version);
  const isMaria = /mariadb/i.test(version);
  const limit = isMaria ? `max_statement_time = ${statementSeconds}` : `max_execution_time = ${statementSeconds * 1000}`;
  for (const statement of [
    'SET SESSION TRANSACTION READ ONLY',
    'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
    `SET SESSION ${limit}`,
    'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  ])
    await once(connection, (done) => connection.query(statement, done));
  return isMaria ? `MariaDB ${version.split('-')[0]}` : `MySQL ${version}`;
}

async function* stream(connection: Connection, select: string, name: string, signal?: AbortSignal): AsyncGenerator<readonly Row[]> {
  const rows: Readable = connection.query({ sql: select, rowsAsArray: true }).stream();
  const abort = () => rows.destroy(new RekeyError('INTERRUPTED', 'Interrupted while the database was read.'));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    let batch: Row[] = [];
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  } catch (thrown) {
    throw name === '' ? thrown : toDatabaseError(thrown, name);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function once(connection: Connection, act: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(error);
    connection.once('error', fail);
    act((error) => {
      connection.off('error', fail);
      if (error) reject(error);
      else resolve();
    });
  });
}
