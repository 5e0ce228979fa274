import type { Mention } from './mentions.ts';

/** Git's words for a refused user name and secret. */
export const GIT_REFUSAL = 'Authentication failed';

/**
 * Git's words, and an address without anything unusual in it: no port, no email, and no capitals, so that no name in it can be a secret. It is looked for
 * together with the marks of the known failures, and holds the only groups among them: where a server polls repositories that it may not read, nearly
 * every record is this one, and has been read as soon as it is found.
 */
export const PLAIN_REFUSAL = String.raw`${GIT_REFUSAL} for 'https:\/\/(?:([a-z\d_-]+)@)?bitbucket\.org\/(?!(?:account|blog|product|site|workspaces)\/)([a-z\d_-]+)\/([a-z\d_-]+?)(?:\.git)?\/?'`;

/**
 * The repository that git's plainest sentence names on the first line of a record that holds no other mark; whatever differs from it is left to the table
 * of known failures.
 */
export function plainRefusal(record: string, marks: readonly RegExpExecArray[]): Pick<Mention, 'workspace' | 'slug' | 'user'> | undefined {
  const [mark, other] = marks;
  if (mark === undefined || other !== undefined) return undefined;
  const [words, user, workspace, slug] = mark;
  if (workspace === undefined || !onFirstLine(record, words)) return undefined;
  return { user, workspace, slug };
}

function onFirstLine(record: string, words: string): boolean {
  const line = record.indexOf('\n');
  return line < 0 || line === record.length - 1 || record.indexOf(words) < line;
}
