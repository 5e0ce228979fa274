import { assignToken, suggestAssignment } from './assign.ts';
import type { Config } from './config.ts';
import { gradeRollback } from './grading.ts';
import type { InventoryItem } from './inventory.ts';
import { compareLocation } from './location.ts';
import { placeOf } from './place.ts';
import type { Change, Side } from './plan-file.ts';
import type { Reading } from './reading.ts';
import { afterSide, countsAsMigrated, isInline } from './sides.ts';
import { planWarnings } from './warnings.ts';

/** What a plan is made under. */
export interface PlanRules {
  readonly config: Config;
  /** Take what already counts as migrated, too. */
  readonly rotate: boolean;
  readonly now: Date;
}

/** What a plan does with one object. */
export type ReadingVerdict =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'unchanged'; readonly why: string }
  | { readonly kind: 'cannot'; readonly why: string; readonly suggestion?: string };

type Refusal = Exclude<ReadingVerdict, { kind: 'change' }>;

/** Everything that a change needs besides the reading itself. */
interface Ready {
  readonly username: string;
  readonly workspace: string;
  readonly slug: string;
}

/** Decides what a plan does with one object: see "What is taken" in the contract. */
export function judgeReading(reading: Reading, rules: PlanRules): ReadingVerdict {
  const refusal = refuseKind(reading) ?? refuseMigrated(reading.item, rules);
  if (refusal !== undefined) return refusal;
  const ready = readyOf(reading, rules.config);
  if ('kind' in ready) return ready;
  const rule = assignToken(rules.config.assign, reading.item);
  const token = rule === undefined ? undefined : rules.config.tokens[rule.token];
  if (rule === undefined || token === undefined) return unassigned(reading.item);
  return { kind: 'change', change: changeOf(reading, ready, afterSide(reading.item.kind, { name: rule.token, email: token.email }), rules) };
}

/** What no version of the plan takes, and what this version does not take yet. */
function refuseKind({ item: { kind, level, credential }, writable }: Reading): Refusal | undefined {
  if (kind === 'credentials') return cannot('shared credentials are not taken by this version yet');
  if (credential.kind === 'ssh') return unchanged('uses an SSH key: holds no app password');
  if (credential.kind === 'none') return unchanged('public access: holds no app password');
  if (credential.kind === 'shared')
    return cannot(`uses the shared credential ${quote(credential.shared?.name ?? '?')}: shared credentials are not taken by this version yet`);
  if (credential.kind === 'unknown') return cannot(writable.kind === 'no' ? writable.why : 'which credential it holds could not be recognised');
  if (kind === 'git') return cannot('Git-type repositories are not taken by this version yet');
  if (level === 'branch') return cannot('the overrides of plan branches are not taken by this version yet');
  return undefined;
}

function refuseMigrated({ kind, credential }: InventoryItem, { rotate }: PlanRules): Refusal | undefined {
  const username = credential.username ?? '';
  if (!isInline(credential.kind) || username.trim() === '') return cannot('its form shows no user name');
  if (rotate || !countsAsMigrated(kind, username)) return undefined;
  return unchanged(`the user name ${username} is already an email: counts as migrated, unproven because a password can't be read back`);
}

/** Checks what the form route needs to know before it may post anything. */
function readyOf({ item, writable, location }: Reading, config: Config): Ready | Refusal {
  const { workspace, slug, credential, level, specsBound } = item;
  if (level === 'plan' && specsBound === true)
    return cannot('its plan is bound to Repository Stored Specs: the next Specs run would undo the change; change it in the Specs');
  if (writable.kind === 'no') return cannot(writable.why);
  if (workspace === undefined || slug === undefined) return cannot('its form does not show which repository it points at (workspace/slug)');
  if (location !== undefined && compareLocation(location, workspace, slug, config.bitbucket.git) === 'different') {
    return cannot(
      `its form points at ${workspace}/${slug}, but the list shows ${withoutUserinfo(location)}: a form that does not hold the known repository is never posted`,
    );
  }
  const { route } = config.apply;
  if (route !== 'auto' && route !== 'form') return cannot(`the route "${route}" is not available in this version yet; set apply.route to auto or form`);
  return { username: credential.username ?? '', workspace, slug };
}

function changeOf(reading: Reading, { username, workspace, slug }: Ready, after: Side, { config, now }: PlanRules): Change {
  const { item, fingerprint, settings } = reading;
  const before: Side = { username, credential: item.credential.kind };
  const rollback = gradeRollback({ before, previousHeld: Object.hasOwn(config.previous, username) }, now);
  const { kind, usedBy } = item;
  return {
    ...placeOf(item),
    kind,
    workspace,
    slug,
    route: 'form',
    before,
    after,
    fingerprint,
    settings: { ...settings },
    usedBy,
    rollback,
    warnings: planWarnings(reading, config),
  };
}

function unassigned(item: InventoryItem): Refusal {
  const suggestion = suggestAssignment(item);
  return { kind: 'cannot', why: `no rule under assign matches it; add: ${suggestion}`, suggestion };
}

/** A listed address may carry a user name, even a password. */
function withoutUserinfo(location: string): string {
  return location.replace(/\/\/[^/@\s]*@/, '//');
}

function quote(name: string): string {
  return `"${name}"`;
}

function unchanged(why: string): Refusal {
  return { kind: 'unchanged', why };
}

function cannot(why: string): Refusal {
  return { kind: 'cannot', why };
}
