import type { BitbucketWorld, FetchVerdict } from './model.ts';

/** The REST answer to one credential that reads one repository: Atlassian email and token only. */
export function mayCallRest(world: BitbucketWorld, userName: string, password: string, workspace: string, slug: string): FetchVerdict {
  const token = world.tokens.find((each) => each.value === password && !each.revoked && each.expires > world.now());
  const home = world.workspaces.find((each) => each.slug === workspace);
  const good = userName === token?.email && home?.repositories.some((each) => each.slug === slug);
  return good ? { kind: 'allowed' } : { kind: 'refused', status: 401, text: 'Token is invalid, expired, or not supported for this endpoint.' };
}
