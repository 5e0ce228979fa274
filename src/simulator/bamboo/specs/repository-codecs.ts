import type { RepositoryKind } from '../repository-types.ts';
import { ANY_CODEC } from './any-codec.ts';
import { BITBUCKET_SERVER_CODEC } from './bitbucket-server-codec.ts';
import { CLOUD_CODEC } from './cloud-codec.ts';
import { GIT_CODEC } from './git-codec.ts';
import { GITHUB_CODEC } from './github-codec.ts';
import type { RepositoryCodec } from './repository-state.ts';

const CODECS: readonly RepositoryCodec[] = [CLOUD_CODEC, GIT_CODEC, GITHUB_CODEC, BITBUCKET_SERVER_CODEC, ANY_CODEC];

/** The codec of a document's class. */
export function codecOfClass(className: string): RepositoryCodec | null {
  return CODECS.find((codec) => codec.className === className) ?? null;
}

/** The codec that writes a repository of this kind. */
export function codecOfKind(kind: RepositoryKind): RepositoryCodec {
  return CODECS.find((codec) => codec.kinds.includes(kind)) ?? ANY_CODEC;
}
