import type { BambooModel } from './bamboo/model.ts';
import type { AppPasswordUser } from './bamboo/seed/accounts.ts';
import type { BitbucketWorld } from './bitbucket/world.ts';

/** Bitbucket must know the app passwords that the repositories stand on, until the day it knows none. */
export function introduceUsers(bitbucket: BitbucketWorld, users: readonly AppPasswordUser[]): void {
  const owner = bitbucket.tokens[0]?.account ?? bitbucket.appPasswords[0]?.account;
  if (owner === undefined) return;
  for (const { username, password } of users) {
    bitbucket.appPasswords.push({ value: password, account: { ...owner, accountId: username, userName: username, nickname: username } });
  }
}

/** What Bamboo reads without a login is public at Bitbucket. */
export function openPublicRepositories(bitbucket: BitbucketWorld, model: BambooModel): void {
  const named = new Set<string>();
  for (const { settings } of model.repositories.values()) {
    if (settings['repository.bitbucket.accessLevel'] === 'PUBLIC') named.add(settings['repository.bitbucket.repository'] ?? '');
  }
  for (const workspace of bitbucket.workspaces) {
    for (const repository of workspace.repositories) if (named.has(`${workspace.slug}/${repository.slug}`)) repository.isPrivate = false;
  }
}
