import { GIT_REFUSAL } from './known-failures.ts';
import type { Mention } from './mentions.ts';

/** Git's words, and an address without anything unusual in it: no port, no email, and no capitals, so that no name in it can be a secret. */
const REFUSAL =
  /Authentication failed for 'https:\/\/(?:([a-z\d_-]+)@)?bitbucket\.org\/(?!(?:account|blog|product|site|workspaces)\/)([a-z\d_-]+)\/([a-z\d_-]+)(?:\.git)?\/?'/y;

/**
 * The repository that git's plainest sentence names on the first line of a record that holds no other mark. Where a server polls repositories that it may
 * not read, nearly every record is this one, so it is read in one look; whatever differs from it is left to the table of known failures.
 */
export function plainRefusal(record: string, marks: readonly string[]): Pick<Mention, 'workspace' | 'slug' | 'user'> | undefined {
  if (marks.length !== 1 || marks[0] !== GIT_REFUSAL) return undefined;
  const at = record.indexOf(GIT_REFUSAL);
  const line = record.indexOf('\n');
  if (line >= 0 && line < at) return undefined;
  REFUSAL.lastIndex = at;
  const match = REFUSAL.exec(record);
  return match === null ? undefined : { user: match[1], workspace: match[2], slug: match[3] };
}
