import type { InventoryItem } from '../core/inventory.ts';
import { BITBUCKET_CLOUD_MODULE, type Place } from '../core/model.ts';
import type { NotChanged } from '../core/plan-file.ts';
import type { SourceReading } from '../core/source-reading.ts';
import type { ColumnFinder } from './column-finder.ts';
import type { CsvRow } from './csv-rows.ts';
import { toBoolean } from './record.ts';

/** The columns of both queries that Atlassian published, by which their result is known [D]. */
export const PUBLISHED_COLUMNS = ['name', 'is_global', 'repo_type', 'marked_for_deletion', 'full_key', 'project_key'] as const;

const NOTES = [
  'from the query that Atlassian published, which tells neither id, user name, workspace nor shared credential',
  'deployment environments that use it are not counted',
];

/** One repository, with all the plans that its rows name. */
interface Folded {
  readonly place: Place;
  readonly why: string | undefined;
  readonly plans: Set<string>;
}

/** Folds the rows of a published query: a linked repository comes once for each plan that uses it [D]. */
export class PublishedRows {
  readonly #columns: ColumnFinder;
  readonly #found = new Map<string, Folded>();
  readonly #unread: { what: string; why: string }[] = [];

  constructor(columns: ColumnFinder) {
    this.#columns = columns;
  }

  add({ fields, number }: CsvRow): void {
    const text = (name: string) => this.#columns.text(fields, name);
    const type = text('repo_type').replace(/^com\.atlassian\.bamboo\.plugins\./, '');
    if (!BITBUCKET_CLOUD_MODULE.endsWith(`.${type}`) && type !== '') return;
    const isGlobal = toBoolean(text('is_global'));
    if (isGlobal === null || text('name') === '') {
      this.#unread.push({ what: `row ${number}`, why: isGlobal === null ? 'its column is_global holds neither true nor false' : 'it has no name' });
      return;
    }
    const place = placeOf({ name: text('name'), isGlobal, project: text('project_key'), plan: text('full_key') });
    const folded = this.#found.get(place.id) ?? { place, why: whyApart(place, toBoolean(text('marked_for_deletion')) === true), plans: new Set<string>() };
    if (text('full_key') !== '') folded.plans.add(text('full_key'));
    this.#found.set(place.id, folded);
  }

  finish(): SourceReading {
    const all = [...this.#found.values()];
    const apart = all.flatMap(({ place, why }): NotChanged[] => (why === undefined ? [] : [{ ...place, why }]));
    return {
      source: 'file',
      depth: 'published-query',
      items: all.filter(({ why }) => why === undefined).map(toItem),
      unread: this.#unread,
      apart,
      specsBoundPlans: null,
      credentialUsers: [],
      unknownKeys: [],
      warnings: [],
    };
  }
}

/** IS_GLOBAL true = global; false with PROJECT_KEY = project; false with FULL_KEY = plan [D]. The rows hold no id: their place makes one. */
function placeOf({ name, isGlobal, project, plan }: { name: string; isGlobal: boolean; project: string; plan: string }): Place {
  const owner = isGlobal ? '' : project || plan;
  const id = `published:${isGlobal ? 'global' : project === '' ? 'plan' : 'project'}:${owner}:${name}`;
  if (isGlobal) return { object: 'repository', id, level: 'global', name };
  if (project !== '') return { object: 'repository', id, level: 'project', project, name };
  return plan === '' ? { object: 'repository', id, level: 'plan', name } : { object: 'repository', id, level: 'plan', project: projectOf(plan), plan, name };
}

function whyApart(place: Place, marked: boolean): string | undefined {
  if (marked) return 'marked for deletion';
  return place.level === 'plan' && place.plan === undefined ? 'no plan uses it, or its only plan is deleted' : undefined;
}

function toItem({ place, plans }: Folded): InventoryItem {
  const projects = [...new Set([...plans].map(projectOf))].sort();
  return {
    ...place,
    kind: 'bitbucket-cloud',
    credential: { kind: 'unknown' },
    usedBy: { plans: plans.size, environments: 0, projects, inaccessiblePlans: 0, inaccessibleEnvironments: 0 },
    specsBound: null,
    sources: ['file'],
    notes: [...NOTES],
  };
}

function projectOf(plan: string): string {
  return plan.split('-')[0] ?? '';
}
