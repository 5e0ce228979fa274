import { assertNever } from './assert-never.ts';
import { changedSettings, fingerprint, type ObjectState, settingDigests } from './object-state.ts';
import type { Outcome } from './outcome.ts';
import { beforeOf, type Change, type Side } from './plan-file.ts';
import type { WriteAnswer } from './ports.ts';

/** How an object stands just before its write. */
export type ItemVerdict = { readonly kind: 'as-planned' } | { readonly kind: 'already-done' } | { readonly kind: 'drifted'; readonly why: string };

/** What reading back gave. */
export type ReadBack = { readonly kind: 'read'; readonly state: ObjectState } | { readonly kind: 'unreadable'; readonly why: string };

/** What a write did, and what that means for the run. */
export interface Settlement {
  readonly outcome: Outcome;
  /** Set when the run must start nothing more. */
  readonly stop?: string;
  /** Set when a node of a cluster may lag behind: reading once more can show another state. */
  readonly again?: true;
  /** Set when the same write may be sent once more, because it is idempotent and nothing else changed. Never set after a repetition. */
  readonly repeat?: true;
  /** The id that the server answered for, where it is another object's. */
  readonly otherId?: string;
}

/** How an object stands long after its write. `unproven`: the user name was the same before, so it tells nothing of the secret. */
export type HeldVerdict =
  | { readonly kind: 'wanted' }
  | { readonly kind: 'unproven'; readonly why: string }
  | { readonly kind: 'old' }
  | { readonly kind: 'drifted'; readonly why: string };

/** Compares an object, read afresh, with what the plan expects of it. */
export function judgeItem(change: Change, state: ObjectState): ItemVerdict {
  const differences = differencesOf(change, state);
  if (differences.length === 0 && !sameUsername(change) && holds(change.after, state)) return { kind: 'already-done' };
  if (!holds(beforeOf(change), state)) differences.unshift(`the credential is now ${nameCredential(state)}, the plan expects ${nameSide(beforeOf(change))}`);
  if (differences.length === 0 && state.writable.kind === 'no') differences.push(state.writable.why);
  // Only what is removed ends without any credential: a twin on the way back.
  if (differences.length === 0 && change.after.credential === 'none' && state.inUse !== undefined) differences.push(state.inUse);
  return differences.length === 0 ? { kind: 'as-planned' } : { kind: 'drifted', why: differences.join('; ') };
}

/** Compares an object, read afresh, with what the change was to bring about. */
export function judgeHeld(change: Change, state: ObjectState): HeldVerdict {
  const verdict = judgeItem(change, state);
  switch (verdict.kind) {
    case 'already-done':
      return { kind: 'wanted' };
    case 'as-planned':
      return sameUsername(change) ? { kind: 'unproven', why: `holds ${change.after.username}, as before: ${NO_PROOF}` } : { kind: 'old' };
    case 'drifted':
      return verdict;
    default:
      return assertNever(verdict);
  }
}

/** Whether a connection test with the stored secret, when it passes, proves that it is the new one: under the same user name the old one may have passed. */
export function testProvesSecret(change: Change, oldIsDead: boolean): boolean {
  return !sameUsername(change) || oldIsDead;
}

/**
 * Says what a write did: the server's word counts only together with what reading back shows.
 * `repeated`: the answer is to the same write sent once more, after one that got no answer.
 */
export function settle(change: Change, answer: WriteAnswer, readBack: ReadBack, repeated = false): Settlement {
  if (answer.kind === 'other-object') return { ...stopped(otherObject(change, answer.id)), otherId: answer.id };
  if (readBack.kind === 'unreadable') return { outcome: unknown(`${tell(answer)}, and it could not be read back: ${readBack.why}`) };
  const differences = differencesOf(change, readBack.state);
  if (differences.length > 0) return settleDifferent(answer, differences, !sameUsername(change) && holds(change.after, readBack.state));
  if (sameUsername(change) && holds(change.after, readBack.state)) return repeated ? settleRepeated(answer) : settleSameUsername(answer);
  if (holds(change.after, readBack.state)) return settleNew(answer);
  if (holds(beforeOf(change), readBack.state)) return settleOld(answer);
  return { outcome: unknown(`${tell(answer)}, and the credential is now ${nameCredential(readBack.state)}: neither the old nor the new one`) };
}

/** An import that matches nothing makes a new object [I]. */
function otherObject({ object, route, name, project, id }: Change, other: string): string {
  if (route === 'form') return `the server answered for another object (id ${other}); look at both before going on`;
  const [what, list] = object === 'shared-credential' ? ['shared credential', 'shared credentials'] : ['repository', 'repositories'];
  const where = project === undefined ? `under ${object === 'shared-credential' ? list : 'linked repositories'}` : `among the ${list} of project ${project}`;
  return (
    `the import of "${name}" (id ${id}) was answered for another object (id ${other}): Bamboo has made, or changed, a second ${what}. Look at it ${where}, and remove it there by hand if it is new. ` +
    '"rollback" leaves it alone, and puts the first one back if that was changed after all'
  );
}

/** A write that took effect is to blame for what else differs; where it did not, somebody else may be at work. */
function settleDifferent(answer: WriteAnswer, differences: readonly string[], tookEffect: boolean): Settlement {
  const why = `${tell(answer)}, but more than the credential differs: ${differences.join('; ')}`;
  return answer.kind === 'saved' || tookEffect ? stopped(why) : { outcome: unknown(why), stop: why };
}

function settleNew(answer: Exclude<WriteAnswer, { kind: 'other-object' }>): Settlement {
  switch (answer.kind) {
    case 'saved':
      return { outcome: { kind: 'changed' } };
    case 'unanswered':
      return { outcome: { kind: 'changed', why: `settled by reading back (${tell(answer)})` } };
    case 'refused':
    case 'session-lost':
      return { outcome: unknown(`${tell(answer)}, but the new user name is there: somebody else may have set it, with another secret`) };
    default:
      return assertNever(answer);
  }
}

function settleOld(answer: Exclude<WriteAnswer, { kind: 'other-object' }>): Settlement {
  switch (answer.kind) {
    case 'saved':
      return { outcome: failed('the server answered OK but stored nothing'), again: true };
    case 'unanswered':
      return { outcome: unknown(`${tell(answer)}, and the old user name is still there; "resume" settles it`), again: true };
    case 'refused':
    case 'session-lost':
      return { outcome: failed(`${tell(answer)}; nothing was stored`) };
    default:
      return assertNever(answer);
  }
}

const NO_PROOF = 'the user name is the same before and after, so reading back proves nothing';
const BY_WORD: Outcome = { kind: 'changed', why: `by the word of the server: ${NO_PROOF}` };

/** Reading back proves nothing here: old and new side look alike. */
function settleSameUsername(answer: Exclude<WriteAnswer, { kind: 'other-object' }>): Settlement {
  switch (answer.kind) {
    case 'saved':
      return { outcome: BY_WORD };
    case 'unanswered':
      return { outcome: unknown(`${tell(answer)}, and ${NO_PROOF}; the same write can be repeated once`), repeat: true };
    case 'refused':
    case 'session-lost':
      return { outcome: failed(`${tell(answer)}; nothing was stored`) };
    default:
      return assertNever(answer);
  }
}

/** The first write got no answer, so a refusal of the second does not tell which secret is stored. */
function settleRepeated(answer: Exclude<WriteAnswer, { kind: 'other-object' }>): Settlement {
  if (answer.kind === 'saved') return { outcome: BY_WORD };
  return {
    outcome: unknown(`a write got no usable answer, it was repeated once, and then ${tell(answer)}; ${NO_PROOF}, so which secret is stored is not known`),
  };
}

/** An answer as the beginning of a sentence that goes on. */
function tell(answer: WriteAnswer): string {
  return sayAnswer(answer).replace(/\.$/, '');
}

function sayAnswer(answer: WriteAnswer): string {
  switch (answer.kind) {
    case 'saved':
      return 'the server answered OK';
    case 'refused':
      return `the server refused: ${answer.why}`;
    case 'session-lost':
      return 'the session had ended before the write';
    case 'unanswered':
      return `the write got no usable answer: ${answer.why}`;
    case 'other-object':
      return `the server answered for id ${answer.id}`;
    default:
      return assertNever(answer);
  }
}

/** Everything but the credential that is not as the plan says, in words; empty when the fingerprints are equal. */
function differencesOf(change: Change, state: ObjectState): string[] {
  if (fingerprint(state) === change.fingerprint) return [];
  const differences: string[] = [];
  if (state.place.id !== change.id) differences.push(`it is another object (id ${state.place.id})`);
  if (state.kind !== change.kind) differences.push(`its type is now ${state.kind}`);
  const renamed = change.kind === 'credentials' ? renameOf(change, state) : undefined;
  if (renamed !== undefined) differences.push(renamed);
  const address = `${state.workspace ?? ''}/${state.slug ?? ''}`;
  if (change.kind !== 'credentials' && address !== `${change.workspace}/${change.slug}`)
    differences.push(`it points at ${address}, not at ${change.workspace}/${change.slug}`);
  const names = changedSettings(change.settings, settingDigests(state.settings));
  if (names.length > 0) differences.push(`changed: ${names.join(', ')}`);
  return differences.length > 0 ? differences : ['the order of its settings changed'];
}

/** The fingerprint of a shared credential covers its name and scope, which a repository's has among its settings. */
function renameOf(change: Change, { place }: ObjectState): string | undefined {
  const scope = (of: Pick<Change, 'level' | 'project'>): string => (of.level === 'global' ? 'the whole server' : `project ${of.project ?? '?'}`);
  if (place.name !== change.name) return `it is now called "${place.name}"`;
  return scope(place) === scope(change) ? undefined : `it now belongs to ${scope(place)}, not to ${scope(change)}`;
}

function holds(side: Side, { credential }: ObjectState): boolean {
  return credential.username === side.username && credential.kind === side.credential;
}

function sameUsername(change: Change): boolean {
  const { after } = change;
  const before = beforeOf(change);
  return before.username === after.username && before.credential === after.credential;
}

function nameSide({ username, credential }: Side): string {
  return `${credential} of "${username}"`;
}

function nameCredential({ credential }: ObjectState): string {
  return credential.username === undefined ? credential.kind : `${credential.kind} of "${credential.username}"`;
}

function failed(why: string): Outcome {
  return { kind: 'failed', why };
}

function unknown(why: string): Outcome {
  return { kind: 'unknown', why };
}

function stopped(why: string): Settlement {
  return { outcome: failed(why), stop: why };
}
