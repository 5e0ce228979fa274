import type { Pair } from '../../core/ports.ts';
import { quotedScalar } from '../../core/yaml-scalar.ts';
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
