import { z } from 'zod';
import type { Level, Place } from '../../core/model.ts';
import type { Listed, Listing, PlanName } from '../../core/ports.ts';
import { Id } from './json.ts';
import { readPages } from './read-pages.ts';
import type { Rest } from './rest.ts';

/** Asked for in one page; a server that gives fewer is simply asked again. `max-result=1000` is used in the wild [T]. */
const PAGE_SIZE = '1000';

const Rows = z.array(z.unknown());
const Repositories = z.union([
  z.object({ searchResults: Rows }).transform((body) => body.searchResults),
  z.object({ 'search-results': Rows }).transform((body) => body['search-results']),
  z.object({ results: Rows }).transform((body) => body.results),
]);
const Projects = z.object({ projects: z.object({ project: Rows }) }).transform((body) => body.projects.project);
const Plans = z.object({ plans: z.object({ plan: Rows }) }).transform((body) => body.plans.plan);

const Text = z.string().nullish().catch(undefined);
const RepositoryRow = z.object({ id: Id, name: z.string().transform((name) => name.trim()), url: Text, location: Text });
const KeyRow = z.object({ key: z.string().min(1) });
const PlanRow = z.object({ key: z.string().regex(/^[^-\s]+-[^-\s]+/), name: Text, shortName: Text });

/** The repository address of a row; an `.action` address is a page of Bamboo's about it. */
function locationOf(row: z.infer<typeof RepositoryRow>): { location?: string } {
  const location = [row.location, row.url].find((text) => text !== undefined && text !== null && text !== '' && !/\.action([?#]|$)/.test(text));
  return typeof location === 'string' ? { location } : {};
}

function repositoryAt(level: Level, project: string | undefined, row: unknown): { id: string; entry: Listed } | undefined {
  const { data } = RepositoryRow.safeParse(row);
  if (data === undefined) return undefined;
  const place: Place = { object: 'repository', id: data.id, level, ...(project === undefined ? {} : { project }), name: data.name };
  return { id: data.id, entry: { place, ...locationOf(data) } };
}

/** `GET /repository` [P]: linked repositories of every type, in pages of the old style. */
export function readLinkedRepositories(rest: Rest, signal?: AbortSignal): Promise<Listing<Listed>> {
  return readPages({
    what: 'linked repositories',
    page: (start) => rest.get(Repositories, '/repository', { searchTerm: '', 'start-index': String(start), 'max-result': PAGE_SIZE }, signal),
    entry: (row) => repositoryAt('global', undefined, row),
  });
}

/** `GET /project/{key}/repositories` [P]: the project's own; `/repository` below it is another list. */
export function readProjectRepositories(rest: Rest, project: string, signal?: AbortSignal): Promise<Listing<Listed>> {
  return readPages({
    what: `repositories of project ${project}`,
    page: (start) => rest.get(Repositories, `/project/${encodeURIComponent(project)}/repositories`, { start: String(start), limit: PAGE_SIZE }, signal),
    entry: (row) => repositoryAt('project', project, row),
  });
}

/** `GET /project` [P]; empty projects can own repositories, too. */
export function readProjects(rest: Rest, signal?: AbortSignal): Promise<Listing<string>> {
  return readPages({
    what: 'projects',
    page: (start) => rest.get(Projects, '/project', { showEmpty: 'true', 'start-index': String(start), 'max-result': PAGE_SIZE }, signal),
    entry: (row) => {
      const { data } = KeyRow.safeParse(row);
      return data === undefined ? undefined : { id: data.key, entry: data.key };
    },
  });
}

/** `GET /plan` [P], which spells its limit `max-results`. The project is the part of the key before the hyphen. */
export function readPlans(rest: Rest, signal?: AbortSignal): Promise<Listing<PlanName>> {
  return readPages({
    what: 'plans',
    page: (start) => rest.get(Plans, '/plan', { 'start-index': String(start), 'max-results': PAGE_SIZE }, signal),
    entry: (row) => {
      const { data } = PlanRow.safeParse(row);
      if (data === undefined) return undefined;
      const name = (data.shortName ?? data.name ?? data.key).trim();
      return { id: data.key, entry: { key: data.key, project: data.key.slice(0, data.key.indexOf('-')), name } };
    },
  });
}
