import type { Caller } from '../caller.ts';
import type { BitbucketWorld } from '../model.ts';
import { spendQuota } from '../quota.ts';
import { NO_BITBUCKET_SCOPES, SCOPE_MISSING } from '../texts.ts';
import { failed, type RestAnswer, rateLimited, unauthorised } from './answer.ts';

/** The refusal that a call with this need meets before its object is even looked for. */
export function refusedCall(world: BitbucketWorld, caller: Caller, scope: string): RestAnswer | undefined {
  // Atlassian's brownout notice: REST answers 401 to an app password, git 410 [D].
  if (caller.kind === 'stranger' || caller.kind === 'removed-app-password') return unauthorised();
  if (caller.kind === 'token' && caller.token.scopes.length === 0) return unscoped();
  if (!spendQuota(world, 'rest', caller)) return rateLimited();
  if (caller.kind !== 'token' || caller.token.scopes.includes(scope)) return undefined;
  return failed(403, SCOPE_MISSING, { caller, detail: { required: [scope], granted: caller.token.scopes } });
}

/** The same for a call that nobody may make anonymously. */
export function refusedPersonalCall(world: BitbucketWorld, caller: Caller, scope: string): RestAnswer | undefined {
  return caller.kind === 'anonymous' ? unauthorised() : refusedCall(world, caller, scope);
}

// Here `error` is a string [M].
function unscoped(): RestAnswer {
  return { status: 401, body: { error: NO_BITBUCKET_SCOPES }, caller: { kind: 'anonymous' } };
}
