import { type Control, isPosted } from '../page/control.ts';
import { type Family, lastSegment } from './family.ts';

/** Which repository the form is about; the server's other settings decide nothing about it. */
export type Location =
  | { readonly kind: 'bitbucket'; readonly workspace: string; readonly slug: string }
  /** On bitbucket.org, but in a shape that is left alone. */
  | { readonly kind: 'unusual'; readonly workspace: string; readonly slug: string; readonly why: string }
  | { readonly kind: 'elsewhere'; readonly where: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** The host that a Bitbucket Cloud credential belongs to; nothing that merely looks like it. */
const GIT_HOST = 'bitbucket.org';
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

function gitLocation(own: readonly Control[]): Location {
  const address = own.find((control) => isPosted(control) && /^repositoryUrl$/i.test(lastSegment(control.name)))?.value.trim();
  if (address === undefined || address === '') return { kind: 'unknown', why: 'its form shows no repository address' };
  if (!URL.canParse(address)) return { kind: 'elsewhere', where: 'an address that is no https address' };
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.host !== GIT_HOST) return { kind: 'elsewhere', where: `${url.protocol}//${url.host}` };
  const [, workspace, slug] = FULL_NAME.exec(url.pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')) ?? [];
  if (workspace === undefined || slug === undefined)
    return { kind: 'unknown', why: 'its repository address has not the form https://bitbucket.org/workspace/slug' };
  const inside = url.username !== '' || url.password !== '';
  return inside ? { kind: 'unusual', workspace, slug, why: 'its repository address carries a user name of its own' } : { kind: 'bitbucket', workspace, slug };
}

/** Reads which repository a form is about. */
export function readLocation(own: readonly Control[], family: Family): Location {
  return family.kind === 'git' ? gitLocation(own) : cloudLocation(own);
}
