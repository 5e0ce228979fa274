import type { InventoryItem, Unread } from '../core/inventory.ts';
import { GIT_MODULE } from '../core/model.ts';
import { comparePlaces } from '../core/order.ts';
import type { NotChanged } from '../core/plan-file.ts';
import type { SourceReading } from '../core/source-reading.ts';
import { markedRow, type Ownership, overrideOwner, ownerOf, usageOf } from './ownership.ts';
import type { PlanUses, Users } from './plan-uses.ts';
import type { RepositoryRecord } from './record.ts';
import type { Contents } from './repository-contents.ts';
import type { SharedCredentials } from './shared-credentials.ts';

/** A row of VCS_LOCATION and what its definition said. */
export interface FoundRepository {
  readonly row: RepositoryRecord;
  readonly contents: Contents;
}

/** Everything that was gathered. */
export interface GatheredParts {
  readonly repositories: Map<string, FoundRepository>;
  readonly uses: PlanUses;
  readonly credentials: SharedCredentials;
  readonly source: SourceReading['source'];
}

type Repository = Extract<Contents, { kind: 'repository' }>;

/** Joins what was gathered into items, rows apart and what could not be read. */
export function settle(parts: GatheredParts): Pick<SourceReading, 'items' | 'unread' | 'apart' | 'credentialUsers'> {
  const settling = new Settling(parts);
  for (const id of [...parts.repositories.keys()]) settling.take(id);
  return settling.result();
}

class Settling {
  readonly #parts: GatheredParts;
  /** One list for all items: there may be 100,000. */
  readonly #sources: string[];
  readonly #children = new Map<string, string[]>();
  readonly #items: InventoryItem[] = [];
  readonly #unread: Unread[] = [];
  readonly #apart: NotChanged[] = [];

  constructor(parts: GatheredParts) {
    this.#parts = parts;
    this.#sources = [parts.source];
    for (const { row } of parts.repositories.values()) {
      if (row.parentId === '') continue;
      const siblings = this.#children.get(row.parentId);
      if (siblings === undefined) this.#children.set(row.parentId, [row.id]);
      else siblings.push(row.id);
    }
  }

  take(id: string): void {
    const found = this.#parts.repositories.get(id);
    if (found === undefined) return;
    const { row, contents } = found;
    if (contents.kind === 'unreadable' && !row.marked) this.#miss(row, contents.why);
    else if (contents.kind === 'elsewhere') this.#foreign(row, contents);
    else this.#place(row, contents);
    // What is settled is let go, unless an override below it may still ask.
    if (!this.#children.has(id)) this.#parts.repositories.delete(id);
  }

  result(): Pick<SourceReading, 'items' | 'unread' | 'apart' | 'credentialUsers'> {
    const shared = this.#parts.credentials.items(this.#parts.source);
    return {
      items: this.#items.concat(shared.items),
      unread: [...this.#unread, ...shared.unread],
      apart: this.#apart.sort(comparePlaces),
      credentialUsers: [...this.#parts.credentials.users()].map(({ credential, name, kind }) => ({ credential, name, kind })),
    };
  }

  /** A child row normally holds no credential: it is told only where it does [D, I]. */
  #place(row: RepositoryRecord, contents: Exclude<Contents, { kind: 'elsewhere' }>): void {
    if (row.parentId !== '' && (contents.kind === 'unreadable' || !contents.holdsOwn)) return;
    const owner = row.marked ? markedRow(row, this.#parts.uses.usersOf(row.id)) : this.#ownerOf(row);
    if (owner.kind === 'unreadable') this.#miss(row, owner.why);
    else if (owner.kind === 'apart') this.#apart.push({ ...owner.place, why: owner.why });
    else if (contents.kind === 'repository') this.#items.push(this.#item(row, contents, owner));
  }

  #ownerOf(row: RepositoryRecord): Ownership {
    const { uses } = this.#parts;
    const users = uses.usersOf(row.id);
    return row.parentId === '' ? ownerOf(row, users) : overrideOwner(row, users, uses.usersOf(row.parentId));
  }

  #item(row: RepositoryRecord, contents: Repository, { place, specsBound, notes }: Extract<Ownership, { kind: 'owned' }>): InventoryItem {
    const { credentials } = this.#parts;
    const kind = kindOf(row);
    const users = this.#usersBelow(row.id);
    const plans = place.level === 'branch' ? users.branches : users.plans;
    const credential = credentials.named(contents.credential);
    credentials.use(credential, { name: row.name, kind, plans });
    const parent = this.#parts.repositories.get(row.parentId)?.contents;
    const { workspace, slug } = contents.workspace === undefined && parent?.kind === 'repository' ? parent : contents;
    const { object, id, level, name } = place;
    // One shape for all, and what is optional afterwards: spreading parts together takes ten times the memory.
    const item: InventoryItem = {
      object,
      id,
      level,
      name,
      kind,
      credential,
      usedBy: usageOf(plans),
      specsBound,
      sources: this.#sources,
      notes: contents.notes,
    };
    if (place.project !== undefined) item.project = place.project;
    if (place.plan !== undefined) item.plan = place.plan;
    if (workspace !== undefined) item.workspace = workspace;
    if (slug !== undefined) item.slug = slug;
    if (contents.checkout !== undefined) item.checkout = credentials.named(contents.checkout);
    if (notes.length > 0) item.notes = [...notes, ...contents.notes];
    return item;
  }

  /** A repository on another host matters only as a user of a shared credential. */
  #foreign(row: RepositoryRecord, { credential }: Extract<Contents, { kind: 'elsewhere' }>): void {
    if (row.marked) return;
    const { credentials } = this.#parts;
    credentials.use(credentials.named(credential), { name: row.name, kind: 'elsewhere', plans: this.#usersBelow(row.id).plans });
  }

  /** Users of a row and of the overrides below it: a plan that uses a repository by an override of its own stands on it as well. */
  #usersBelow(id: string): Users {
    if (!this.#children.has(id)) return this.#parts.uses.usersOf(id);
    const ids = [id];
    for (const each of ids) ids.push(...(this.#children.get(each) ?? []).filter((child) => !ids.includes(child)));
    return this.#parts.uses.usersOfAny(ids);
  }

  #miss({ name, id }: RepositoryRecord, why: string): void {
    this.#unread.push({ what: `repository "${name}" (id ${id})`, why });
  }
}

function kindOf(row: RepositoryRecord): 'bitbucket-cloud' | 'git' {
  return row.pluginKey === GIT_MODULE ? 'git' : 'bitbucket-cloud';
}
