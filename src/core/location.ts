/** How the repository address of a list compares with the `workspace/slug` of a form. */
export type LocationVerdict = 'same' | 'different' | 'not-comparable';

/** Compares a listed address, in whatever spelling, with a workspace and slug; what is no Bitbucket address can't be compared. */
export function compareLocation(location: string, workspace: string, slug: string, gitBase: string): LocationVerdict {
  const path = repositoryPath(location.trim(), gitBase);
  if (path === undefined || path.length < 2) return 'not-comparable';
  return path[0] === workspace.toLowerCase() && path[1] === slug.toLowerCase() ? 'same' : 'different';
}

/** First parts of the path below the git server: of an https, ssh or scp-like address, or of a bare `workspace/slug`. */
function repositoryPath(location: string, gitBase: string): string[] | undefined {
  const scp = /^[^/\s@]+@([^/\s:]+):(?!\/\/)(.+)$/.exec(location);
  if (scp !== null) return isBitbucketHost(scp[1] ?? '', new URL(gitBase).hostname) ? parts(scp[2] ?? '') : undefined;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return /^[^\s/]+\/[^\s/]+$/.test(location) ? parts(location) : undefined;
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  if (!isBitbucketHost(url.protocol === 'ssh:' ? url.hostname : url.host, new URL(gitBase).host)) return undefined;
  const base = new URL(gitBase).pathname.replace(/\/$/, '');
  return parts(url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : url.pathname);
}

/** `altssh.bitbucket.org` serves the same repositories over port 443. */
function isBitbucketHost(host: string, gitHost: string): boolean {
  return ['bitbucket.org', 'www.bitbucket.org', 'altssh.bitbucket.org', gitHost].includes(host.toLowerCase());
}

function parts(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.git$/i, '').toLowerCase());
}
