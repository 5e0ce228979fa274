import { stringify } from 'yaml';
import type { Assignment } from './config.ts';
import { matchesGlob } from './glob.ts';
import type { InventoryItem } from './inventory.ts';
import { matchesRepository } from './selection.ts';

/** The first rule whose keys all match the object; undefined when none does: an unmatched object is reported, never guessed. */
export function assignToken(rules: readonly Assignment[], item: InventoryItem): Assignment | undefined {
  return rules.find((rule) => matchesRule(rule, item));
}

/** The line to add under `assign` for an object that no rule matches. TOKEN stands for a name under `tokens`. */
export function suggestAssignment(item: InventoryItem): string {
  return `- ${stringify({ ...narrowestKey(item), token: 'TOKEN' }, { collectionStyle: 'flow', lineWidth: 0 }).trim()}`;
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

/** Tokens are most often made per workspace; a shared credential belongs to none. */
function narrowestKey(item: InventoryItem): Omit<Assignment, 'token'> {
  if (item.object === 'shared-credential') return { sharedCredential: item.name };
  if (item.workspace !== undefined) return { workspace: item.workspace };
  return item.project === undefined ? { repository: item.name } : { project: item.project };
}
