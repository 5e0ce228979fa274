import { RekeyError } from '../core/errors.ts';

/** Whether the connection is encrypted: always with a checked certificate, never, or wherever the server offers it. */
export type Encryption = 'required' | 'off' | 'where-offered';

/** A database as `bamboo.database.url` names it. Holds the password in clear: never kept, never printed. */
export interface DatabaseAddress {
  readonly product: 'postgresql' | 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly encryption: Encryption;
}

const PRODUCTS: Readonly<Record<string, { readonly product: DatabaseAddress['product']; readonly port: number }>> = {
  'postgres:': { product: 'postgresql', port: 5432 },
  'postgresql:': { product: 'postgresql', port: 5432 },
  'mysql:': { product: 'mysql', port: 3306 },
  'mariadb:': { product: 'mysql', port: 3306 },
};

/** Spellings of the same words in the addresses of the products' own clients. */
const ENCRYPTION: Readonly<Record<string, Encryption>> = {
  disable: 'off',
  disabled: 'off',
  false: 'off',
  allow: 'where-offered',
  prefer: 'where-offered',
  preferred: 'where-offered',
  require: 'required',
  required: 'required',
  true: 'required',
  trust: 'required',
  'verify-ca': 'required',
  verify_ca: 'required',
  'verify-full': 'required',
  verify_identity: 'required',
};

/** Understands the address. @throws RekeyError CONFIG_INVALID, quoting nothing: the password stands in it */
export function parseDatabaseAddress(text: string): DatabaseAddress {
  const address = text.trim();
  if (!URL.canParse(address)) throw invalid('it is no address; a character such as @ : / # % in the password is written as %40 %3A %2F %23 %25');
  const url = new URL(address);
  const known = PRODUCTS[url.protocol];
  if (known === undefined) throw otherProduct(url.protocol);
  const database = decode(url.pathname.replace(/^\//, ''));
  if (url.hostname === '') throw invalid('it names no host');
  if (database === '' || database.includes('/')) throw invalid('it names no database after the host');
  if (url.username === '') throw invalid('it names no user');
  return {
    product: known.product,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? known.port : Number(url.port),
    user: decode(url.username),
    password: decode(url.password),
    database,
    encryption: encryptionOf(url),
  };
}

function encryptionOf(url: URL): Encryption {
  for (const [name, value] of url.searchParams) {
    if (!/^(use)?-?ssl-?(mode)?$/i.test(name)) continue;
    const encryption = ENCRYPTION[value.toLowerCase()];
    if (encryption === undefined) throw invalid(`its ${name} is not known; use disable or verify-full`);
    return encryption;
  }
  return 'where-offered';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('it holds a % that is no escape; a % in the password is written as %25');
  }
}

function otherProduct(protocol: string): RekeyError {
  const other = /sqlserver|mssql|oracle/i.exec(protocol)?.[0].toLowerCase();
  if (other === undefined) return invalid('it must begin with postgres://, mysql:// or mariadb://');
  return new RekeyError('CONFIG_INVALID', `bamboo.database.url: ${protocol} is not read directly.`, {
    remedy: `Have the database administrator run what "bamboo-rekey inventory --print-sql ${other === 'oracle' ? 'oracle' : 'sqlserver'}" prints, and name the file under bamboo.inventoryFile.`,
  });
}

function invalid(why: string): RekeyError {
  return new RekeyError('CONFIG_INVALID', `bamboo.database.url: ${why}.`, {
    remedy: 'Write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE or mysql://USER:PASSWORD@HOST:PORT/DATABASE.',
  });
}
