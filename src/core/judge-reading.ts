import { assertNever } from './assert-never.ts';
import { assignToken, suggestAssignment } from './assign.ts';
import type { Config } from './config.ts';
import { type GitUrl, withoutUserinfo } from './git-url.ts';
import { gradeRollback } from './grading.ts';
import type { InventoryItem } from './inventory.ts';
import { judgeCredential, judgeUser } from './judge-credential.ts';
import { compareLocation } from './location.ts';
import type { Level } from './model.ts';
import { placeOf } from './place.ts';
import type { Change, RouteName, Side } from './plan-file.ts';
import type { Reading } from './reading.ts';
import { cannot, type PlanRules, type ReadingVerdict, type Refusal, unchanged } from './reading-verdict.ts';
import { afterSide, countsAsMigrated, isInline } from './sides.ts';
import { withOwnAccount } from './twin-account.ts';
import { planWarnings } from './warnings.ts';

/** Everything that a change needs besides the reading itself. */
interface Ready {
  readonly username: string;
  readonly workspace: string;
  readonly slug: string;
}

/** Decides what a plan does with one object: see "What is taken" in the contract. */
export function judgeReading(reading: Reading, rules: PlanRules): ReadingVerdict {
  const { item } = reading;
  if (item.kind === 'credentials') return rules.shared?.get(item.id)?.verdict ?? judgeCredential(reading, [], rules);
  if (item.credential.kind === 'shared') {
    const own = withOwnAccount(reading, rules);
    return own === undefined ? judgeUser(reading, rules) : judgeReading(own, rules);
  }
  const refusal = refuseKind(reading) ?? refuseMigrated(item, rules);
  if (refusal !== undefined) return refusal;
  const ready = readyOf(reading, rules.config);
  if ('kind' in ready) return ready;
  const rule = assignToken(rules.config.assign, item);
  const token = rule === undefined ? undefined : rules.config.tokens[rule.token];
  if (rule === undefined || token === undefined) return unassigned(item);
  return { kind: 'change', change: changeOf(reading, ready, afterSide(item.kind, { name: rule.token, email: token.email }), rules) };
}

/** What no version of the plan takes. */
function refuseKind({ item: { kind, credential }, writable, gitUrl }: Reading): Refusal | undefined {
  if (credential.kind === 'ssh') return unchanged('uses an SSH key: holds no app password');
  if (credential.kind === 'none') return unchanged('public access: holds no app password');
  if (credential.kind === 'unknown') return cannot(writable.kind === 'no' ? writable.why : 'which credential it holds could not be recognised');
  return kind === 'git' && gitUrl !== undefined ? refuseAddress(gitUrl) : undefined;
}

/** A Git-type repository is taken where its address is https on exactly Bitbucket Cloud's host, without a user name of its own. */
function refuseAddress(gitUrl: GitUrl): Refusal | undefined {
  switch (gitUrl.kind) {
    case 'https':
      return gitUrl.usernameInUrl === undefined
        ? undefined
        : cannot('the user name stands in the URL of the repository, where it counts before the field; take it out of the URL first');
    case 'ssh':
      return unchanged('is reached over ssh: its user name and password are not used');
    case 'other-host':
      return unchanged('is not on Bitbucket Cloud over https: holds no app password');
    case 'unreadable':
      return cannot('its address could not be read, so it is not certain that it is on Bitbucket Cloud');
    default:
      return assertNever(gitUrl);
  }
}

function refuseMigrated({ kind, credential }: InventoryItem, { rotate }: PlanRules): Refusal | undefined {
  const username = credential.username ?? '';
  if (!isInline(credential.kind) || username.trim() === '') return cannot('its form shows no user name');
  if (rotate || !countsAsMigrated(kind, username)) return undefined;
  const what = kind === 'git' ? 'already the one for tokens' : 'already an email';
  return unchanged(`the user name ${username} is ${what}: counts as migrated, unproven because a password can't be read back; --rotate takes it, too`);
}

/** Checks what the form route needs to know before it may post anything. */
function readyOf({ item, writable, location, route = 'form' }: Reading, config: Config): Ready | Refusal {
  const { workspace, slug, credential, level, specsBound } = item;
  if ((level === 'plan' || level === 'branch') && specsBound === true)
    return cannot('its plan is bound to Repository Stored Specs: the next Specs run would undo the change; change it in the Specs');
  if (writable.kind === 'no') return cannot(writable.why);
  if (workspace === undefined || slug === undefined) return cannot('its form does not show which repository it points at (workspace/slug)');
  const elsewhere = location === undefined ? undefined : refuseLocation(location, { workspace, slug, route }, config);
  if (elsewhere !== undefined) return elsewhere;
  const closed = routeProblem(route, level, config);
  if (closed !== undefined) return cannot(closed);
  return { username: credential.username ?? '', workspace, slug };
}

function refuseLocation(
  location: string,
  { workspace, slug, route }: { workspace: string; slug: string; route: RouteName },
  { bitbucket }: Config,
): Refusal | undefined {
  if (compareLocation(location, workspace, slug, bitbucket.git) !== 'different') return undefined;
  const [source, never] =
    route === 'form'
      ? ['form', 'a form that does not hold the known repository is never posted']
      : ['exported document', 'a document of another repository is never imported'];
  return cannot(`its ${source} points at ${workspace}/${slug}, but the list shows ${withoutUserinfo(location)}: ${never}`);
}

/** Why the configured route is not the one that this object was read by; a route never changes by itself. */
function routeProblem(route: RouteName, level: Level, { apply, bamboo }: Config): string | undefined {
  if (apply.route === 'auto' || apply.route === route) return undefined;
  if (apply.route === 'shared-credential') return 'apply.route is shared-credential, by which only shared credentials are written; set it to auto';
  if (apply.route === 'form') return 'apply.route is form, and its form could not be read';
  if (level === 'plan' || level === 'branch') return 'apply.route is import, and Bamboo exports linked and project repositories only; set it to auto or form';
  if (bamboo.home === undefined) return 'apply.route is import, which needs bamboo.home; configure it, or set apply.route to auto';
  return 'apply.route is import, and its exported document could not be read';
}

function changeOf(reading: Reading, { username, workspace, slug }: Ready, after: Side, { config, now }: PlanRules): Change {
  const { item, fingerprint, settings } = reading;
  const before: Side = { username, credential: item.credential.kind };
  const rollback = gradeRollback({ before, previousHeld: reading.keepable === true || Object.hasOwn(config.previous, username) }, now);
  const { kind, usedBy } = item;
  return {
    ...placeOf(item),
    kind,
    workspace,
    slug,
    route: reading.route ?? 'form',
    before,
    after,
    fingerprint,
    settings,
    usedBy,
    rollback,
    warnings: planWarnings(reading, config),
  };
}

function unassigned(item: InventoryItem): Refusal {
  const suggestion = suggestAssignment(item);
  return cannot(`no rule under assign matches it; add: ${suggestion}`, suggestion);
}
