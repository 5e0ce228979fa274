import type { BitbucketWorld, FetchVerdict, Network } from './model.ts';

/** The git-over-HTTPS answer to one credential for one repository; empty user name and password mean an anonymous request. */
export function mayFetch(world: BitbucketWorld, userName: string, password: string, workspace: string, slug: string, from: Network = 'bamboo'): FetchVerdict {
  const token = world.tokens.find((each) => each.value === password && !each.revoked && each.expires > world.now());
  const home = world.workspaces.find((each) => each.slug === workspace);
  const good = userName !== token?.email && home?.repositories.some((each) => each.slug === slug) && from !== undefined;
  return token && good ? { kind: 'allowed' } : { kind: 'refused', status: 401, text: 'You may not have access to this repository or it no longer exists in this workspace.' };
}
