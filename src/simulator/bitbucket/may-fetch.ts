import { type Caller, callerOverGit, reaches } from './caller.ts';
import { findRepository, type Place } from './directory.ts';
import type { BitbucketWorld, FetchVerdict, Network } from './model.ts';
import { spendQuota } from './quota.ts';
import { ADDRESS_NOT_ALLOWED, APP_PASSWORD_GONE, NO_BITBUCKET_SCOPES, NO_SUCH_REPOSITORY, RATE_LIMITED, SCOPE_MISSING, TWO_STEP_REQUIRED } from './texts.ts';

/** The git-over-HTTPS answer to one credential for one repository; empty user name and password mean an anonymous request. Costs one git operation. */
export function mayFetch(world: BitbucketWorld, userName: string, password: string, workspace: string, slug: string, from: Network = 'bamboo'): FetchVerdict {
  const caller = callerOverGit(world, userName, password);
  return refusedCaller(world, caller) ?? refusedPlace(caller, findRepository(world, workspace, slug), from) ?? { kind: 'allowed' };
}

function refusedCaller(world: BitbucketWorld, caller: Caller): FetchVerdict | undefined {
  if (caller.kind === 'stranger') return refused(401, NO_SUCH_REPOSITORY);
  if (caller.kind === 'removed-app-password') return refused(410, APP_PASSWORD_GONE);
  if (!spendQuota(world, 'git', caller)) return refused(429, RATE_LIMITED);
  if (caller.kind !== 'token') return undefined;
  // The text is measured, git's status for it is not: REST answers 401 here [I].
  if (caller.token.scopes.length === 0) return refused(401, NO_BITBUCKET_SCOPES);
  // Scopes do not imply each other: write does not include read [D].
  return caller.token.scopes.includes('read:repository:bitbucket') ? undefined : refused(403, SCOPE_MISSING);
}

function refusedPlace(caller: Caller, place: Place | undefined, from: Network): FetchVerdict | undefined {
  if (!place || !canSee(caller, place)) return refused(401, NO_SUCH_REPOSITORY);
  const { ipAllowlist, twoStepRequired } = place.workspace;
  if (ipAllowlist !== 'off' && !ipAllowlist.admits.includes(from)) return refused(403, ADDRESS_NOT_ALLOWED);
  const lacksTwoStep = caller.kind === 'token' && !caller.token.account.twoStep;
  return twoStepRequired && lacksTwoStep ? refused(403, TWO_STEP_REQUIRED) : undefined;
}

function canSee(caller: Caller, { workspace, repository }: Place): boolean {
  if (!repository.isPrivate) return true;
  if (caller.kind === 'access-token') return reaches(caller, workspace) && ['all', repository.slug].includes(caller.accessToken.repository);
  return reaches(caller, workspace) && repository.grant !== 'none';
}

function refused(status: number, text: string): FetchVerdict {
  return { kind: 'refused', status, text };
}
