import { callerOverRest } from './caller.ts';
import type { BitbucketWorld, FetchVerdict } from './model.ts';
import { readRepository } from './rest/repositories.ts';

/** The REST answer to one credential that reads one repository: Atlassian email and token only. Costs one REST call. */
export function mayCallRest(world: BitbucketWorld, userName: string, password: string, workspace: string, slug: string): FetchVerdict {
  const { status, body } = readRepository(world, callerOverRest(world, userName, password), workspace, slug, '');
  if (status === 200) return { kind: 'allowed' };
  return { kind: 'refused', status, text: typeof body === 'string' ? body : JSON.stringify(body) };
}
