import { cutWords } from '../core/cut.ts';
import { type ErrorCode, RekeyError } from '../core/errors.ts';

/** SQLSTATE of PostgreSQL, names of MySQL and MariaDB, and Node's own words, by what they mean here. */
const MEANING: Readonly<Record<string, ErrorCode>> = {
  '28P01': 'DATABASE_LOGIN_REFUSED',
  '28000': 'DATABASE_LOGIN_REFUSED',
  ER_ACCESS_DENIED_ERROR: 'DATABASE_LOGIN_REFUSED',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'DATABASE_LOGIN_REFUSED',
  ER_HOST_NOT_PRIVILEGED: 'DATABASE_LOGIN_REFUSED',
  ER_HOST_IS_BLOCKED: 'DATABASE_LOGIN_REFUSED',
  '42501': 'DATABASE_RIGHT_MISSING',
  ER_DBACCESS_DENIED_ERROR: 'DATABASE_RIGHT_MISSING',
  ER_TABLEACCESS_DENIED_ERROR: 'DATABASE_RIGHT_MISSING',
  ER_COLUMNACCESS_DENIED_ERROR: 'DATABASE_RIGHT_MISSING',
  '3D000': 'DATABASE_NOT_UNDERSTOOD',
  ER_BAD_DB_ERROR: 'DATABASE_NOT_UNDERSTOOD',
  ECONNREFUSED: 'DATABASE_UNREACHABLE',
  ECONNRESET: 'DATABASE_UNREACHABLE',
  ENOTFOUND: 'DATABASE_UNREACHABLE',
  EAI_AGAIN: 'DATABASE_UNREACHABLE',
  ETIMEDOUT: 'DATABASE_UNREACHABLE',
  EHOSTUNREACH: 'DATABASE_UNREACHABLE',
  ENETUNREACH: 'DATABASE_UNREACHABLE',
  EPIPE: 'DATABASE_UNREACHABLE',
  PROTOCOL_CONNECTION_LOST: 'DATABASE_UNREACHABLE',
  HANDSHAKE_SSL_ERROR: 'TLS_REFUSED',
};
const TLS_CODE = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;
/** Failures that the drivers tell in words only. */
const MEANING_OF_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/password must be a (non-empty )?string/i, 'DATABASE_LOGIN_REFUSED'],
  [/timeout expired|connection terminated|terminated unexpectedly|server has gone away/i, 'DATABASE_UNREACHABLE'],
  [/certificate|altname/i, 'TLS_REFUSED'],
];
const TOO_SLOW: ReadonlySet<string> = new Set(['57014', 'ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT']);

/** Turns what a driver threw into one of our failures. */
export function toDatabaseError(thrown: unknown, name: string): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  const cause = innermost(thrown);
  const code = codeOf(cause);
  const why = cause instanceof Error ? firstLine(cause.message || code) : 'no reason was given';
  if (TOO_SLOW.has(code))
    return new RekeyError('DATABASE_FAILED', `${name}: a SELECT took too long and was ended.`, {
      cause: thrown,
      remedy: 'Try again at a quieter hour, or hand over a file: "bamboo-rekey inventory --print-sql".',
    });
  const meaning = MEANING[code] ?? (TLS_CODE.test(code) ? 'TLS_REFUSED' : MEANING_OF_WORDS.find(([words]) => words.test(why))?.[1]) ?? 'DATABASE_FAILED';
  return new RekeyError(meaning, `${name}: ${why}${/[.!?]$/.test(why) ? '' : '.'}`, {
    cause: thrown,
    ...(meaning === 'TLS_REFUSED' ? { remedy: TLS_REMEDY } : {}),
  });
}

const TLS_REMEDY =
  'Give the authority that signed the certificate of the database as bamboo.tls.ca, and name the host as the certificate does. A database without TLS is read only with ?sslmode=disable in its address.';

/** Whether the server answered that it does not speak TLS. */
export function offersNoTls(thrown: unknown): boolean {
  return codeOf(thrown) === 'HANDSHAKE_NO_SSL_SUPPORT' || (thrown instanceof Error && /does not support (SSL|secure) connection/i.test(thrown.message));
}

/** A host with several addresses fails once per address. */
function innermost(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

function codeOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null ? (thrown as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

function firstLine(text: string): string {
  return cutWords(text.split('\n')[0] ?? '', 300);
}
