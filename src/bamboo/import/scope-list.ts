import { RekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { Listed } from '../../core/ports.ts';
import { readLinkedRepositories, readProjectRepositories } from '../rest/lists.ts';
import type { Rest } from '../rest/rest.ts';

/** The repositories of the scope that a place is in, whole. @throws RekeyError where the list can't be read to its end */
export async function repositoriesInScope(rest: Rest, { level, project }: Place, signal?: AbortSignal): Promise<readonly Listed[]> {
  const { entries, unread } =
    level === 'project' && project !== undefined ? await readProjectRepositories(rest, project, signal) : await readLinkedRepositories(rest, signal);
  const [missing] = unread;
  if (missing !== undefined) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${missing.what}: ${missing.why}`);
  return entries;
}
