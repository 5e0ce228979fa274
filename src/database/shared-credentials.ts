import type { InventoryItem, Unread } from '../core/inventory.ts';
import type { Credential } from '../core/model.ts';
import { inferCredential } from '../core/sides.ts';
import { credentialUsername, PASSWORD_CREDENTIALS } from './credential-contents.ts';
import { DefinitionReader } from './definition.ts';
import { usageOf } from './ownership.ts';
import type { PlanUse } from './plan-uses.ts';
import type { CredentialRecord } from './record.ts';

/** A repository that uses a shared credential, and the plans that stand on it. */
export interface SharedUse {
  readonly name: string;
  readonly kind: 'bitbucket-cloud' | 'git' | 'elsewhere';
  readonly plans: readonly PlanUse[];
}

type CredentialRow = CredentialRecord & { readonly username: { readonly username: string } | { readonly why: string } };

/** The shared credentials of the server: their names, and those that hold a user name and a password. */
export class SharedCredentials {
  readonly #reader = new DefinitionReader(true);
  readonly #rows = new Map<string, CredentialRow>();
  readonly #idsByOid = new Map<string, string>();
  readonly #uses = new Map<string, SharedUse[]>();

  add(row: CredentialRecord, definition: string): void {
    const username = row.pluginKey === PASSWORD_CREDENTIALS ? credentialUsername(this.#reader, definition) : { why: 'it is of another type' };
    this.#rows.set(row.id, { ...row, username });
    if (row.oid !== '') this.#idsByOid.set(row.oid, row.id);
  }

  /** Puts the name of the shared credential into a slot that refers to one, by id or by oid. */
  named(slot: Credential): Credential {
    if (slot.shared === undefined) return slot;
    const id = this.#rows.has(slot.shared.id) ? slot.shared.id : (this.#idsByOid.get(slot.shared.id) ?? slot.shared.id);
    return { ...slot, shared: { id, name: this.#rows.get(id)?.name ?? `shared credential ${id}` } };
  }

  /** Notes that a repository uses a shared credential; `slot` has gone through {@link named}. */
  use(slot: Credential, use: SharedUse): void {
    if (slot.shared === undefined) return;
    const uses = this.#uses.get(slot.shared.id);
    if (uses === undefined) this.#uses.set(slot.shared.id, [use]);
    else uses.push(use);
  }

  /** Who uses which credential, in the order met. */
  *users(): Generator<{ readonly credential: string } & SharedUse> {
    for (const [credential, uses] of this.#uses) for (const use of uses) yield { credential, ...use };
  }

  items(source: string): { readonly items: InventoryItem[]; readonly unread: Unread[] } {
    const items: InventoryItem[] = [];
    const unread: Unread[] = [];
    for (const row of this.#rows.values()) {
      if (row.pluginKey !== PASSWORD_CREDENTIALS) continue;
      if ('why' in row.username) unread.push({ what: `shared credential "${row.name}" (id ${row.id})`, why: row.username.why });
      else if (row.projectId !== '' && row.projectKey === '')
        unread.push({ what: `shared credential "${row.name}" (id ${row.id})`, why: `its project (id ${row.projectId}) is not in the table PROJECT` });
      else items.push(this.#item(row, row.username.username, source));
    }
    return { items, unread };
  }

  #item({ id, name, oid, projectKey }: CredentialRow, username: string, source: string): InventoryItem {
    const uses = this.#uses.get(id) ?? [];
    const plans = [...new Set(uses.flatMap((use) => use.plans))];
    const elsewhere = uses.filter((use) => use.kind === 'elsewhere').map((use) => `"${use.name}"`);
    return {
      object: 'shared-credential',
      id,
      ...(projectKey === '' ? { level: 'global' } : { level: 'project', project: projectKey }),
      name,
      ...(oid === '' ? {} : { oid }),
      kind: 'credentials',
      credential: inferCredential('credentials', username),
      usedBy: { ...usageOf(plans), repositories: uses.length },
      specsBound: false,
      sources: [source],
      notes: [
        'tasks and deployment environments that use it are not counted: their tables are not known',
        ...(elsewhere.length === 0 ? [] : [`also used by repositories on other hosts: ${elsewhere.sort().join(', ')}`]),
      ],
    };
  }
}
