import { looksSecret } from './looks-secret.ts';

/** What stands in the place of a user name that is a secret. */
export const HIDDEN = '[secret]';

/** An address on Bitbucket Cloud that a log record names. A secret in it is never taken along. */
export interface Mention {
  /** Where in the text its host stands. */
  readonly at: number;
  /** Path of a REST call below `/2.0/`, without its query; undefined for a repository's own address. */
  readonly call: string | undefined;
  readonly workspace: string | undefined;
  readonly slug: string | undefined;
  readonly user: string | undefined;
}

/**
 * `https://user:secret@`, as it stands before the host. The name stands first with a secret and without; an email may come with its bare `@`. Only after
 * the first scheme: what looks like a second one stands inside a secret. Without a scheme it may be the end of a secret.
 */
const USER_INFO = String.raw`(?<!:\/\/[^\s"'<>]{0,500})(?:https?|ssh|git):\/\/([^\s"'<>:/]{1,200})(?::[^\s"'<>/]{0,500})?@`;
/** `api.`, `www.`, `altssh.`; `notbitbucket.org` is somebody else's. */
const BEFORE = String.raw`(?<=(?:${USER_INFO}|[^\w.-]|^)(?:[\w-]{1,63}\.){0,4}bitbucket\.org)`;
/** Only scp's form, `git@bitbucket.org:ws/slug`, has a colon before a path. */
const SEPARATOR = String.raw`(?::\d{1,5})?(?:\/|(?<=@bitbucket\.org(?::\d{1,5})?):)(?=[^\s"'<>])`;
/** Workspace and slug, each as far as it is a name as Bitbucket allows it; what follows it in the sentence is cut off. */
const NAMES = String.raw`([\w.~-]*)[^\s"'<>?#/]*(?:\/([\w.~-]*))?`;
/** A call's path, or names; an address of the API that is no call names nothing. */
const PATH = String.raw`(?:2\.0\/([^\s"'<>?#]{0,500})|(?<!api\.bitbucket\.org(?::\d{1,5})?\/)${NAMES}|)[^\s"'<>]*`;
const ADDRESS = new RegExp(`bitbucket\\.org${BEFORE}${SEPARATOR}${PATH}`, 'gi');
const REPOSITORY_CALL = new RegExp(`^repositories/${NAMES}`);
const WORKSPACE_CALL = new RegExp(`^(?:[^/]*/)??workspaces/${NAMES}`);
const EMAIL_CALL = /^(?:workspaces|users|teams)\/([\w.+'-]+@[\w.-]+)/;
/** Pages of bitbucket.org that stand where a workspace would. */
const NO_WORKSPACE = ['account', 'blog', 'product', 'site', 'workspaces'];

/** Finds every address on Bitbucket Cloud in a text, in its order: `https://user:secret@bitbucket.org/ws/slug.git`, its ssh and scp forms, and REST calls. */
export function findMentions(text: string): Mention[] {
  const found: Mention[] = [];
  ADDRESS.lastIndex = 0;
  for (let match = ADDRESS.exec(text); match !== null; match = ADDRESS.exec(text)) {
    const [, name, call, workspace, slug] = match;
    const user = name === undefined ? undefined : safe(decoded(name));
    found.push(call === undefined ? mention(match.index, undefined, workspace, slug, user) : callMention(match.index, decoded(withoutEnd(call)), user));
  }
  return found;
}

/** The email that stands in a path where Bitbucket expects the name of a workspace, a user or a team. */
export function emailIn(call: string): string | undefined {
  return EMAIL_CALL.exec(call)?.[1];
}

/** No word of the path is told unless it has its place in a documented call. */
function callMention(at: number, call: string, user: string | undefined): Mention {
  const email = emailIn(call);
  if (email !== undefined) return mention(at, call, undefined, undefined, safe(email));
  const repository = REPOSITORY_CALL.exec(call);
  if (repository !== null) return mention(at, call, repository[1], repository[2], user);
  return mention(at, call, WORKSPACE_CALL.exec(call)?.[1], undefined, user);
}

function mention(at: number, call: string | undefined, first: string | undefined, second: string | undefined, user: string | undefined): Mention {
  const workspace = nameOf(first);
  if (workspace === undefined || NO_WORKSPACE.includes(workspace)) return { at, call, workspace: undefined, slug: undefined, user };
  return { at, call, workspace, slug: withoutGit(nameOf(second)), user };
}

/** A name without the full stop of the sentence; undefined for none and for a secret. */
function nameOf(part = ''): string | undefined {
  const name = part.endsWith('.') ? withoutEnd(part) : part;
  return name === '' || looksSecret(name) ? undefined : name;
}

function withoutGit(slug: string | undefined): string | undefined {
  return slug?.slice(-4).toLowerCase() === '.git' ? slug.slice(0, -4) || undefined : slug;
}

function safe(name: string): string {
  return looksSecret(name) ? HIDDEN : name;
}

/** Marks that close a sentence or a bracket are no part of an address. */
function withoutEnd(text: string): string {
  return text.replace(/[.,:;)\]}]+$/, '');
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
