import { RekeyError } from '../core/errors.ts';
import { BodyRefused } from './answer-body.ts';
import type { Ending } from './deadline.ts';

/** What was tried, for the sentence. */
export interface Attempt {
  /** `host` or `host:port`. */
  readonly host: string;
  readonly proxy?: string | undefined;
  readonly ending?: Ending | undefined;
  readonly silentMs: number;
  readonly wholeMs: number;
}

/** Turns whatever broke an exchange into one sentence. Of the thrown thing only code and message are kept: its other fields hold headers. */
export function toConnectionError(thrown: unknown, attempt: Attempt): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  if (attempt.ending !== undefined) return endedByUs(attempt.ending, attempt);
  const { code, message } = facts(thrown);
  const tls = tlsSentence(code);
  const cause = { code, message };
  if (tls !== undefined) return new RekeyError('TLS_REFUSED', `No secure connection to ${place(attempt)}: ${tls}.`, { cause });
  const why = thrown instanceof BodyRefused ? message : (REASONS[code] ?? otherReason(code));
  return new RekeyError('SERVER_UNREACHABLE', `No whole answer from ${place(attempt)}: ${why}.`, { cause });
}

function endedByUs(ending: Ending, attempt: Attempt): RekeyError {
  if (ending === 'stopped') return new RekeyError('INTERRUPTED', `The request to ${attempt.host} was stopped before its answer came.`);
  const why =
    ending === 'silent' ? `nothing came for ${attempt.silentMs / 1000} seconds` : `the answer was not complete after ${attempt.wholeMs / 1000} seconds`;
  return new RekeyError('SERVER_UNREACHABLE', `No whole answer from ${place(attempt)}: ${why}.`);
}

function place({ host, proxy }: Attempt): string {
  return proxy === undefined ? host : `${host} through the proxy ${proxy}`;
}

function facts(thrown: unknown): { code: string; message: string } {
  const { code, message } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up just now',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was broken off',
  ETIMEDOUT: 'connecting took too long',
  EHOSTUNREACH: 'the network has no way to it',
  ENETUNREACH: 'the network has no way to it',
  ERR_INVALID_CHAR: 'the request holds a header with characters that cannot be sent',
};

function otherReason(code: string): string {
  if (code.startsWith('HPE_')) return 'what answers there does not speak HTTP';
  return code === '' ? 'the connection failed' : `the connection failed (${code})`;
}

const UNKNOWN_AUTHORITY = 'its certificate was signed by an authority that is not known here';

const TLS_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has run out',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check the clock of this computer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  EPROTO: 'what answers there does not speak TLS; is the address http:// in truth?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there does not speak TLS; is the address http:// in truth?',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the server wants a client certificate; give bamboo.tls.cert and bamboo.tls.key',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'the server broke off the handshake; it may want a client certificate (bamboo.tls.cert and bamboo.tls.key)',
};

/** Node's names of certificate and TLS failures: docs of node:tls, "X509 certificate error codes". */
const TLS_CODE = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|ERROR_IN_CERT_|CRL_|EPROTO|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH_)/;

function tlsSentence(code: string): string | undefined {
  return TLS_REASONS[code] ?? (TLS_CODE.test(code) ? `the certificate or the TLS handshake was refused (${code})` : undefined);
}
