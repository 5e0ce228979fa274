import type { InventoryItem, Unread } from '../core/inventory.ts';
import { GIT_MODULE } from '../core/model.ts';
import { comparePlaces } from '../core/order.ts';
import type { NotChanged } from '../core/plan-file.ts';
import type { SourceReading } from '../core/source-reading.ts';
import type { Contents } from './contents.ts';
import { markedRow, type Ownership, overrideOwner, ownerOf, usageOf } from './ownership.ts';
import type { PlanUses } from './plan-uses.ts';
import type { RepositoryRecord } from './record.ts';
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
export function settle(parts: GatheredParts): Pick<SourceReading, 'items' | 'unread' | 'apart' | 'unknownKeys' | 'credentialUsers'> {
  const settling = new Settling(parts);
  for (const id of [...parts.repositories.keys()]) settling.take(id);
  return settling.result();
}

class Settling {
  readonly #parts: GatheredParts;
  readonly #children = new Map<string, string[]>();
  readonly #items: InventoryItem[] = [];
  readonly #unread: Unread[] = [];
  readonly #apart: NotChanged[] = [];
  readonly #unknownKeys = new Set<string>();

  constructor(parts: GatheredParts) {
    this.#parts = parts;
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
  }

  result(): Pick<SourceReading, 'items' | 'unread' | 'apart' | 'unknownKeys' | 'credentialUsers'> {
    const shared = this.#parts.credentials.items(this.#parts.source);
    return {
      items: [...this.#items, ...shared.items].sort(comparePlaces),
      unread: [...this.#unread, ...shared.unread],
      apart: this.#apart.sort(comparePlaces),
      unknownKeys: [...this.#unknownKeys].sort(),
      credentialUsers: [...this.#parts.credentials.users()].map(({ credential, name, kind }) => ({ credential, name, kind })),
    };
  }

  /** A child row normally holds no credential: it is told only where it does [D, I]. */
  #place(row: RepositoryRecord, contents: Exclude<Contents, { kind: 'elsewhere' }>): void {
    if (row.parentId !== '' && (contents.kind === 'unreadable' || !contents.holdsOwn)) return;
    const owner = row.marked ? markedRow(row, this.#parts.uses.usersOf([row.id])) : this.#ownerOf(row);
    if (owner.kind === 'unreadable') this.#miss(row, owner.why);
    else if (owner.kind === 'apart') this.#apart.push({ ...owner.place, why: owner.why });
    else if (contents.kind === 'repository') this.#items.push(this.#item(row, contents, owner));
  }

  #ownerOf(row: RepositoryRecord): Ownership {
    const { uses } = this.#parts;
    const users = uses.usersOf([row.id]);
    return row.parentId === '' ? ownerOf(row, users) : overrideOwner(row, users, uses.usersOf([row.parentId]));
  }

  #item(row: RepositoryRecord, contents: Repository, { place, specsBound, notes }: Extract<Ownership, { kind: 'owned' }>): InventoryItem {
    const { credentials, uses, source } = this.#parts;
    const kind = kindOf(row);
    const users = uses.usersOf(this.#family(row.id));
    const plans = place.level === 'branch' ? users.branches : users.plans;
    const credential = credentials.named(contents.credential);
    credentials.use(credential, { name: row.name, kind, plans });
    for (const key of contents.unknownKeys) this.#unknownKeys.add(showable(key));
    const parent = this.#parts.repositories.get(row.parentId)?.contents;
    const { workspace, slug } = contents.workspace === undefined && parent?.kind === 'repository' ? parent : contents;
    return {
      ...place,
      kind,
      ...(workspace === undefined || slug === undefined ? {} : { workspace, slug }),
      credential,
      ...(contents.checkout === undefined ? {} : { checkout: credentials.named(contents.checkout) }),
      usedBy: usageOf(plans),
      specsBound,
      sources: [source],
      notes: [...notes, ...contents.notes],
    };
  }

  /** A repository on another host matters only as a user of a shared credential. */
  #foreign(row: RepositoryRecord, { credential }: Extract<Contents, { kind: 'elsewhere' }>): void {
    if (row.marked) return;
    const { credentials, uses } = this.#parts;
    credentials.use(credentials.named(credential), { name: row.name, kind: 'elsewhere', plans: uses.usersOf(this.#family(row.id)).plans });
  }

  /** A row with the overrides below it: a plan that uses a repository by an override of its own stands on it as well. */
  #family(id: string): string[] {
    const ids = [id];
    for (const each of ids) ids.push(...(this.#children.get(each) ?? []).filter((child) => !ids.includes(child)));
    return ids;
  }

  #miss({ name, id }: RepositoryRecord, why: string): void {
    this.#unread.push({ what: `repository "${name}" (id ${id})`, why });
  }
}

function kindOf(row: RepositoryRecord): 'bitbucket-cloud' | 'git' {
  return row.pluginKey === GIT_MODULE ? 'git' : 'bitbucket-cloud';
}

/** A key comes from the database too: what does not look like one may be a value that slipped into its place. */
function showable(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+){0,8}$/.test(key) && key.length <= 80 ? key : '(a name that is not shown)';
}
