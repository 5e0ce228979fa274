import type { Credential } from '../../core/model.ts';
import { inferCredential } from '../../core/sides.ts';
import type { Control } from '../page/control.ts';
import type { Family } from './family.ts';
import type { Sections } from './liveness.ts';

/** What a form says about its credentials. */
export interface Slots {
  readonly credential: Credential;
  readonly checkout?: Credential;
  /** The user name input, where there is exactly one. */
  readonly username?: Control;
}

const NO_CREDENTIAL: Credential = { kind: 'none' };
const UNKNOWN: Credential = { kind: 'unknown' };

/** A look at one type's controls by what their names end in; ids may end in `.id` or not [I]. */
interface Look {
  live(ending: RegExp): Control | undefined;
  any(ending: RegExp): readonly Control[];
}

function lookAt(own: readonly Control[], sections: Sections): Look {
  const any = (ending: RegExp) => own.filter((control) => control.chosen && ending.test(control.name));
  return { any, live: (ending) => any(ending).find((control) => sections.liveness(control) === 'live') };
}

function sharedAt(select: Control | undefined): Credential {
  if (select === undefined || !/^\d+$/.test(select.value) || Number(select.value) === 0) return UNKNOWN;
  return { kind: 'shared', shared: { id: select.value, name: select.label || select.value } };
}

const SOURCE = /password_?credentials_?source$/i;
const PASSWORD_SHARED = /password_?shared_?credentials([._]id)?$/i;
const TYPE = /\.authentication_?type$/i;
const ACCESS = /\.access_?level$/i;

/** Public access and "none" use no credential, whatever else stands in the form. */
function usesNone(look: Look): boolean {
  return /public|anonymous/i.test(look.live(ACCESS)?.value ?? '') || /^none$/i.test(look.live(TYPE)?.value ?? '');
}

function withoutInline(look: Look): Credential {
  if (/shared/i.test(look.live(SOURCE)?.value ?? '') || look.live(PASSWORD_SHARED) !== undefined) return sharedAt(look.live(PASSWORD_SHARED));
  return /ssh/i.test(look.live(TYPE)?.value ?? '') ? { kind: 'ssh' } : UNKNOWN;
}

/** Inline needs a user name in use, and no selector that says otherwise: a kind is never forced. */
function accountSlot(look: Look, username: Control | undefined, live: boolean, family: Family): Credential {
  if (usesNone(look)) return NO_CREDENTIAL;
  if (username === undefined || !live) return withoutInline(look);
  const source = look.live(SOURCE);
  const type = look.live(TYPE)?.value ?? '';
  if (source !== undefined && /shared/i.test(source.value)) return sharedAt(look.live(PASSWORD_SHARED));
  if (family.kind === 'git' && !/^(|.*password.*)$/i.test(type)) return withoutInline(look);
  if (source !== undefined && !/^custom$/i.test(source.value)) return UNKNOWN;
  const alsoShared = source === undefined && (look.live(PASSWORD_SHARED)?.value ?? '') !== '';
  if (alsoShared) return UNKNOWN;
  const name = username.value.trim();
  return name === '' ? NO_CREDENTIAL : inferCredential(family.kind, name);
}

const SSH_SOURCE = /ssh_?credentials_?source$/i;
const SSH_SHARED = /ssh_?shared_?credentials([._]id)?$/i;
const SSH_KEY = /ssh_?(private_?)?key$/i;

/** The second slot of the Bitbucket Cloud type: what the checkout over SSH uses. Never written. */
function checkoutSlot(look: Look): Credential | undefined {
  const known = [SSH_SOURCE, SSH_SHARED, SSH_KEY].some((ending) => look.any(ending).length > 0);
  if (!known) return undefined;
  const type = look.live(TYPE)?.value;
  if (type !== undefined && !/ssh/i.test(type)) return NO_CREDENTIAL;
  const source = look.live(SSH_SOURCE)?.value;
  if (source !== undefined && /shared/i.test(source)) return sharedAt(look.live(SSH_SHARED));
  if (source !== undefined) return type === undefined ? UNKNOWN : { kind: 'ssh' };
  if (look.live(SSH_SHARED) !== undefined) return sharedAt(look.live(SSH_SHARED));
  return look.live(SSH_KEY) === undefined ? NO_CREDENTIAL : { kind: 'ssh' };
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Reads both slots of a form from the controls of its type. */
export function readSlots(own: readonly Control[], family: Family, sections: Sections): Slots {
  const look = lookAt(own, sections);
  const isLive = (control: Control) => sections.liveness(control) === 'live';
  const names = own.filter((control) => control.kind === 'text' && /username$/i.test(control.name));
  const username = only(names) ?? only(names.filter(isLive));
  const live = username !== undefined && isLive(username);
  const credential = accountSlot(look, username, live, family);
  const checkout = family.kind === 'bitbucket-cloud' ? checkoutSlot(look) : undefined;
  return { credential, ...(checkout === undefined ? {} : { checkout }), ...(username === undefined ? {} : { username }) };
}
