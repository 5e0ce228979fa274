import type { Random } from './random.ts';
import type { WorkspaceSlug } from './workspaces.ts';

/** A Bitbucket user name with its app password. */
export interface AppPasswordUser {
  readonly username: string;
  readonly password: string;
}

/** The two app-password users of each workspace. */
export type AppPasswordUsers = Readonly<Record<WorkspaceSlug, readonly [AppPasswordUser, AppPasswordUser]>>;

/** Makes the users and passwords that the repositories stand on before the migration. */
export function appPasswordUsers(random: Random): AppPasswordUsers {
  const user = (username: string): AppPasswordUser => ({ username, password: `ATBB${random.letters(32)}` });
  return { acme: [user('buildbot'), user('acme-ci')], globex: [user('globex_bot'), user('jürgen')], initech: [user('initech-build'), user('old.admin')] };
}
