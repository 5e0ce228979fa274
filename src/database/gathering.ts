import { assertNever } from '../core/assert-never.ts';
import type { Unread } from '../core/inventory.ts';
import type { SourceReading } from '../core/source-reading.ts';
import { readContents } from './contents.ts';
import { DefinitionReader } from './definition.ts';
import { PlanUses } from './plan-uses.ts';
import { definitionOf, type RepositoryRecord, type Row, readRecord } from './record.ts';
import type { ContentsTools } from './repository-contents.ts';
import { type FoundRepository, settle } from './settle.ts';
import { SharedCredentials } from './shared-credentials.ts';
import { Kept } from './slot.ts';

/** Takes rows in any order, keeps of each what an inventory needs, and makes the reading of it at the end. */
export class Gathering {
  readonly #source: SourceReading['source'];
  readonly #tools: ContentsTools;
  readonly #repositories = new Map<string, FoundRepository>();
  readonly #uses = new PlanUses();
  readonly #credentials = new SharedCredentials();
  readonly #unread: Unread[] = [];

  /** @param git address of Bitbucket Cloud's git server */
  constructor(source: SourceReading['source'], git: string) {
    this.#source = source;
    this.#tools = { reader: new DefinitionReader(false), git, unknownKeys: new Set(), kept: new Kept() };
  }

  /** @param where names the row to a person, such as "line 7" */
  add(row: Row, where: string): void {
    const record = readRecord(row);
    if (record === undefined) return this.miss(where, 'it names no kind of record, or has no id');
    switch (record.record) {
      case 'repository':
        this.#keep(record, definitionOf(row));
        break;
      case 'use':
        this.#uses.add(record);
        break;
      case 'credential':
        this.#credentials.add(record, definitionOf(row));
        break;
      default:
        assertNever(record);
    }
  }

  /** Notes something that could not be read. */
  miss(what: string, why: string): void {
    this.#unread.push({ what, why });
  }

  finish(warnings: readonly string[]): SourceReading {
    const parts = { repositories: this.#repositories, uses: this.#uses, credentials: this.#credentials, source: this.#source };
    const settled = settle(parts);
    return {
      source: this.#source,
      depth: 'tables',
      ...settled,
      unknownKeys: [...new Set([...this.#tools.unknownKeys].map(showable))].sort(),
      unread: [...this.#unread, ...settled.unread],
      specsBoundPlans: this.#uses.specsBound(),
      warnings: ['deployment environments that use a repository are not counted: their tables are not known', ...warnings],
    };
  }

  /** The definition is read at once and not kept: 100,000 of them would not fit. */
  #keep(row: RepositoryRecord, definition: string): void {
    const contents = readContents(this.#tools, row.pluginKey, definition);
    if (contents !== undefined) this.#repositories.set(row.id, { row, contents });
  }
}

/** A key comes from the database too: what does not look like one may be a value that slipped into its place. */
function showable(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+){0,8}$/.test(key) && key.length <= 80 ? key : '(a name that is not shown)';
}
