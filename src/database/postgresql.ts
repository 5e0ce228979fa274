import pg from 'pg';
import Cursor from 'pg-cursor';
import type { DatabaseAddress } from './database-address.ts';
import { toDatabaseError } from './driver-error.ts';
import type { Row } from './record.ts';
import type { ConnectionOptions, DatabaseSession } from './session.ts';

/** Rows fetched at once: enough to hide the way there and back, few enough for 2 kB definitions. */
const BATCH = 250;

/** Opens a read-only transaction of one moment. Throws what the driver throws, so that the caller can judge it. */
export async function openPostgresql(address: DatabaseAddress, name: string, encrypted: boolean, options: ConnectionOptions): Promise<DatabaseSession> {
  const { host, port, user, password, database } = address;
  const ssl = encrypted && { rejectUnauthorized: true, ...(options.authorities === undefined ? {} : { ca: [...options.authorities] }) };
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    ssl,
    connectionTimeoutMillis: options.connectSeconds * 1000,
    application_name: 'bamboo-rekey',
  });
  const destroy = () => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  // What breaks while nothing is asked shows at the next question.
  client.on('error', () => undefined);
  options.signal.addEventListener('abort', destroy, { once: true });
  try {
    options.signal.throwIfAborted();
    await client.connect();
    await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY');
    await client.query(`SET statement_timeout = ${options.statementSeconds * 1000}`);
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const version = await client.query<string[]>({ text: 'SELECT version()', rowMode: 'array' });
    return {
      product: 'postgresql',
      version: /^\S+ \S+/.exec(version.rows[0]?.[0] ?? '')?.[0] ?? 'PostgreSQL',
      name,
      batches: (select) => stream(client, select, name),
      close: async () => {
        options.signal.removeEventListener('abort', destroy);
        await client.end().catch(() => undefined);
      },
    };
  } catch (thrown) {
    destroy();
    throw thrown;
  }
}

async function* stream(client: pg.Client, select: string, name: string): AsyncGenerator<readonly Row[]> {
  const cursor = client.query(new Cursor<Row>(select, [], { rowMode: 'array' }));
  // The next rows are on their way while these are looked at.
  let coming = cursor.read(BATCH);
  try {
    for (;;) {
      const rows = await coming;
      if (rows.length === BATCH) coming = cursor.read(BATCH);
      yield rows;
      if (rows.length < BATCH) return;
    }
  } catch (thrown) {
    throw toDatabaseError(thrown, name);
  } finally {
    await cursor.close().catch(() => undefined);
  }
}
