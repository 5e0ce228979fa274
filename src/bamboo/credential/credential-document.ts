import type { Pair } from '../../core/ports.ts';
import { wireText } from '../clear-text.ts';

/** Everything that a shared credential with user name and password is; nothing else can be lost by an import [A]. */
export interface CredentialIdentity {
  readonly name: string;
  readonly oid?: string;
  /** Key of the project that it belongs to; without one, it is the whole server's. */
  readonly project?: string;
}

/** The version of Atlassian's Specs library that wrote the documents this one is modelled on [A]. */
export const SPECS_VERSION = '9.2.1';

/** `" & ' < > \` are refused in names by Atlassian's own validators [A]. */
const FORBIDDEN = /["&'<>\\]/;

/** Why Bamboo's import would not take a credential of that name; undefined when it would. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'it has no name, and an import finds it by nothing else';
  const found = FORBIDDEN.exec(name)?.[0];
  return found === undefined ? undefined : `its name holds the character ${found}, which Bamboo's import refuses: rename it in Bamboo first`;
}

/** YAML 1.1 takes these characters as they are; all others are escaped. */
const PLAIN = /^[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u;

function escapedCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  if (PLAIN.test(character)) return character;
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}

/** A double-quoted scalar: holds any text, and no reader takes it for anything but text. */
export function quotedScalar(text: string): string {
  return `"${[...text].map(escapedCharacter).join('')}"`;
}

/** The import document of one credential [A: fixtures of Atlassian's Specs library]. Holds the secret in clear: it goes straight onto the wire. */
export function credentialDocument({ name, oid, project }: CredentialIdentity, pair: Pair): string {
  return [
    '--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties',
    'rootEntity: !!com.atlassian.bamboo.specs.model.credentials.UsernamePasswordCredentialsProperties',
    `  name: ${quotedScalar(name)}`,
    ...(oid === undefined ? ['  oid: null'] : ['  oid:', `    oid: ${quotedScalar(oid)}`]),
    ...(project === undefined ? ['  project: null'] : ['  project:', '    key:', `      key: ${quotedScalar(project)}`]),
    `  password: ${quotedScalar(wireText(pair.secret))}`,
    `  username: ${quotedScalar(pair.username)}`,
    `specModelVersion: ${SPECS_VERSION}`,
    '...',
    '',
  ].join('\n');
}
