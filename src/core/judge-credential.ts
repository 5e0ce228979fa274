import { assertNever } from './assert-never.ts';
import { assignShared, type SharedAssignment, suggestAssignment } from './assign.ts';
import { gradeRollback } from './grading.ts';
import { placeOf } from './place.ts';
import type { Change, Side } from './plan-file.ts';
import type { Reading } from './reading.ts';
import { cannot, type PlanRules, type ReadingVerdict, type Refusal, type SharedFate, unchanged } from './reading-verdict.ts';
import { checkable, listOf, nameOdd, nameUser, type SharedUsers, sharedUsage, sortUsers } from './shared-users.ts';
import { afterSide, countsAsMigrated, isInline, type NamedToken, needsTokenSupport } from './sides.ts';
import { credentialWarnings } from './warnings.ts';

/** Decides what a plan does with a shared credential that the repositories given use. */
export function judgeCredential(credential: Reading, users: readonly Reading[], rules: PlanRules): ReadingVerdict {
  const sorted = sortUsers(credential, users);
  const served = [...sorted.cloud, ...sorted.git];
  const assignment = assignShared(
    rules.config.assign,
    credential.item,
    served.map(({ item }) => item),
  );
  const refusal =
    refuseUnknownUse(credential, users, rules.unread ?? 0) ??
    refuseUnserved(sorted, served) ??
    refuseUnread(credential) ??
    refuseMixed(sorted, assignment) ??
    refuseMigrated(credential, sorted, rules);
  if (refusal !== undefined) return refusal;
  if (credential.writable.kind === 'no') return cannot(credential.writable.why);
  const token = tokenOf(credential, assignment, rules);
  if ('kind' in token) return token;
  return changeOf(credential, users, token, rules);
}

/** What a shared credential means for a repository that uses it. */
export function judgeUser({ item }: Reading, { shared, asGit }: PlanRules): Refusal {
  const use = item.credential.shared;
  const fate = use === undefined ? undefined : shared?.get(use.id);
  if (fate === undefined) return cannot(`uses the shared credential "${use?.name ?? '?'}", which could not be read`);
  const standsOn = `stands on the shared credential ${nameCredential(fate)}`;
  switch (fate.verdict.kind) {
    case 'change':
      if (asGit === true && needsTokenSupport(fate.verdict.change))
        return cannot(`${standsOn}, which also serves Bitbucket Cloud and stays as it is with --as-git: give it a credential of its own`);
      return fate.selected ? unchanged(`${standsOn}, which changes`) : cannot(`${standsOn}, which is not selected: --kind credentials selects it`);
    case 'unchanged':
      return unchanged(`${standsOn}: ${fate.verdict.why}`);
    case 'cannot':
      return cannot(`${standsOn}: ${fate.verdict.why}`);
    default:
      return assertNever(fate.verdict);
  }
}

function nameCredential({ credential: { item } }: SharedFate): string {
  return item.project === undefined ? `"${item.name}"` : `"${item.name}" of project ${item.project}`;
}

/** A secret of Bitbucket Cloud is of no use, and of some danger, where nothing on Bitbucket Cloud uses it. */
function refuseUnserved({ odd }: SharedUsers, served: readonly Reading[]): Refusal | undefined {
  if (served.length > 0) return undefined;
  const unclear = odd.filter(({ kind }) => kind === 'unclear');
  if (unclear.length > 0) return cannot(`not known whether it serves Bitbucket Cloud: it is used by ${listOf(unclear.map(nameOdd))}`);
  return unchanged('serves no Bitbucket Cloud repository that was read');
}

/** Nothing that was read uses it, nobody says what does, and what could not be read may: "nothing to do" would be a guess. */
function refuseUnknownUse({ item }: Reading, users: readonly Reading[], unread: number): Refusal | undefined {
  if (users.length > 0 || item.usedBy !== null || unread === 0 || item.credential.kind !== 'app-password') return undefined;
  return cannot(
    `not known whether it serves Bitbucket Cloud: nothing that was read uses it, and ${unread === 1 ? '1 thing' : `${unread} things`} could not be read`,
  );
}

function refuseUnread({ item: { credential } }: Reading): Refusal | undefined {
  if (credential.kind === 'ssh') return unchanged('is an SSH key: holds no app password');
  if (isInline(credential.kind) && (credential.username ?? '').trim() !== '') return undefined;
  return cannot('its current user name could not be read, and a write that can not be compared with what was there is never made');
}

/** No user name works for both kinds, and no host but its own may be sent the token: see "What is taken" in the contract. */
function refuseMixed({ cloud, git, odd }: SharedUsers, assignment: SharedAssignment): Refusal | undefined {
  if (assignment.kind === 'assigned' && assignment.acceptUsers) return undefined;
  const reasons = odd.length > 0 ? [`it is also used by ${listOf(odd.map(nameOdd))}`] : [];
  if (cloud.length > 0 && git.length > 0)
    reasons.unshift(`no user name works for both its Bitbucket Cloud users, ${listOf(cloud.map(tell))}, and its Git users, ${listOf(git.map(tell))}`);
  return reasons.length === 0
    ? undefined
    : cannot(`${reasons.join('; ')}: give these a credential of their own, or set acceptUsers: true in its rule under assign`);
}

function refuseMigrated({ item }: Reading, { cloud }: SharedUsers, { rotate }: PlanRules): Refusal | undefined {
  const username = item.credential.username ?? '';
  if (rotate || !countsAsMigrated(servedKind(cloud), username)) return undefined;
  const what = cloud.length > 0 ? 'already an email' : 'already the one for tokens';
  return unchanged(`the user name ${username} is ${what}: counts as migrated, unproven because a password can't be read back; --rotate takes it, too`);
}

/** Where both kinds are accepted, Bitbucket Cloud's users are served: only they can use nothing but the email. */
function servedKind(cloud: readonly Reading[]): 'bitbucket-cloud' | 'git' {
  return cloud.length > 0 ? 'bitbucket-cloud' : 'git';
}

function tokenOf({ item }: Reading, assignment: SharedAssignment, { config }: PlanRules): NamedToken | Refusal {
  if (assignment.kind === 'different') {
    const tokens = [...assignment.users].map(([token, users]) => `"${token}" to ${listOf(users.map(nameUser))}`);
    return cannot(
      `the rules under assign give its users different tokens, ${tokens.join(', ')}; add above them: ${suggestAssignment(item)}`,
      suggestAssignment(item),
    );
  }
  const token = assignment.kind === 'assigned' ? config.tokens[assignment.token] : undefined;
  if (assignment.kind === 'assigned' && token !== undefined) return { name: assignment.token, email: token.email };
  return cannot(`no rule under assign matches it, or all of its users; add: ${suggestAssignment(item)}`, suggestAssignment(item));
}

function changeOf(reading: Reading, all: readonly Reading[], token: NamedToken, rules: PlanRules): ReadingVerdict {
  const { item, fingerprint, settings } = reading;
  const sorted = sortUsers(reading, all);
  const kind = servedKind(sorted.cloud);
  const users = checkable(kind === 'bitbucket-cloud' ? sorted.cloud : sorted.git);
  const [first] = users;
  if (first === undefined) return cannot('none of its users shows which repository it points at, so a new secret could not be checked');
  const before: Side = { username: item.credential.username ?? '', credential: item.credential.kind };
  const change: Change = {
    ...placeOf(item),
    kind: 'credentials',
    workspace: first.workspace,
    slug: first.slug,
    route: 'shared-credential',
    before,
    after: afterSide(kind, token),
    fingerprint,
    settings: { ...settings },
    usedBy: sharedUsage(reading, all),
    users,
    rollback: gradeRollback({ before, previousHeld: Object.hasOwn(rules.config.previous, before.username) }, rules.now),
    warnings: credentialWarnings(reading, all, rules.unread ?? 0),
  };
  return { kind: 'change', change };
}

function tell({ item }: Reading): string {
  return nameUser(item);
}
