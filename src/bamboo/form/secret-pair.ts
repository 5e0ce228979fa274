import { type Control, isPosted } from '../page/control.ts';
import type { Sections } from './liveness.ts';

/** The two controls that change the stored secret. */
export interface SecretPair {
  readonly flag: Control;
  readonly secret: Control;
}

/** The pair, or why there is not exactly one. */
export type PairSearch = { readonly kind: 'found'; readonly pair: SecretPair } | { readonly kind: 'none'; readonly why: string };

/** Names of the two controls given by hand (`bamboo.form`). */
export interface PairOverride {
  readonly changeFlag: string;
  readonly secret: string;
}

const none = (why: string): PairSearch => ({ kind: 'none', why });

/** A change flag's name contains "password" and "change" [D: temporary.github.password.change, temporary.svn.passwordChange]. */
function isFlag(control: Control): boolean {
  const fits = control.kind === 'checkbox' || (control.kind === 'hidden' && control.value === 'true');
  return fits && !control.disabled && /password/i.test(control.name) && /change/i.test(control.name);
}

function isSecretInput(control: Control): boolean {
  return control.kind === 'password' && !control.disabled && control.name !== '';
}

/** The flags of the sections around a password input that show when the flag is on. */
function flagsAround(secret: Control, own: readonly Control[], sections: Sections): Control[] {
  const masters = secret.sections.filter((section) => section.showOn.includes('true')).flatMap((section) => sections.masters(section));
  return [...new Set(masters)].filter((master) => own.includes(master) && isFlag(master));
}

/** Where no secret is stored, the flag is a hidden `true` and the input needs no section [D]. */
function pairsWithoutSection(own: readonly Control[]): SecretPair[] {
  const flags = own.filter((control) => control.kind === 'hidden' && isFlag(control));
  const secrets = own.filter((control) => isSecretInput(control) && /password/i.test(control.name));
  return flags.flatMap((flag) => secrets.map((secret) => ({ flag, secret })));
}

function checked(pair: SecretPair, all: readonly Control[], sections: Sections): PairSearch {
  const { flag, secret } = pair;
  for (const control of [flag, secret]) {
    if (all.filter((other) => other.name === control.name).length > 1) return none(`the form has several controls named "${control.name}"`);
  }
  if (sections.liveness(secret, [flag]) !== 'live') return none(`the field for a new password, "${secret.name}", stands in a section that is not in use`);
  return { kind: 'found', pair };
}

/** Finds the pair by its shape: exactly one password input inside a section that depends on its change flag, else none. */
function findPair(own: readonly Control[], all: readonly Control[], sections: Sections): PairSearch {
  const inSections = own.filter(isSecretInput).flatMap((secret) => flagsAround(secret, own, sections).map((flag) => ({ flag, secret })));
  const pairs = inSections.length > 0 ? inSections : pairsWithoutSection(own);
  const [pair, ...more] = pairs;
  if (pair === undefined) return none('no field for a new password with a box that says whether it changes was found');
  if (more.length > 0)
    return none(`${pairs.length} pairs of a password field and a change box were found, and nothing tells them apart; bamboo.form can name the two`);
  return checked(pair, all, sections);
}

/** Checks the two controls that were named by hand against the page. */
export function namedPair(override: PairOverride, all: readonly Control[], sections: Sections): PairSearch {
  const flag = all.find((control) => control.name === override.changeFlag);
  const secret = all.find((control) => control.name === override.secret);
  if (flag === undefined) return none(`bamboo.form names "${override.changeFlag}", which this form does not have`);
  if (secret === undefined) return none(`bamboo.form names "${override.secret}", which this form does not have`);
  const flagFits = !flag.disabled && (flag.kind === 'checkbox' || (isPosted(flag) && flag.kind === 'hidden' && flag.value === 'true'));
  if (!flagFits) return none(`bamboo.form names "${flag.name}" as the change box, but it is no box that can be switched on`);
  if (!isSecretInput(secret)) return none(`bamboo.form names "${secret.name}" as the password field, but it takes no password`);
  return checked({ flag, secret }, all, sections);
}

/** The pair as the page shows it; where nothing is found, the two controls named by hand, if this page has both. */
export function searchPair(own: readonly Control[], all: readonly Control[], sections: Sections, override: PairOverride | undefined): PairSearch {
  const found = findPair(own, all, sections);
  const named = override !== undefined && [override.changeFlag, override.secret].every((name) => all.some((control) => control.name === name));
  return found.kind === 'none' && named ? namedPair(override, all, sections) : found;
}
