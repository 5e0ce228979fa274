import { isScalar, type Scalar } from 'yaml';
import { isNull } from './parse-specs.ts';

/** How a secret stands in a document: encrypted by the server itself, left out, or in clear. */
export type SecretForm = 'encrypted' | 'omitted' | 'clear';

/** Names whose text is, or may be, a secret; those of later versions are recognised by what they are called. */
const SECRET_NAME = /pass(word|phrase)|secret|private_?key|ssh_?key|token/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
/** An address with a password inside. */
const URL_PASSWORD = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** The form of a secret; undefined where the scalar is none. A switch such as `sshKeyAppliesToSubmodules: true` is none. */
export function secretFormOf(name: string, scalar: unknown): SecretForm | undefined {
  if (!isScalar(scalar)) return undefined;
  const text = String(scalar.value);
  if (PRIVATE_KEY.test(text) || URL_PASSWORD.test(text)) return 'clear';
  if (!SECRET_NAME.test(name) || isSwitch(scalar)) return undefined;
  if (isNull(scalar) || text === '') return 'omitted';
  return /^BAMSCRT@\S+$/.test(text) ? 'encrypted' : 'clear';
}

function isSwitch({ type, value }: Scalar): boolean {
  return type === 'PLAIN' && /^(true|false)$/i.test(String(value));
}
