import type { Place } from '../../core/model.ts';
import type { ObjectState, Writable } from '../../core/object-state.ts';
import { whyNotInline } from '../../core/sides.ts';
import type { Control } from '../page/control.ts';
import type { EditForm } from './edit-form.ts';
import { type Family, familyOf, ofFamily } from './family.ts';
import { createSections, type Sections } from './liveness.ts';
import { type Location, readLocation } from './location.ts';
import { namedPair, type PairOverride, type PairSearch, type SecretPair, searchPair } from './secret-pair.ts';
import { readSettings, trimmedBySave } from './settings.ts';
import { readSlots, type Slots } from './slots.ts';

/** The controls that a write changes. */
export interface CredentialControls extends SecretPair {
  readonly username: Control;
}

/** A repository as its form shows it. */
export interface RepositoryForm {
  readonly kind: 'repository';
  readonly state: ObjectState;
  readonly family: Family;
  readonly controls: readonly Control[];
  /** Set exactly when the state is writable. */
  readonly credential?: CredentialControls;
}

/** What the form of a list entry turned out to be. */
export type FormReading = RepositoryForm | { readonly kind: 'linked' } | { readonly kind: 'other-type'; readonly type: string };

/** The finding that a write rests on: the three controls, or why it must not be made. */
type Hold = { readonly kind: 'held'; readonly credential: CredentialControls } | { readonly kind: 'none'; readonly why: string };

const none = (why: string): Hold => ({ kind: 'none', why });

function hold(slots: Slots, location: Location, search: PairSearch, controls: readonly Control[]): Hold {
  const { username } = slots;
  const kind = whyNotInline(slots.credential, 'its form');
  if (kind !== undefined) return none(kind);
  if (username === undefined || username.disabled) return none('its form has no user name field that can be written');
  if (controls.filter((control) => control.name === username.name).length > 1) return none(`the form has several controls named "${username.name}"`);
  if (location.kind !== 'bitbucket') return none('why' in location ? location.why : `it is at ${location.where}`);
  if (search.kind === 'none') return none(search.why);
  const credential = { ...search.pair, username };
  const trimmed = trimmedBySave(controls, Object.values(credential));
  return trimmed === undefined
    ? { kind: 'held', credential }
    : none(`its setting "${trimmed}" begins or ends with a blank, which Bamboo would cut off on saving`);
}

/** Names given by hand are meant for the Bitbucket Cloud type, whose own are unknown; other types are asked first. */
function pairIn(own: readonly Control[], form: EditForm, family: Family, sections: Sections, override: PairOverride | undefined): PairSearch {
  const named = override !== undefined && family.kind === 'bitbucket-cloud';
  return named ? namedPair(override, form.controls, sections) : searchPair(own, form.controls, sections, override);
}

/** Which page is read, and what is known beforehand. */
export interface FormContext {
  readonly place: Place;
  /** Where Bitbucket Cloud serves git (`bitbucket.git`). */
  readonly gitBase: string;
  readonly override?: PairOverride;
}

function describe(
  { place }: FormContext,
  family: Family,
  slots: Slots,
  location: Location,
  found: Pick<ObjectState, 'settings' | 'writable' | 'notes'>,
): ObjectState {
  const named = location.kind === 'bitbucket' || location.kind === 'unusual' ? { workspace: location.workspace, slug: location.slug } : {};
  const checkout = slots.checkout === undefined ? {} : { checkout: slots.checkout };
  const gitUrl = location.gitUrl === undefined ? {} : { gitUrl: location.gitUrl };
  return { place, kind: family.kind, ...gitUrl, ...named, credential: slots.credential, ...checkout, ...found };
}

/** Reads a chosen form. Pure: the same page gives the same reading. */
export function readRepositoryForm(form: EditForm, context: FormContext): FormReading {
  if (/^\d+$/.test(form.selected)) return { kind: 'linked' };
  const family = familyOf(form.selected);
  if (family === undefined) return { kind: 'other-type', type: form.selected };
  const sections = createSections(form.controls);
  const own = ofFamily(form.controls, family, form.selected, sections);
  const location = readLocation(own, family, context.gitBase);
  const slots = readSlots(own, family, sections);
  // On another host only a shared credential is of interest: whoever else uses it must not be sent a token of Bitbucket Cloud.
  if (location.kind === 'elsewhere' && slots.credential.kind !== 'shared') return { kind: 'other-type', type: `${family.title} at ${location.where}` };
  const search = pairIn(own, form, family, sections, context.override);
  const held = hold(slots, location, search, form.controls);
  const changing = [slots.username, ...(search.kind === 'found' ? Object.values(search.pair) : [])].filter((control) => control !== undefined);
  const settings = readSettings(form.controls, changing);
  const writable: Writable = held.kind === 'held' ? { kind: 'yes' } : { kind: 'no', why: held.why };
  const state = describe(context, family, slots, location, { settings, writable, notes: form.notes });
  return { kind: 'repository', state, family, controls: form.controls, ...(held.kind === 'held' ? { credential: held.credential } : {}) };
}
