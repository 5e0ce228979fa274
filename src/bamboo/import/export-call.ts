import { z } from 'zod';
import { RekeyError } from '../../core/errors.ts';
import type { Rest } from '../rest/rest.ts';
import { judgeRest } from '../rest/rest-problem.ts';

/** Where the server put a document, and when by its own clock. */
export interface ExportedPath {
  /** Absolute, on the server. */
  readonly path: string;
  readonly at?: Date;
}

/** A JSON array of absolute paths [T]. */
const Paths = z.array(z.string().min(1));

/** Makes the server write a repository's document into its home, and gives each path that it names, once. @throws RekeyError when it does not write, or does not say where */
export async function exportRepository(rest: Rest, id: string, signal?: AbortSignal): Promise<readonly ExportedPath[]> {
  // Without the id, so that a hundred repositories that are refused alike are told in one line.
  const what = 'POST /rest/api/latest/export/repository';
  const response = await rest.post(`/export/repository/id/${encodeURIComponent(id)}`, { effect: 'read', ...(signal === undefined ? {} : { signal }) });
  const answer = judgeRest(what, response);
  if (answer.kind === 'problem') throw answer.error;
  const paths = [...new Set(Paths.safeParse(answer.value).data ?? [])];
  if (paths.length === 0) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what}: the answer names no file.`);
  const at = Date.parse(response.headers.date ?? '');
  return paths.map((path) => ({ path, ...(Number.isNaN(at) ? {} : { at: new Date(at) }) }));
}
