import { RekeyError } from '../../core/errors.ts';
import type { Credential, Place } from '../../core/model.ts';
import type { ObjectState, Writable } from '../../core/object-state.ts';
import { inferCredential } from '../../core/sides.ts';
import { createSections } from '../form/liveness.ts';
import type { CredentialControls } from '../form/repository-form.ts';
import { type PairOverride, type PairSearch, searchPair } from '../form/secret-pair.ts';
import { readSettings, trimmedBySave } from '../form/settings.ts';
import { type CandidateForm, chosenValue, formsHolding, missingPart } from '../page/choose-form.ts';
import type { Control } from '../page/control.ts';
import type { PageDocument } from '../page/document.ts';

/** A shared credential as its form shows it. */
export interface CredentialForm {
  readonly kind: 'credential';
  readonly state: ObjectState;
  readonly controls: readonly Control[];
  readonly action: string;
  /** Set exactly when the state is writable. */
  readonly credential?: CredentialControls;
  /** It shows the user name, and no two controls that are known to change the secret: only an import can write it. */
  readonly pairless: boolean;
}

/** What the form turned out to be. */
export type CredentialReading = CredentialForm | { readonly kind: 'other-type'; readonly type: string };

const refuse = (why: string) => new RekeyError('FORM_NOT_UNDERSTOOD', why);

/** The form with `credentialsId` and `credentialsName` [D]; undefined where the page has none. @throws RekeyError FORM_NOT_UNDERSTOOD */
export function chooseCredentialForm(page: PageDocument, id: string, what: string): CandidateForm | undefined {
  const found = formsHolding(page, ['credentialsId', 'credentialsName']);
  if (found.length === 0) return undefined;
  const [form, ...more] = found.filter(({ controls }) => chosenValue(controls, 'credentialsId') === id);
  if (form === undefined) throw refuse(`${what}: the page shows another credential than the one asked for.`);
  if (more.length > 0) throw refuse(`${what}: the page holds ${more.length + 1} forms for the same credential.`);
  const missing = missingPart(page, form);
  if (missing !== undefined) throw refuse(`${what}: the form is incomplete: ${missing} is missing.`);
  return form;
}

/** The user name among the controls in use: its name ends so, as in the repositories' forms. */
function usernameIn(controls: readonly Control[], isLive: (control: Control) => boolean): Control | undefined {
  const named = controls.filter((control) => control.kind === 'text' && /user[._-]?name$/i.test(control.name));
  const live = named.filter(isLive);
  const [one, ...more] = live.length > 0 ? live : named;
  return more.length === 0 ? one : undefined;
}

/** An SSH key is typed or uploaded; its form has no user name. */
function looksSsh(controls: readonly Control[]): boolean {
  return controls.some((control) => ['textarea', 'file', 'password', 'text'].includes(control.kind) && /ssh|private[._-]?key|passphrase/i.test(control.name));
}

/** A type that holds no user name and password: it has no field for a password, or the fields of an SSH key. */
function otherType(controls: readonly Control[], username: Control | undefined): string | undefined {
  if (username !== undefined) return undefined;
  if (looksSsh(controls)) return 'an SSH key';
  if (controls.some(({ name }) => /aws|(access|secret)[._-]?key/i.test(name))) return 'an access key';
  return controls.some((control) => control.kind === 'password') ? undefined : 'without a user name and password';
}

function refusalOf(username: Control | undefined, search: PairSearch, controls: readonly Control[]): string | undefined {
  if (username === undefined) return 'its form has no field that is known to be the user name';
  if (username.disabled) return 'its user name field is disabled';
  if (controls.filter((control) => control.name === username.name).length > 1) return `the form has several controls named "${username.name}"`;
  if (search.kind === 'none') return search.why;
  const trimmed = trimmedBySave(controls, [username, search.pair.flag, search.pair.secret]);
  return trimmed === undefined ? undefined : `its setting "${trimmed}" begins or ends with a blank, which Bamboo would cut off on saving`;
}

function credentialOf(username: Control | undefined): Credential {
  const name = username?.value.trim() ?? '';
  return name === '' ? { kind: 'unknown' } : inferCredential('credentials', name);
}

/** Reads a chosen form. Pure: the same page gives the same reading. */
export function readCredentialForm({ controls, action }: CandidateForm, place: Place, override?: PairOverride): CredentialReading {
  const sections = createSections(controls);
  const username = usernameIn(controls, (control) => sections.liveness(control) === 'live');
  const other = otherType(controls, username);
  if (other !== undefined) return { kind: 'other-type', type: other };
  const search = searchPair(controls, controls, sections, override);
  const why = refusalOf(username, search, controls);
  const credential = why === undefined && username !== undefined && search.kind === 'found' ? { ...search.pair, username } : undefined;
  const changing = [username, ...(search.kind === 'found' ? Object.values(search.pair) : [])].filter((control) => control !== undefined);
  const writable: Writable = why === undefined ? { kind: 'yes' } : { kind: 'no', why };
  const name = chosenValue(controls, 'credentialsName')?.trim() || place.name;
  const settings = readSettings(controls, changing);
  const state: ObjectState = { place: { ...place, name }, kind: 'credentials', credential: credentialOf(username), settings, writable, notes: [] };
  const pairless = search.kind === 'none' && why === search.why;
  return { kind: 'credential', state, controls, action, pairless, ...(credential === undefined ? {} : { credential }) };
}
