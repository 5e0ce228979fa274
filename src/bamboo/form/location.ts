import { classifyGitUrl, type GitUrl } from '../../core/git-url.ts';
import { type Control, isPosted } from '../page/control.ts';
import { type Family, lastSegment } from './family.ts';

/** Which repository the form is about; the server's other settings decide nothing about it. `gitUrl` is set for the Git type. */
export type Location =
  | { readonly kind: 'bitbucket'; readonly workspace: string; readonly slug: string; readonly gitUrl?: GitUrl }
  /** On Bitbucket Cloud, but in a shape that is left alone. */
  | { readonly kind: 'unusual'; readonly workspace: string; readonly slug: string; readonly why: string; readonly gitUrl: GitUrl }
  | { readonly kind: 'elsewhere'; readonly where: string; readonly gitUrl: GitUrl }
  | { readonly kind: 'unknown'; readonly why: string; readonly gitUrl?: GitUrl };

const FULL_NAME = /^([^/\s]+)\/([^/\s]+)$/;

/** `repository.bitbucket.repository` holds `workspace/slug` [T]. A select whose options were not loaded holds nothing and would lose the repository. */
function cloudLocation(own: readonly Control[]): Location {
  const holders = own.filter((control) => isPosted(control) && /repository|slug/i.test(lastSegment(control.name)) && control.kind !== 'checkbox');
  const names = new Set(holders.map((control) => control.value).filter((value) => FULL_NAME.test(value)));
  const [, workspace, slug] = FULL_NAME.exec([...names][0] ?? '') ?? [];
  if (workspace === undefined || slug === undefined)
    return { kind: 'unknown', why: 'its repository control holds no value of the form workspace/slug, so posting the form would lose the repository' };
  return names.size === 1 ? { kind: 'bitbucket', workspace, slug } : { kind: 'unknown', why: 'it names more than one repository' };
}

/** `repository.git.repositoryUrl` [T]. */
function addressOf(own: readonly Control[]): string | undefined {
  const holders = own.filter((control) => isPosted(control) && /^(repository)?_?url$/i.test(lastSegment(control.name)));
  return holders.length === 1 ? holders[0]?.value.trim() : undefined;
}

function gitLocation(own: readonly Control[], gitBase: string): Location {
  const address = addressOf(own);
  if (address === undefined || address === '') return { kind: 'unknown', why: 'its form shows no repository address', gitUrl: { kind: 'unreadable' } };
  const gitUrl = classifyGitUrl(address, gitBase);
  if (gitUrl.kind === 'ssh') return { kind: 'elsewhere', where: 'an ssh address', gitUrl };
  if (gitUrl.kind === 'other-host') return { kind: 'elsewhere', where: 'another host', gitUrl };
  if (gitUrl.kind === 'unreadable')
    return { kind: 'unknown', why: 'its repository address is not certain to lead to one repository on Bitbucket Cloud', gitUrl };
  const { workspace, slug, usernameInUrl } = gitUrl;
  return usernameInUrl === undefined
    ? { kind: 'bitbucket', workspace, slug, gitUrl }
    : { kind: 'unusual', workspace, slug, why: 'its repository address carries a user name of its own', gitUrl };
}

/** Reads which repository a form is about; `gitBase` is where Bitbucket Cloud serves git. */
export function readLocation(own: readonly Control[], family: Family, gitBase: string): Location {
  return family.kind === 'git' ? gitLocation(own, gitBase) : cloudLocation(own);
}
