import type { Config } from '../core/config.ts';
import { endsEverything, toRekeyError } from '../core/errors.ts';
import type { Place } from '../core/model.ts';
import type { RouteName } from '../core/plan-file.ts';
import type { Bamboo, Opened } from '../core/ports.ts';

/** What stands at a place, and the way it was read, which is the way it would be written. */
export interface OpenedBy {
  readonly opened: Opened;
  readonly route: RouteName;
}

type Attempt = { readonly kind: 'opened'; readonly opened: Opened } | { readonly kind: 'failed'; readonly thrown: unknown };

/** Opens a repository for a plan: by import where its document can be read and written, else by its form; `apply.route` may rule one of them out. */
export async function openForPlan(place: Place, config: Config, bamboo: Bamboo, stop: AbortSignal): Promise<OpenedBy> {
  const isExported = (place.level === 'global' || place.level === 'project') && config.bamboo.home !== undefined && config.apply.route !== 'form';
  if (!isExported) return { opened: await bamboo.route('form').open(place, stop), route: 'form' };
  const document = await attempt(() => bamboo.route('import').open(place, stop));
  if (config.apply.route === 'import' || isTaken(document)) return { opened: given(document), route: 'import' };
  const form = await attempt(() => bamboo.route('form').open(place, stop));
  if (form.kind === 'failed') return { opened: given(document), route: 'import' };
  return { opened: withNote(form.opened, document), route: 'form' };
}

async function attempt(open: () => Promise<Opened>): Promise<Attempt> {
  try {
    return { kind: 'opened', opened: await open() };
  } catch (thrown) {
    const { code } = toRekeyError(thrown);
    if (endsEverything(thrown) || code === 'INTERNAL' || code === 'INTERRUPTED') throw thrown;
    return { kind: 'failed', thrown };
  }
}

function given(tried: Attempt): Opened {
  if (tried.kind === 'failed') throw tried.thrown;
  return tried.opened;
}

/** A document that can't be written may have a form that can; and only the form tells the id of a shared credential. */
function isTaken(tried: Attempt): boolean {
  return tried.kind === 'opened' && (tried.opened.kind !== 'object' || tried.opened.object.state.writable.kind === 'yes');
}

/** Why the form is used although a home is configured. */
function withNote(form: Opened, document: Attempt): Opened {
  if (form.kind !== 'object' || form.object.state.writable.kind === 'no') return form;
  const why = document.kind === 'failed' ? toRekeyError(document.thrown).message : whyNot(document.opened);
  const { object } = form;
  return { kind: 'object', object: { ...object, state: { ...object.state, notes: [...object.state.notes, `not taken by import: ${why}`] } } };
}

function whyNot(opened: Opened): string {
  return opened.kind === 'object' && opened.object.state.writable.kind === 'no' ? opened.object.state.writable.why : 'its exported document is of another type';
}
