import { looksSecret } from './looks-secret.ts';
import { ownCopy } from './own-copy.ts';

/** What stands in the place of a user name that is a secret. */
export const HIDDEN = '[secret]';

/** An address on Bitbucket Cloud that a log record names. A secret in it is never taken along. */
export interface Mention {
  /** Where in the text it begins. */
  readonly at: number;
  /** Path of a REST call below `/2.0/`, without its query; undefined for a repository's own address. */
  readonly call?: string;
  readonly workspace?: string;
  readonly slug?: string;
  readonly user?: string;
}

/** The host; what stands before it without a break (longer, it is no user name and secret), what separates it from its path, the path, and the query. */
const HOST = /bitbucket\.org(?<=([^\s"'<>]{0,600})bitbucket\.org)(?::\d{1,5})?([/:])(?=[^\s"'<>])([^\s"'<>?#]{0,500})([^\s"'<>]{0,500})/gi;
/** Only after the first scheme: what looks like a second one stands inside a secret. */
const USER_INFO = /^(?:(?!:\/\/).)*(?:https?|ssh|git):\/\/([^:/]+)(?::[^/]*)?@/i;
const SUBDOMAINS = /(?:[\w-]+\.)*$/;
/** Pages of bitbucket.org that stand where a workspace would. */
const NO_WORKSPACE = new Set(['account', 'blog', 'product', 'site', 'workspaces']);
const EMAIL_CALL = /^(?:workspaces|users|teams)\/([\w.+'-]+@[\w.-]+)/;

/** What an address says, wherever it stands. */
type Address = Omit<Mention, 'at'>;
const MOST_KNOWN = 2_000;
/** In so short an address only one host can stand. */
const LONGEST_KNOWN = 300;

/**
 * Makes the function that finds every address on Bitbucket Cloud in a text, in its order: `https://user:secret@bitbucket.org/ws/slug.git`, its ssh and scp
 * forms, and REST calls. Logs name the same few again and again, so what each says is found out once.
 */
export function createMentionFinder(): (text: string) => Mention[] {
  const known = new Map<string, Address | 'other host'>();
  const addressOf = (whole: string, before: string, separator: string, path: string): Address | 'other host' => {
    const found = known.get(whole);
    if (found !== undefined) return found;
    const address = isOtherHost(before, separator) ? 'other host' : mentioned(ownCopy(before), ownCopy(path));
    if (known.size >= MOST_KNOWN) known.clear();
    if (whole.length <= LONGEST_KNOWN) known.set(ownCopy(whole), address);
    return address;
  };
  return (text) => {
    const found: Mention[] = [];
    HOST.lastIndex = 0;
    for (let match = HOST.exec(text); match !== null; match = HOST.exec(text)) {
      const [all, before = '', separator = '', path = '', query = ''] = match;
      const at = match.index - before.length;
      const address = addressOf(text.slice(at, match.index + all.length - query.length), before, separator, path);
      if (address !== 'other host') found.push({ at, ...address });
    }
    return found;
  };
}

/** `notbitbucket.org` is somebody else's; and only scp's form, `git@bitbucket.org:ws/slug`, has a colon before a path. */
function isOtherHost(before: string, separator: string): boolean {
  return /[\w.-]$/.test(before.replace(SUBDOMAINS, '')) || (separator === ':' && !before.endsWith('@'));
}

function mentioned(before: string, path: string): Address {
  const user = userOf(before);
  const call = /^2\.0\/(.*)/.exec(path)?.[1];
  if (call !== undefined) return inCall(decoded(withoutEnd(call)), user);
  return { ...(/api\.$/i.test(before) ? {} : repository(path.split('/', 2))), ...named(user) };
}

/** The email that stands in a path where Bitbucket expects the name of a workspace, a user or a team. */
export function emailIn(call: string): string | undefined {
  return EMAIL_CALL.exec(call)?.[1];
}

function inCall(call: string, user: string | undefined): Address {
  const parts = call.split('/');
  const email = emailIn(call);
  // No word of the path is told unless it has its place in a documented call.
  if (email !== undefined) return { call, ...named(safe(email)) };
  if (parts[0] === 'repositories') return { call, ...repository(parts.slice(1)), ...named(user) };
  const workspace = parts[0] === 'workspaces' ? parts[1] : parts[1] === 'workspaces' ? parts[2] : undefined;
  return { call, ...repository([workspace ?? '']), ...named(user) };
}

function repository([first = '', second = '']: readonly string[]): Pick<Mention, 'workspace' | 'slug'> {
  const workspace = segment(first);
  if (workspace === '' || NO_WORKSPACE.has(workspace)) return {};
  const slug = segment(second).replace(/\.git$/i, '');
  return slug === '' ? { workspace } : { workspace, slug };
}

/** A name as Bitbucket allows it; what follows it in the sentence is cut off. */
function segment(part: string): string {
  const name = withoutEnd(/^[\w.~-]*/.exec(part)?.[0] ?? '');
  return looksSecret(name) ? '' : name;
}

/** In `https://user:secret@` and `https://user@` alike the name stands first; an email may come with its bare `@`. Without the scheme it may be the end of a secret. */
function userOf(before: string): string | undefined {
  const name = decoded(USER_INFO.exec(before)?.[1] ?? '');
  return name === '' ? undefined : safe(name);
}

function safe(name: string): string {
  return looksSecret(name) ? HIDDEN : name;
}

function named(user: string | undefined): Pick<Mention, 'user'> {
  return user === undefined ? {} : { user };
}

/** Marks that close a sentence or a bracket are no part of an address. */
function withoutEnd(text: string): string {
  return text.replace(/[.,:;)\]}]+$/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
