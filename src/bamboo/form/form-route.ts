import { endsEverything, type RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { Opened, OpenedObject, Pair, Route, WriteAnswer } from '../../core/ports.ts';
import { secretProblem, withoutSecret } from '../clear-text.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Rest } from '../rest/rest.ts';
import type { Session } from '../session/session.ts';
import type { WebPage } from '../session/visit.ts';
import type { Site } from '../site.ts';
import { testConnection } from './connection-test.ts';
import { chooseEditForm, type EditForm } from './edit-form.ts';
import { editPage } from './edit-page.ts';
import { encodeMultipart } from './multipart.ts';
import { type RepositoryForm, readRepositoryForm } from './repository-form.ts';
import { saveAddress } from './save-address.ts';
import { judgeSave } from './save-answer.ts';
import { saveParts } from './save-parts.ts';
import type { PairOverride } from './secret-pair.ts';

/** What the form route works with. */
export interface FormRouteParts {
  readonly session: Session;
  readonly rest: Rest;
  readonly site: Site;
  readonly override?: PairOverride;
}

const refused = (why: string): WriteAnswer => ({ kind: 'refused', why });

/** Failures that come before anything is sent; every other one leaves open whether the write was done. */
function beforeSending(error: RekeyError): boolean {
  return endsEverything(error) || ['LOGIN_UNSUPPORTED', 'LOGIN_MISSING', 'REDIRECTED_AWAY'].includes(error.code);
}

function pairProblem(pair: Pair): string | undefined {
  if (pair.username.trim() === '' || pair.username !== pair.username.trim()) return 'the new user name is empty, or begins or ends with a blank';
  return secretProblem(pair.secret);
}

function clean(answer: WriteAnswer, pair: Pair): WriteAnswer {
  return 'why' in answer ? { ...answer, why: withoutSecret(answer.why, pair.secret) } : answer;
}

async function send(parts: FormRouteParts, url: string, reading: RepositoryForm, pair: Pair): Promise<WriteAnswer> {
  if (reading.credential === undefined) return refused('the form does not show where a new credential goes');
  const { contentType, body } = encodeMultipart(saveParts(reading.controls, reading.credential, pair));
  const headers = { 'Content-Type': contentType, 'X-Atlassian-Token': 'no-check', Accept: 'application/json, text/html' };
  const id = reading.state.place.id;
  try {
    return clean(await parts.session.write({ url, headers, body }, (response) => judgeSave(response, parts.site, id)), pair);
  } catch (thrown) {
    const error = toRekeyError(thrown);
    if (beforeSending(error)) throw error;
    return clean({ kind: 'unanswered', why: error.message }, pair);
  }
}

async function write(parts: FormRouteParts, page: WebPage, form: EditForm, reading: RepositoryForm, pair: Pair): Promise<WriteAnswer> {
  const { writable } = reading.state;
  if (writable.kind === 'no') return refused(writable.why);
  const problem = pairProblem(pair);
  if (problem !== undefined) return refused(problem);
  const url = saveAddress(parts.site, page.url, form.action);
  return url === undefined ? refused('the form is posted to an address of an unknown shape') : send(parts, url, reading, pair);
}

/** A form whose action cannot be mapped onto the configured address is not writable, and says so before a run. */
function withAction(parts: FormRouteParts, page: WebPage, form: EditForm, reading: RepositoryForm): RepositoryForm {
  if (reading.state.writable.kind === 'no' || saveAddress(parts.site, page.url, form.action) !== undefined) return reading;
  return { ...reading, state: { ...reading.state, writable: { kind: 'no', why: 'its form is posted to an address of an unknown shape' } } };
}

function opened(parts: FormRouteParts, page: WebPage, form: EditForm, found: RepositoryForm): OpenedObject {
  const reading = withAction(parts, page, form, found);
  return {
    state: reading.state,
    write: (pair) => write(parts, page, form, reading, pair),
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
      const what = `${new URL(address).pathname} of repository ${place.id}`;
      const form = page.status < 400 ? chooseEditForm(page.document, place.id, what) : undefined;
      if (form === undefined) throw pageProblem(pageKind(page.document, page.status), what);
      const reading = readRepositoryForm(form, place, parts.override);
      return reading.kind === 'repository' ? { kind: 'object', object: opened(parts, page, form, reading) } : reading;
    },
  };
}
