import type { SharedCredential } from '../model.ts';
import type { AppPasswordUsers } from './accounts.ts';
import type { Random } from './random.ts';

/** The shared credentials that some repositories use: of all projects and of one, with a password and with a key. */
export function createCredentials(random: Random, users: AppPasswordUsers, token: { email: string; value: string }): Map<string, SharedCredential> {
  const rows: Omit<SharedCredential, 'id' | 'oid'>[] = [
    { kind: 'username-password', project: null, name: 'bitbucket cloud', username: users.acme[0].username, secret: users.acme[0].password },
    { kind: 'username-password', project: null, name: 'bitbucket cloud (new)', username: token.email, secret: token.value },
    { kind: 'username-password', project: 'WEB', name: 'bitbucket cloud', username: users.globex[0].username, secret: users.globex[0].password },
    {
      kind: 'ssh',
      project: null,
      name: 'deploy key',
      username: '',
      secret: `-----BEGIN OPENSSH PRIVATE KEY-----\n${random.letters(60)}\n-----END OPENSSH PRIVATE KEY-----`,
    },
  ];
  return new Map(rows.map((row, index) => [String(327681 + index), { id: String(327681 + index), oid: random.letters(12).toLowerCase(), ...row }]));
}
