import type { Selection } from './config.ts';
import { matchesAnyGlob } from './glob.ts';
import type { InventoryItem } from './inventory.ts';
import type { Usage } from './model.ts';
import { comparePlaces } from './order.ts';
import { placeOf } from './place.ts';
import type { NotChanged } from './plan-file.ts';

/** A repository, by what `--workspace` and `--repository` look at. */
type Located = Pick<InventoryItem, 'name' | 'workspace' | 'slug'>;

/** What a selection looks at: an inventory item or a change of a plan. A shared credential is where the repositories are that use it. */
export type Selectable = Pick<InventoryItem, 'level' | 'project' | 'name' | 'kind' | 'workspace' | 'slug'> & {
  readonly usedBy: Usage | null;
  readonly users?: readonly Located[] | undefined;
};

/** Whether the selection takes the object. Different flags are AND, the values of one flag are OR. */
export function selects(selection: Selection, item: Selectable): boolean {
  return selectsButForProject(selection, item) && (owns(selection, item) || (selection.includeUsed === true && needs(selection, item) !== 'no'));
}

/** Whether the selection leaves nothing out. */
export function selectsAll(selection: Selection): boolean {
  return [selection.project, selection.workspace, selection.level, selection.kind, selection.repository].every((values) => isOpen(values));
}

/** Linked repositories and shared credentials that a selected project merely uses: listed, and taken only with `--include-used`. */
export function alsoNeeded(selection: Selection, items: Iterable<InventoryItem & Selectable>): NotChanged[] {
  if (isOpen(selection.project) || selection.includeUsed === true) return [];
  const rows: NotChanged[] = [];
  for (const item of items) {
    const need = needs(selection, item);
    if (need === 'no' || owns(selection, item) || !selectsButForProject(selection, item)) continue;
    rows.push({
      ...placeOf(item),
      why: need === 'unknown' ? 'may be needed as well: which projects use it could not be read' : sentence(selection, item.usedBy),
    });
  }
  return rows.sort(comparePlaces);
}

function selectsButForProject(selection: Selection, item: Selectable): boolean {
  return (
    (isOpen(selection.level) || selection.level.includes(item.level)) &&
    (isOpen(selection.kind) || selection.kind.includes(item.kind)) &&
    isSomewhere(item, selection.workspace, (workspaces, { workspace }) => hasText(workspaces, workspace)) &&
    isSomewhere(item, selection.repository, matchesRepository)
  );
}

/** A shared credential is taken by its name, or where all its users are: one user more would be changed without being asked for. */
function isSomewhere(item: Selectable, wanted: readonly string[] | undefined, matches: (wanted: readonly string[], one: Located) => boolean): boolean {
  if (isOpen(wanted)) return true;
  if (item.kind !== 'credentials') return matches(wanted, item);
  const { users = [] } = item;
  return matches(wanted, { name: item.name }) || (users.length > 0 && users.every((user) => matches(wanted, user)));
}

/** Whether a glob matches the name, or the `workspace/slug` that the repository points at. */
export function matchesRepository(globs: readonly string[], item: Located): boolean {
  const address = item.workspace === undefined || item.slug === undefined ? undefined : `${item.workspace}/${item.slug}`;
  return matchesAnyGlob(globs, item.name, 'name') || matchesAnyGlob(globs, address, 'address');
}

/** The linked level belongs to no project: `--project` takes what the project owns. */
function owns(selection: Selection, item: Selectable): boolean {
  return isOpen(selection.project) || (item.level !== 'global' && hasText(selection.project, item.project));
}

function needs(selection: Selection, item: Selectable): 'yes' | 'no' | 'unknown' {
  if (isOpen(selection.project) || item.level !== 'global') return 'no';
  if (item.usedBy === null) return 'unknown';
  return item.usedBy.projects.some((project) => hasText(selection.project ?? [], project)) ? 'yes' : 'no';
}

function sentence(selection: Selection, usedBy: Usage | null): string {
  const others = (usedBy?.projects ?? []).filter((project) => !hasText(selection.project ?? [], project)).length;
  const unseen = usedBy?.inaccessiblePlans ?? 0;
  const also = unseen === 0 ? '' : `, and ${unseen} ${unseen === 1 ? 'plan' : 'plans'} that this account may not see`;
  return `also needed, serves ${others} other ${others === 1 ? 'project' : 'projects'}${also}`;
}

/** Project keys and workspaces are the same in upper and lower case. */
function hasText(wanted: readonly string[], value: string | undefined): boolean {
  return value !== undefined && wanted.some((text) => text.toLowerCase() === value.toLowerCase());
}

function isOpen<T>(values: readonly T[] | undefined): values is undefined {
  return values === undefined || values.length === 0;
}
