import { formsOf, LEAST_LENGTH } from '../redactor.ts';
import type { ConfiguredSecret } from './configured-secret.ts';
import type { Evidence, SecretOrigin } from './evidence.ts';

/** A file of the run, or the plan file. */
export interface Artefact {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** As much of the start of a secret is a find, too: words that were cut may end within it. Tokens of Atlassian have their first 12 characters in common. */
const CUT_LENGTH = 16;

/** Looks for the value of each secret in each file, in every form that the redactor knows. Names what it finds by its key, never by its value. */
export function searchArtefacts(secrets: readonly ConfiguredSecret[], artefacts: readonly Artefact[]): Pick<Evidence, 'secrets' | 'searched'> {
  const sought = secrets.map((secret) => ({ secret, needles: needlesOf(secret) }));
  const searched = artefacts.map(({ name, bytes }) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const finds = sought.filter(({ needles }) => needles.some((needle) => text.includes(needle))).map(({ secret }) => secret.key);
    return { name, bytes: bytes.byteLength, finds };
  });
  return { secrets: secrets.map((secret) => originOf(secret, searched)), searched };
}

function needlesOf({ found }: ConfiguredSecret): Buffer[] {
  if (found.kind !== 'secret') return [];
  const value = found.secret.reveal();
  const starts = value.length > CUT_LENGTH ? [value.slice(0, CUT_LENGTH)] : [];
  return [...formsOf(value), ...starts].map((form) => Buffer.from(form, 'utf8'));
}

function originOf(secret: ConfiguredSecret, searched: Evidence['searched']): SecretOrigin {
  const origin = { key: secret.key, from: secret.from, name: secret.name };
  if (secret.found.kind === 'nothing') return { ...origin, foundIn: null, why: secret.found.why };
  if (secret.found.secret.reveal().length < LEAST_LENGTH) return { ...origin, foundIn: null, why: `shorter than ${LEAST_LENGTH} characters` };
  return { ...origin, foundIn: searched.filter(({ finds }) => finds.includes(secret.key)).length };
}
