/** What the address of a Git-type repository says about where it is, and how it is reached. Holds no password. */
export type GitUrl =
  /** On Bitbucket Cloud over https. A user name inside the address counts before the one in the form. */
  | { readonly kind: 'https'; readonly workspace: string; readonly slug: string; readonly usernameInUrl?: string }
  | { readonly kind: 'ssh' }
  /** Another host, port or scheme, however much it looks like Bitbucket Cloud. */
  | { readonly kind: 'other-host' }
  /** Not certain where it leads: programs read it differently, or it names no repository. */
  | { readonly kind: 'unreadable' };

interface Address {
  readonly scheme: string;
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly path: string;
}

/** The one host of Bitbucket Cloud. It stays that where `bitbucket.git` names a stand-in for our own probes: Bamboo's documents name the real one [A]. */
const BITBUCKET_CLOUD = 'https://bitbucket.org';
const SSH: GitUrl = { kind: 'ssh' };
const OTHER_HOST: GitUrl = { kind: 'other-host' };
const UNREADABLE: GitUrl = { kind: 'unreadable' };

/** Tells where a Git address leads. Only exactly bitbucket.org and `gitBase`, `bitbucket.git` of the configuration, count as Bitbucket Cloud. */
export function classifyGitUrl(url: string, gitBase: string): GitUrl {
  const gitUrl = classifyAt(url, gitBase);
  return gitUrl.kind === 'other-host' ? classifyAt(url, BITBUCKET_CLOUD) : gitUrl;
}

function classifyAt(url: string, gitBase: string): GitUrl {
  const text = url.trim();
  // Browsers take a backslash for a slash and drop line ends, git does not: nobody knows where such an address leads.
  if (text === '' || /[\s\\\p{Cc}]/u.test(text)) return UNREADABLE;
  const address = splitAddress(text);
  if (address === undefined) return withoutScheme(text);
  if (/^(git\+)?ssh(\+git)?$/.test(address.scheme)) return SSH;
  if (!/^https?$/.test(address.scheme)) return OTHER_HOST;
  return isBase(address, gitBase) ? repositoryAt(address, gitBase) : elsewhere(address, text, gitBase);
}

/** An address without the user name and password that may stand in it. */
export function withoutUserinfo(address: string): string {
  return address.replace(/\/\/[^/?#\s]*@/, '//');
}

/** By hand, because the URL class of the platform mends what git would not. */
function splitAddress(text: string): Address | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/i.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', authority = '', path = ''] = match;
  const at = authority.lastIndexOf('@');
  return { scheme: scheme.toLowerCase(), userinfo: at < 0 ? undefined : authority.slice(0, at), host: authority.slice(at + 1).toLowerCase(), path };
}

/** `host:path` is how git and scp write an ssh address; a path is on Bamboo's own disk. */
function withoutScheme(text: string): GitUrl {
  if (/^https?:/i.test(text)) return UNREADABLE;
  if (/^file:|^[/.~]/i.test(text)) return OTHER_HOST;
  return /^(?:[^@/:]+@)?(?:[^@/:]+|\[[^\]]+\]):./.test(text) ? SSH : UNREADABLE;
}

/** Compared as it is written: an escaped or full-width host name is not believed to be the one it may be turned into. */
function isBase({ scheme, host }: Address, gitBase: string): boolean {
  if (!/^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d*)?$/.test(host) || !URL.canParse(`${scheme}://${host}`)) return false;
  return new URL(`${scheme}://${host}`).origin === new URL(gitBase).origin;
}

function elsewhere({ scheme, host }: Address, text: string, gitBase: string): GitUrl {
  if (!URL.canParse(text)) return UNREADABLE;
  return new URL(`${scheme}://${host}`).origin === new URL(gitBase).origin ? UNREADABLE : OTHER_HOST;
}

function repositoryAt({ userinfo, path }: Address, gitBase: string): GitUrl {
  const base = new URL(gitBase).pathname.replace(/\/$/, '');
  const match = path.startsWith(`${base}/`) ? /^\/([^/?#]+)\/([^/?#]+?)(?:\.git)?\/?$/.exec(path.slice(base.length)) : null;
  const workspace = segment(match?.[1]);
  const slug = segment(match?.[2]);
  if (workspace === undefined || slug === undefined) return UNREADABLE;
  const username = userinfo === undefined ? undefined : (userinfo.split(':')[0] ?? '');
  return { kind: 'https', workspace, slug, ...(username === undefined ? {} : { usernameInUrl: decoded(username) ?? username }) };
}

function segment(raw: string | undefined): string | undefined {
  const text = raw === undefined ? undefined : decoded(raw);
  return text === undefined || ['.', '..', '.git'].includes(text) || /[/\s\p{Cc}]/u.test(text) ? undefined : text;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
