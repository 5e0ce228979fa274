import type { Reading } from './reading.ts';
import type { PlanRules } from './reading-verdict.ts';
import { isInline } from './sides.ts';

/**
 * A Bitbucket Cloud repository on a shared credential, as if it held user name and password itself: with `--as-git` that is what its twin gets.
 * Undefined where no twin is asked for, or where it is not known what stands in the credential.
 */
export function withOwnAccount(reading: Reading, { asGit, shared }: PlanRules): Reading | undefined {
  const { item } = reading;
  const use = item.credential.shared;
  const account = use === undefined ? undefined : shared?.get(use.id)?.credential.item.credential;
  if (asGit !== true || item.kind !== 'bitbucket-cloud' || use === undefined || account === undefined || !isInline(account.kind)) return undefined;
  return { ...reading, writable: { kind: 'yes' }, item: { ...item, credential: { ...account, shared: use } } };
}
