import type { SourceReading } from './source-reading.ts';

/** Which sources an inventory was made from. */
export interface SourcesUsed {
  readonly http: boolean;
  readonly other?: Pick<SourceReading, 'source' | 'depth'>;
}

/** What another source would add to this inventory. */
export function moreSources({ http, other }: SourcesUsed): string[] {
  const lines: string[] = [];
  if (other === undefined)
    lines.push(
      'bamboo.database.url, or bamboo.inventoryFile with the result of "bamboo-rekey inventory --print-sql", would add: what this account may not see, repositories marked for deletion, the legacy layout, and which plans are bound to Repository Stored Specs',
    );
  if (other?.depth === 'published-query')
    lines.push(
      'the SELECT of "bamboo-rekey inventory --print-sql" would add to the published query: ids, user names, shared credentials, Git-type repositories, overrides of plan branches, and rows that it drops',
    );
  if (other?.depth === 'inventory')
    lines.push(
      'the database itself, or the SELECT of "bamboo-rekey inventory --print-sql", would add what changed since the inventory was written, and repositories marked for deletion',
    );
  if (!http) lines.push('a login to Bamboo (bamboo.login) would add: whether each edit form can be changed, deployment environments, and a plan');
  return lines;
}
