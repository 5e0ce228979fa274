import { RekeyError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { type DatabaseAddress, parseDatabaseAddress } from './database-address.ts';
import { offersNoTls, toDatabaseError } from './driver-error.ts';
import type { ConnectionOptions, DatabaseSession } from './session.ts';

/**
 * Connects to the database that the address names; the one place of this adapter that reveals it.
 * @throws RekeyError CONFIG_INVALID | DATABASE_UNREACHABLE | DATABASE_LOGIN_REFUSED | TLS_REFUSED | DATABASE_NOT_UNDERSTOOD
 */
export async function connect(url: Secret, options: ConnectionOptions): Promise<DatabaseSession> {
  const address = parseDatabaseAddress(url.reveal());
  const name = `database ${address.database} at ${address.host}:${address.port}, as ${address.user}`;
  const encrypted = isEncrypted(address, options);
  try {
    return await open(address, name, encrypted, options);
  } catch (thrown) {
    if (!(encrypted && offersNoTls(thrown))) throw toDatabaseError(thrown, name);
    return openPlain(address, name, options);
  }
}

/** Nobody listens on the way to this machine itself, so TLS is asked for there only where an authority was given for it. */
function isEncrypted({ encryption, host }: DatabaseAddress, { authorities }: ConnectionOptions): boolean {
  if (encryption !== 'where-offered') return encryption === 'required';
  return !isThisMachine(host) || authorities !== undefined;
}

/** The server does not speak TLS at all: taken on this machine, and elsewhere only where the address says so. */
async function openPlain(address: DatabaseAddress, name: string, options: ConnectionOptions): Promise<DatabaseSession> {
  if (address.encryption === 'required' || !isThisMachine(address.host))
    throw new RekeyError('TLS_REFUSED', `${name}: the server offers no TLS.`, {
      remedy: 'Turn TLS on at the database, or say that the connection is meant to be readable on the network: add ?sslmode=disable to bamboo.database.url.',
    });
  try {
    return await open(address, name, false, options);
  } catch (thrown) {
    throw toDatabaseError(thrown, name);
  }
}

/** Loads only the driver that is needed. */
async function open(address: DatabaseAddress, name: string, encrypted: boolean, options: ConnectionOptions): Promise<DatabaseSession> {
  if (address.product === 'postgresql') return (await import('./postgresql.ts')).openPostgresql(address, name, encrypted, options);
  return (await import('./mysql.ts')).openMysql(address, name, encrypted, options);
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1)$/i.test(host);
}
