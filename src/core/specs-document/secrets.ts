import { isScalar, type Scalar } from 'yaml';
import { classOf, isNull } from './parse-specs.ts';

/** How a secret stands in a document: encrypted by the server itself, left out, or in clear. */
export type SecretForm = 'encrypted' | 'omitted' | 'clear';

/** Names whose text is, or may be, a secret; those of later versions are recognised by what they are called. */
const SPEAKS_OF_SECRET = /pass(word|phrase)|secret|private_?key|ssh_?key|token/i;
/** The name of a secret itself, and not of something about one, as `tokenExpiryDays`. */
const NAMES_SECRET = new RegExp(`(${SPEAKS_OF_SECRET.source})$`, 'i');
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
/** An address with a password inside. */
const URL_PASSWORD = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** The form of a secret; undefined where the scalar is none. A switch such as `sshKeyAppliesToSubmodules: true` is none; a number is one only as the secret itself. */
export function secretFormOf(name: string, scalar: unknown): SecretForm | undefined {
  if (!isScalar(scalar)) return undefined;
  const text = String(scalar.value);
  if (PRIVATE_KEY.test(text) || URL_PASSWORD.test(text)) return 'clear';
  if (!SPEAKS_OF_SECRET.test(name) || isSwitch(scalar)) return undefined;
  if (!NAMES_SECRET.test(name) && (text === '' || isNoText(scalar))) return undefined;
  if (isNull(scalar) || text === '') return 'omitted';
  return /^BAMSCRT@\S+$/.test(text) ? 'encrypted' : 'clear';
}

/** Nothing, a number, or a value of a class of its own, such as a length of time. */
function isNoText(scalar: Scalar): boolean {
  return isNull(scalar) || classOf(scalar) !== undefined || (scalar.type === 'PLAIN' && /^[-+]?\d+(\.\d+)?$/.test(String(scalar.value)));
}

function isSwitch({ type, value }: Scalar): boolean {
  return type === 'PLAIN' && /^(true|false)$/i.test(String(value));
}
