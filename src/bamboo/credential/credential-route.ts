import type { Place } from '../../core/model.ts';
import type { Opened, OpenedObject, Pair, Route, WriteAnswer } from '../../core/ports.ts';
import { pairProblem, postForm } from '../form/post-form.ts';
import { saveAddress } from '../form/save-address.ts';
import { judgeSave } from '../form/save-answer.ts';
import type { PairOverride } from '../form/secret-pair.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Rest } from '../rest/rest.ts';
import type { Session } from '../session/session.ts';
import type { WebPage } from '../session/visit.ts';
import type { Site } from '../site.ts';
import { type CredentialForm, chooseCredentialForm, readCredentialForm } from './credential-form.ts';
import { openGlobalByImport } from './global-import.ts';
import { NOT_OFFERED, openProjectCredential } from './project-credential.ts';

/** What the route works with. */
export interface CredentialRouteParts {
  /** Without a login it throws when it is used: a project's credentials need none. */
  readonly session: Session;
  readonly rest: Rest;
  readonly site: Site;
  readonly override?: PairOverride;
}

const UNKNOWN_ACTION = 'its form is posted to an address of an unknown shape';

/** The address of a credential's form [D]. No `confirm` here: it may mean something else to a page that is not known. */
export function credentialPage(site: Site, id: string): string {
  return site.address('/admin/editSharedCredentials.action', { credentialsId: id });
}

async function write({ session, site }: CredentialRouteParts, url: string | undefined, form: CredentialForm, pair: Pair): Promise<WriteAnswer> {
  const { state, controls, credential } = form;
  const why = state.writable.kind === 'no' ? state.writable.why : pairProblem(pair);
  if (why !== undefined) return { kind: 'refused', why };
  if (url === undefined || credential === undefined) return { kind: 'refused', why: UNKNOWN_ACTION };
  const subject = { id: state.place.id, idName: 'credentialsId' as const };
  return postForm(session, { url, controls, credential }, pair, (response) => judgeSave(response, site, subject));
}

function opened(parts: CredentialRouteParts, page: WebPage, form: CredentialForm): OpenedObject {
  const url = saveAddress(parts.site, page.url, form.action);
  const closed = form.state.writable.kind === 'yes' && url === undefined;
  return {
    state: closed ? { ...form.state, writable: { kind: 'no', why: UNKNOWN_ACTION } } : form.state,
    write: (pair) => write(parts, url, form, pair),
    test: async () => NOT_OFFERED,
  };
}

async function openForm(parts: CredentialRouteParts, place: Place, signal?: AbortSignal): Promise<Opened> {
  const page = await parts.session.page(credentialPage(parts.site, place.id), signal);
  const what = `The form of shared credential ${place.id}`;
  const form = page.status < 400 ? chooseCredentialForm(page.document, place.id, what) : undefined;
  if (form === undefined) throw pageProblem(pageKind(page.document, page.status), what);
  const reading = readCredentialForm(form, place, parts.override);
  if (reading.kind !== 'credential') return reading;
  return { kind: 'object', object: reading.pairless ? await openGlobalByImport(parts, reading.state, signal) : opened(parts, page, reading) };
}

/** The `shared-credential` route: by its form where it is the whole server's and its form is understood, else by import. */
export function createCredentialRoute(parts: CredentialRouteParts): Route {
  return {
    name: 'shared-credential',
    open: (place, signal) => (place.level === 'project' ? openProjectCredential(parts.rest, place, signal) : openForm(parts, place, signal)),
  };
}
