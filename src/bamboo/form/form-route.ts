import type { Place } from '../../core/model.ts';
import type { Opened, OpenedObject, Pair, Route, WriteAnswer } from '../../core/ports.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Rest } from '../rest/rest.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { testConnection } from './connection-test.ts';
import { chooseEditForm, type EditForm } from './edit-form.ts';
import { editPage } from './edit-page.ts';
import { readOverride } from './override.ts';
import { pairProblem, postForm } from './post-form.ts';
import { type FormContext, type RepositoryForm, readRepositoryForm } from './repository-form.ts';
import { saveAddress } from './save-address.ts';
import { judgeSave, type SaveSubject } from './save-answer.ts';

/** What the form route works with. */
export interface FormRouteParts extends Omit<FormContext, 'place'> {
  readonly session: Session;
  readonly rest: Rest;
  readonly site: Site;
}

const refused = (why: string): WriteAnswer => ({ kind: 'refused', why });

function subjectOf({ id, level, plan }: Place): SaveSubject {
  return { id, idName: 'repositoryId', ...(level === 'branch' && plan !== undefined ? { branch: plan } : {}) };
}

async function write(
  { session, site }: FormRouteParts,
  pageUrl: string,
  form: EditForm,
  { state, controls, credential }: RepositoryForm,
  pair: Pair,
): Promise<WriteAnswer> {
  if (state.writable.kind === 'no') return refused(state.writable.why);
  const problem = pairProblem(pair);
  if (problem !== undefined) return refused(problem);
  if (credential === undefined) return refused('the form does not show where a new credential goes');
  const url = saveAddress(site, pageUrl, form.action);
  if (url === undefined) return refused('the form is posted to an address of an unknown shape');
  return postForm(session, { url, controls, credential }, pair, (response) => judgeSave(response, site, subjectOf(state.place)));
}

/** A form whose action cannot be mapped onto the configured address is not writable, and says so before a run. */
function withAction(parts: FormRouteParts, pageUrl: string, form: EditForm, reading: RepositoryForm): RepositoryForm {
  if (reading.state.writable.kind === 'no' || saveAddress(parts.site, pageUrl, form.action) !== undefined) return reading;
  return { ...reading, state: { ...reading.state, writable: { kind: 'no', why: 'its form is posted to an address of an unknown shape' } } };
}

/** Holds on to what a write needs, not to the page: its tree is many times as large. */
function opened(parts: FormRouteParts, pageUrl: string, form: EditForm, found: RepositoryForm): OpenedObject {
  const reading = withAction(parts, pageUrl, form, found);
  return {
    state: reading.state,
    write: (pair) => write(parts, pageUrl, form, reading, pair),
    test: (pair) => testConnection(parts.rest, reading, form.selected, pair),
  };
}

/** The `form` route: reads an object's edit form and posts exactly what it read, but for the credential. */
export function createFormRoute(parts: FormRouteParts): Route {
  return {
    name: 'form',
    async open(place: Place, signal?: AbortSignal): Promise<Opened> {
      const address = editPage(parts.site, place);
      const page = await parts.session.page(address, signal);
      // Without the id: it is told with the item, and many items may share one reason.
      const what = new URL(address).pathname;
      const form = page.status < 400 ? chooseEditForm(page.document, place.id, what) : undefined;
      if (form === undefined) throw pageProblem(pageKind(page.document, page.status), what);
      if (place.level === 'branch' && readOverride(form.controls) === 'off') return { kind: 'inherited' };
      const reading = readRepositoryForm(form, { ...parts, place });
      return reading.kind === 'repository' ? { kind: 'object', object: opened(parts, page.url, form, reading) } : reading;
    },
  };
}
