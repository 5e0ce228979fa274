import { PASSWORD_NAMES } from '../credentials/credential-names.ts';
import { CREDENTIAL_NAME, type CredentialKind, type CredentialTask, type SharedCredential } from '../model.ts';
import type { Traits } from '../traits.ts';
import type { AppPasswordUsers } from './accounts.ts';
import type { Random } from './random.ts';

/** Names of the shared credentials that the seed's repositories point at. */
export const SEEDED = {
  cloud: 'bitbucket cloud',
  deployKey: 'deploy key',
  git: 'git over https',
  bothTypes: 'git and cloud',
  twoHosts: 'build user everywhere',
} as const;

/** What the rows are made from; `more` is a stream of its own, so that rows added later move no other choice. */
export interface CredentialSources {
  readonly traits: Traits;
  readonly random: Random;
  readonly more: Random;
  readonly users: AppPasswordUsers;
  readonly token: { readonly email: string; readonly value: string };
}

interface Row {
  readonly kind: CredentialKind;
  readonly project?: string;
  readonly name: string;
  readonly user?: { readonly username: string; readonly password: string };
  readonly secrets?: Readonly<Record<string, string>>;
  readonly tasks?: readonly CredentialTask[];
}

const FIRST_ID = 327681;

/** The shared credentials: of all projects and of one, with a password, with a key and of a type that Bitbucket never sees. */
export function createCredentials(sources: CredentialSources): Map<string, SharedCredential> {
  const first = rowsOfOld(sources).map((row, index) => credentialFrom(sources, row, index, sources.random));
  const later = rowsOfMore(sources).map((row, index) => credentialFrom(sources, row, first.length + index, sources.more));
  return new Map([...first, ...later].map((credential) => [credential.id, credential]));
}

function rowsOfOld({ random, users, token }: CredentialSources): Row[] {
  const publish = [{ plan: 'WEB-CI', name: 'Push the documentation' }];
  return [
    { kind: 'username-password', name: SEEDED.cloud, user: users.acme[0], tasks: publish },
    { kind: 'username-password', name: 'bitbucket cloud (new)', user: { username: token.email, password: token.value } },
    { kind: 'username-password', project: 'WEB', name: SEEDED.cloud, user: users.globex[0] },
    { kind: 'ssh', name: SEEDED.deployKey, secrets: { key: privateKey(random) } },
  ];
}

function rowsOfMore({ more, users }: CredentialSources): Row[] {
  return [
    { kind: 'username-password', name: SEEDED.git, user: users.acme[1] },
    { kind: 'username-password', name: SEEDED.bothTypes, user: users.acme[0] },
    { kind: 'username-password', name: SEEDED.twoHosts, user: users.globex[1] },
    { kind: 'username-password', name: 'used by nobody', user: users.initech[1] },
    { kind: 'ssh', project: 'WEB', name: SEEDED.deployKey, secrets: { key: privateKey(more), passphrase: more.letters(20) } },
    { kind: 'aws', name: 'artefact store', secrets: { secretKey: more.letters(40) }, tasks: [{ plan: 'OPS-CI', name: 'Upload' }] },
    { kind: 'username-password', project: 'OPS', name: 'größer & <kleiner>', user: users.initech[0] },
  ];
}

function credentialFrom({ traits }: CredentialSources, row: Row, index: number, random: Random): SharedCredential {
  const own: Record<string, string> = row.user === undefined ? {} : { [PASSWORD_NAMES[traits.family].username]: row.user.username };
  if (row.kind === 'aws') own.accessKey = 'AKIAEXAMPLE';
  return {
    id: String(FIRST_ID + index),
    oid: random.letters(12).toLowerCase(),
    kind: row.kind,
    project: row.project ?? null,
    settings: { [CREDENTIAL_NAME]: row.name, ...own },
    secrets: row.user === undefined ? (row.secrets ?? {}) : { password: row.user.password },
    tasks: row.tasks ?? [],
  };
}

function privateKey(random: Random): string {
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${random.letters(60)}\n-----END OPENSSH PRIVATE KEY-----`;
}
