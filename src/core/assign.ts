import { stringify } from 'yaml';
import type { Assignment } from './config.ts';
import { matchesGlob } from './glob.ts';
import type { InventoryItem } from './inventory.ts';
import { matchesRepository } from './selection.ts';

/** The token of a shared credential, by the rules that speak of it or of its users. */
export type SharedAssignment =
  | { readonly kind: 'assigned'; readonly token: string; readonly acceptUsers: boolean }
  | { readonly kind: 'unmatched' }
  /** Token name -> the users to which the rules give it. */
  | { readonly kind: 'different'; readonly users: ReadonlyMap<string, readonly InventoryItem[]> };

/** The first rule whose keys all match the object; undefined when none does: an unmatched object is reported, never guessed. */
export function assignToken(rules: readonly Assignment[], item: InventoryItem): Assignment | undefined {
  return rules.find((rule) => matchesRule(rule, item));
}

/**
 * One secret serves all users of a shared credential, so their own rules must not give them different tokens;
 * only a rule that names the credential stands above them. The workspace counts where all users agree on it.
 */
export function assignShared(rules: readonly Assignment[], credential: InventoryItem, users: readonly InventoryItem[]): SharedAssignment {
  const own = assignToken(rules, { ...credential, ...agreedWorkspace(users) });
  if (own?.sharedCredential !== undefined) return assigned([own]);
  const theirs = users.map((user) => ({ user, rule: assignToken(rules, withUsername(user, credential)) }));
  const byToken = new Map<string, InventoryItem[]>();
  for (const { user, rule } of theirs) {
    if (rule === undefined) continue;
    const known = byToken.get(rule.token);
    if (known === undefined) byToken.set(rule.token, [user]);
    else known.push(user);
  }
  if (byToken.size > 1) return { kind: 'different', users: byToken };
  if (own !== undefined) return assigned([own]);
  const found = theirs.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  return found.length < theirs.length ? { kind: 'unmatched' } : assigned(found);
}

/** The line to add under `assign` for an object that no rule matches. TOKEN stands for a name under `tokens`. */
export function suggestAssignment(item: InventoryItem): string {
  return `- ${stringify({ ...narrowestKey(item), token: 'TOKEN' }, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`;
}

/** Several rules that give the same token accept all users only where each of them says so. */
function assigned(rules: readonly Assignment[]): SharedAssignment {
  const token = rules[0]?.token;
  return token === undefined ? { kind: 'unmatched' } : { kind: 'assigned', token, acceptUsers: rules.every((rule) => rule.acceptUsers === true) };
}

function agreedWorkspace(users: readonly InventoryItem[]): { readonly workspace?: string } {
  const [first] = users;
  const agree = users.every(({ workspace }) => workspace?.toLowerCase() === first?.workspace?.toLowerCase());
  return first?.workspace === undefined || !agree ? {} : { workspace: first.workspace };
}

/** What a user has for a user name is that of the credential. */
function withUsername(user: InventoryItem, { credential }: InventoryItem): InventoryItem {
  return credential.username === undefined ? user : { ...user, credential: { ...user.credential, username: credential.username } };
}

function matchesRule(rule: Assignment, item: InventoryItem): boolean {
  return (
    (rule.project === undefined || matchesGlob(rule.project, item.project, 'key')) &&
    (rule.plan === undefined || matchesGlob(rule.plan, item.plan, 'key')) &&
    (rule.level === undefined || rule.level === item.level) &&
    (rule.workspace === undefined || matchesGlob(rule.workspace, item.workspace, 'key')) &&
    (rule.repository === undefined || (item.object === 'repository' && matchesRepository([rule.repository], item))) &&
    (rule.username === undefined || matchesGlob(rule.username, item.credential.username, 'name')) &&
    (rule.sharedCredential === undefined || matchesGlob(rule.sharedCredential, sharedCredentialOf(item), 'name'))
  );
}

function sharedCredentialOf(item: InventoryItem): string | undefined {
  return item.object === 'shared-credential' ? item.name : item.credential.shared?.name;
}

/** Tokens are most often made per workspace; a shared credential belongs to none, and only its project tells it from another of its name. */
function narrowestKey(item: InventoryItem): Omit<Assignment, 'token'> {
  if (item.object === 'shared-credential') return { sharedCredential: item.name, ...(item.project === undefined ? {} : { project: item.project }) };
  if (item.workspace !== undefined) return { workspace: item.workspace };
  return item.project === undefined ? { repository: item.name } : { project: item.project };
}
