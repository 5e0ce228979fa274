import { type FetchVerdict, mayCallRest, mayFetch } from '../bitbucket/world.ts';
import type { BambooContext } from './context.ts';
import { usernameOf } from './credentials/credential-dump.ts';
import { cloudSettingNames } from './forms/cloud-controls.ts';
import { GIT_SETTINGS } from './forms/other-controls.ts';
import type { RepositoryKind } from './repository-types.ts';
import { understandsTokens } from './version.ts';

interface State {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

/** The user name that git wants beside an API token [D]. */
const GIT_TOKEN_USER = 'x-bitbucket-api-token-auth';

/** What Bamboo says after trying a repository: nothing where Bitbucket let it in. */
export function connectionErrors(context: BambooContext, kind: RepositoryKind, state: State): string[] {
  if (kind === 'bbCloud') return cloudErrors(context, state);
  if (kind === 'git') return gitErrors(context, state);
  return [];
}

function cloudErrors(context: BambooContext, state: State): string[] {
  const names = cloudSettingNames(context.traits);
  const [workspace = '', slug = ''] = (state.settings[names.repository] ?? '').split('/');
  const fetch = (login: Login): FetchVerdict => mayFetch(context.bitbucket, login.username, login.password, workspace, slug, 'bamboo');
  if (state.settings[names.accessLevel] === 'PUBLIC') return errorsOf([fetch({ username: '', password: '' })]);
  const login = accountOf(context, state, { source: names.source, credentials: names.passwordCredentials, username: names.username, password: names.password });
  // "identified by the prefix ATAT": the password decides, not the user name (BitbucketCloudApiTokenUtils [D]).
  if (!login.password.startsWith('ATAT')) return errorsOf([fetch(login)]);
  if (!understandsTokens(context.version)) return ['Failed to load data from Bitbucket. 401 Unauthorized.'];
  const account = mayCallRest(context.bitbucket, login.username, login.password, workspace, slug);
  const isSshCheckout = state.settings[names.authenticationType] === 'SSH_KEYPAIR';
  return errorsOf(isSshCheckout ? [account] : [account, fetch({ username: GIT_TOKEN_USER, password: login.password })]);
}

/** The Git type sends what it holds, on every version; hosts other than bitbucket.org do not exist here. */
function gitErrors(context: BambooContext, state: State): string[] {
  if (state.settings[GIT_SETTINGS.authenticationType] === 'SSH_KEYPAIR') return [];
  const place = bitbucketPlace(state.settings[GIT_SETTINGS.url] ?? '');
  if (place === null) return ['fatal: unable to access the repository: Could not resolve host'];
  const { source, passwordCredentials: credentials, username, password } = GIT_SETTINGS;
  const login = accountOf(context, state, { source, credentials, username, password });
  return errorsOf([mayFetch(context.bitbucket, login.username, login.password, place.workspace, place.slug, 'bamboo')]);
}

/** Workspace and slug of an https address at exactly bitbucket.org, with or without a user name in it; `null` for every other address. */
export function bitbucketPlace(url: string): { readonly workspace: string; readonly slug: string } | null {
  const match = /^https:\/\/(?:[^/@]+@)?bitbucket\.org\/([^/]+)\/([^/]+?)(?:\.git)?$/i.exec(url);
  return match === null ? null : { workspace: match[1] ?? '', slug: match[2] ?? '' };
}

/** The user name and password in force: the repository's own or those of a shared credential. */
function accountOf(context: BambooContext, state: State, names: { source: string; credentials: string; username: string; password: string }): Login {
  if (state.settings[names.source] !== 'SHARED_CREDENTIALS') {
    return { username: state.settings[names.username] ?? '', password: state.secrets[names.password] ?? '' };
  }
  // A deleted credential, or one of another type, leaves nothing to log in with.
  const shared = context.model.credentials.get(state.settings[names.credentials] ?? '');
  if (shared?.kind !== 'username-password') return { username: '', password: '' };
  return { username: usernameOf(context.traits, shared), password: shared.secrets.password ?? '' };
}

function errorsOf(verdicts: readonly FetchVerdict[]): string[] {
  return verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [`${verdict.status}: ${verdict.text}`] : []));
}
