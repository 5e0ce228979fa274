import { createHash } from 'node:crypto';
import type { Account, BitbucketWorld, Repository, TokenSpec, Workspace } from './model.ts';

export { bitbucketApp } from './app.ts';
export { stopBitbucketWorld } from './git/template.ts';
export { mayCallRest } from './may-call-rest.ts';
export { mayFetch } from './may-fetch.ts';
export type * from './model.ts';

const DAY = 86_400_000;

/** What a world is made from. */
export interface WorldOptions {
  workspaces: { slug: string; repositories: string[] }[];
  now?: () => Date;
  tokens?: Partial<TokenSpec>[];
}

/** A Bitbucket Cloud with these workspaces and, unless others are named, one good token for all of them. */
export function createBitbucketWorld(options: WorldOptions): BitbucketWorld {
  const now = options.now ?? (() => new Date());
  return {
    tokens: (options.tokens ?? [{}]).map((given, index) => tokenFrom(given, index, now())),
    appPasswords: [{ value: secretFor('ATBB', 'app-password', 36), account: buildBot() }],
    accessTokens: [],
    workspaces: options.workspaces.map(workspaceFrom),
    faults: [],
    appPasswordBrownout: false,
    // "1,000 requests on repository data, 60,000 git operations" per user and rolling hour [D].
    limits: { rest: 1_000, git: 60_000 },
    spent: new Map(),
    log: [],
    now,
  };
}

/** A private repository that the asking accounts may write to. */
export function repositoryNamed(workspace: string, slug: string): Repository {
  return { slug, uuid: uuidFor(`${workspace}/${slug}`), isPrivate: true, grant: 'write', formerNames: [] };
}

/** A secret of a given prefix and length, always the same for the same seed. */
export function secretFor(prefix: string, seed: string, length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 43) }, (_, block) => createHash('sha256').update(`${seed}#${block}`).digest('base64url'));
  return (prefix + blocks.join('')).slice(0, length);
}

function tokenFrom(given: Partial<TokenSpec>, index: number, now: Date): TokenSpec {
  const name = given.name ?? `token-${index + 1}`;
  return {
    name,
    email: 'build-bot@example.com',
    // "Length varies, about 192 today" [T]; real ones end in an equals sign and eight more characters.
    value: `${secretFor('ATAT', name, 183)}=${secretFor('', `${name} end`, 8)}`,
    scopes: ['read:repository:bitbucket', 'read:pullrequest:bitbucket', 'read:workspace:bitbucket', 'read:user:bitbucket'],
    workspaces: 'all',
    expires: new Date(now.getTime() + 300 * DAY),
    tokenId: uuidFor(`token ${name}`).slice(1, -1),
    account: buildBot(),
    revoked: false,
    ...given,
  };
}

function workspaceFrom(given: { slug: string; repositories: string[] }): Workspace {
  return {
    slug: given.slug,
    uuid: uuidFor(given.slug),
    repositories: given.repositories.map((slug) => repositoryNamed(given.slug, slug)),
    ipAllowlist: 'off',
    twoStepRequired: false,
  };
}

function buildBot(): Account {
  return {
    accountId: '557058:0b5f7c1e-build-bot',
    uuid: uuidFor('build-bot'),
    userName: 'build-bot',
    nickname: 'build-bot',
    displayName: 'Build Bot',
    twoStep: false,
  };
}

function uuidFor(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}
