import { RekeyError } from '../../core/errors.ts';
import type { BranchName, Listed } from '../../core/ports.ts';
import { editForms } from '../form/edit-form.ts';
import { branchPage } from '../form/edit-page.ts';
import { readOverride } from '../form/override.ts';
import { type ListEntry, readListEntries } from '../form/plan-page.ts';
import { type CandidateForm, chosenValue } from '../page/choose-form.ts';
import { isCut } from '../page/document.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Session } from '../session/session.ts';
import type { WebPage } from '../session/visit.ts';
import type { Site } from '../site.ts';

/** What a branch page is read with. */
export interface BranchReading {
  readonly session: Session;
  readonly site: Site;
  readonly branch: BranchName;
  /** Ids of repositories that belong to somebody else, so a branch that shows one inherits it; undefined where the plan's own list could not be read. */
  readonly inherited: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal;
}

type Found = { readonly kind: 'list'; readonly entries: readonly ListEntry[] } | { readonly kind: 'form'; readonly form: CandidateForm };

/** A list of the branch's repositories, or the form of one of them straight away [D, both templates]. */
function lookAt(page: WebPage): Found | undefined {
  if (page.status >= 400) return undefined;
  const entries = readListEntries(page.document);
  if (entries !== undefined && entries.length > 0) return { kind: 'list', entries };
  const [form, ...more] = editForms(page.document);
  if (form !== undefined && more.length === 0) return { kind: 'form', form };
  return entries === undefined ? undefined : { kind: 'list', entries };
}

function listed({ key, project }: BranchName, id: string, name: string): Listed {
  return { place: { object: 'repository', id, level: 'branch', project, plan: key, name } };
}

const UNTOLD = 'the form does not tell whether the branch overrides its plan, and the repositories of the plan could not be read';

/** Whether a form shows an override. @throws RekeyError where that can't be told */
function isOverride(id: string, form: CandidateForm, { branch, inherited }: BranchReading): boolean {
  const override = readOverride(form.controls);
  if (override !== 'untold') return override === 'on';
  if (inherited === undefined) throw new RekeyError('FORM_NOT_UNDERSTOOD', `Plan branch ${branch.key}, repository ${id}: ${UNTOLD}.`);
  return !inherited.has(id);
}

function fromForm(form: CandidateForm, reading: BranchReading): Listed[] {
  const { branch, inherited } = reading;
  const id = chosenValue(form.controls, 'repositoryId') ?? '';
  const what = `The repository page of plan branch ${branch.key}`;
  if (!/^\d+$/.test(id)) throw new RekeyError('FORM_NOT_UNDERSTOOD', `${what}: its form does not say which repository it shows.`);
  if (!isOverride(id, form, reading)) return [];
  // The id is the key of everything that is written and kept, so it may stand for one repository only.
  if (inherited?.has(id) === true) throw new RekeyError('FORM_NOT_UNDERSTOOD', `${what}: its override carries the id ${id}, which is another repository's.`);
  return [listed(branch, id, chosenValue(form.controls, 'repositoryName')?.trim() || branch.name)];
}

/** One entry of a list, by the form behind it. */
async function fromEntry({ id, name }: ListEntry, reading: BranchReading): Promise<Listed[]> {
  const page = await reading.session.page(branchPage(reading.site, reading.branch.key, id), reading.signal);
  const form = page.status < 400 ? editForms(page.document).find(({ controls }) => chosenValue(controls, 'repositoryId') === id) : undefined;
  if (form === undefined) throw pageProblem(pageKind(page.document, page.status), `Repository ${id} of plan branch ${reading.branch.key}`);
  return isOverride(id, form, reading) ? [listed(reading.branch, id, name)] : [];
}

/** The repositories that a plan branch has of its own. @throws RekeyError when the page is neither list nor form, or does not tell */
export async function readBranchRepositories(reading: BranchReading): Promise<Listed[]> {
  const { session, site, branch, inherited, signal } = reading;
  const page = await session.page(branchPage(site, branch.key), signal);
  const found = lookAt(page);
  const what = `The repository page of plan branch ${branch.key}`;
  if (found === undefined) throw pageProblem(pageKind(page.document, page.status), what);
  if (isCut(page.document.html)) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what} ends before its end.`);
  if (found.kind === 'form') return fromForm(found.form, reading);
  const own: Listed[] = [];
  // An id that is known from elsewhere is inherited: a branch's own repository has its own.
  for (const entry of found.entries.filter(({ id }) => inherited?.has(id) !== true)) own.push(...(await fromEntry(entry, reading)));
  return own;
}
