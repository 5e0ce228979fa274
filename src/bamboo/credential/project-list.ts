import { z } from 'zod';
import { RekeyError } from '../../core/errors.ts';
import type { Setting } from '../../core/object-state.ts';
import type { Listed, Listing } from '../../core/ports.ts';
import { isSecretName } from '../form/settings.ts';
import { Id } from '../rest/json.ts';
import { readPages } from '../rest/read-pages.ts';
import type { Rest } from '../rest/rest.ts';

/** A shared credential of a project, as far as REST shows it. */
export interface ProjectCredential {
  readonly id: string;
  readonly name: string;
  readonly oid?: string;
  /** What type its row says it is, where it does. */
  readonly type?: string;
  /** The user name, where exactly one attribute is one. */
  readonly username?: string;
  /** Names of all attributes. */
  readonly attributeNames: readonly string[];
  /** Attributes besides the user name and what may be secret. */
  readonly settings: readonly Setting[];
}

const Text = z.string().nullish().catch(undefined);
const Oid = z
  .union([z.string(), z.object({ oid: z.string() }).transform(({ oid }) => oid)])
  .nullish()
  .catch(undefined);
const Row = z.object({
  id: Id,
  name: z.string(),
  oid: Oid,
  type: Text,
  pluginKey: Text,
  attributes: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
const Rows = z.union([z.object({ results: z.array(z.unknown()) }).transform(({ results }) => results), z.array(z.unknown())]);

/** The attributes' names are not known [I]: a user name is called so at the end. */
function isUsername(name: string): boolean {
  return /(^|[._-])user[._-]?name$/i.test(name);
}

function read(row: z.infer<typeof Row>): ProjectCredential {
  const attributes = Object.entries(row.attributes ?? {}).flatMap(([name, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)] as const] : [],
  );
  const [username, ...more] = attributes.filter(([name]) => isUsername(name));
  const type = row.type ?? row.pluginKey ?? attributes.find(([name]) => /^(type|plugin_?key)$/i.test(name))?.[1];
  return {
    id: row.id,
    name: row.name,
    ...(typeof row.oid === 'string' ? { oid: row.oid } : {}),
    ...(typeof type === 'string' ? { type } : {}),
    ...(username === undefined || more.length > 0 ? {} : { username: username[1] }),
    attributeNames: Object.keys(row.attributes ?? {}),
    settings: attributes.filter(([name]) => !isUsername(name) && !isSecretName(name)),
  };
}

/** `GET /project/{key}/sharedCredentials` [P]. */
function readProjectCredentials(rest: Rest, project: string, signal?: AbortSignal): Promise<Listing<ProjectCredential>> {
  return readPages({
    what: `shared credentials of project ${project}`,
    page: (start) => rest.get(Rows, `/project/${encodeURIComponent(project)}/sharedCredentials`, { start: String(start), limit: '1000' }, signal),
    entry: (row) => {
      const { data } = Row.safeParse(row);
      return data === undefined ? undefined : { id: data.id, entry: read(data) };
    },
  });
}

/** The same, as places. */
export async function listProjectCredentials(rest: Rest, project: string, signal?: AbortSignal): Promise<Listing<Listed>> {
  const { entries, unread } = await readProjectCredentials(rest, project, signal);
  return { entries: entries.map(({ id, name }) => ({ place: { object: 'shared-credential', id, level: 'project', project, name } })), unread };
}

/** The whole list, fresh. @throws RekeyError where it can't be read to its end: what is missing in it would prove nothing */
export async function requireProjectCredentials(rest: Rest, project: string, signal?: AbortSignal): Promise<readonly ProjectCredential[]> {
  const { entries, unread } = await readProjectCredentials(rest, project, signal);
  const [first] = unread;
  if (first !== undefined) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `The ${first.what} could not be read: ${first.why}`);
  return entries;
}
