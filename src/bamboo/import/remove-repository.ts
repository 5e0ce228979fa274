import { RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { HttpResponse, WriteAnswer } from '../../core/ports.ts';
import { editPage } from '../form/edit-page.ts';
import { beforeSending } from '../form/post-form.ts';
import type { Rest } from '../rest/rest.ts';
import { readUsage } from '../rest/usage.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { repositoriesInScope } from './scope-list.ts';

/** What a removal works with. */
export interface RemovalParts {
  readonly rest: Rest;
  readonly session: Session;
  readonly site: Site;
}

/** Says who uses a repository; `undefined` where nobody does. */
export async function whyInUse(rest: Rest, place: Place, signal?: AbortSignal): Promise<string | undefined> {
  const { plans, environments, inaccessiblePlans, inaccessibleEnvironments } = await readUsage(rest, place, signal);
  const users = plans + environments + inaccessiblePlans + inaccessibleEnvironments;
  return users === 0 ? undefined : `it is used by ${plans + inaccessiblePlans} plan(s) and ${environments + inaccessibleEnvironments} environment(s)`;
}

/** Removes a repository that we made and that nobody uses; believed only when the list no longer holds its id. @throws RekeyError with exit 7 */
export async function removeRepository(parts: RemovalParts, place: Place): Promise<WriteAnswer> {
  const why = await whyNotRemovable(parts, place).catch((thrown: unknown) => `${wordsUnlessFinal(thrown)} Nothing was removed`);
  if (why !== undefined) return { kind: 'refused', why };
  const answer = await send(parts, place);
  const isListed = await isStillListed(parts, place).catch((thrown: unknown) => wordsUnlessFinal(thrown));
  if (isListed === false) return { kind: 'saved' };
  const seen = isListed === true ? `the list still holds it; remove it by hand at ${byHand(parts.site, place)}` : isListed;
  return { ...answer, why: `${answer.why}, and ${seen}` };
}

async function whyNotRemovable({ rest, session, site }: RemovalParts, place: Place): Promise<string | undefined> {
  const why = await whyInUse(rest, place);
  // A removal alone meets no page: a session that has ended, or a prompt for the password (10.0 and later), is met and answered here.
  if (why === undefined) await session.page(editPage(site, place));
  return why;
}

/** A refused login ends everything; what else goes wrong concerns this repository alone. */
function wordsUnlessFinal(thrown: unknown): string {
  const error = toRekeyError(thrown);
  if (beforeSending(error)) throw error;
  return error.message;
}

async function isStillListed({ rest }: RemovalParts, place: Place): Promise<boolean> {
  const left = await repositoriesInScope(rest, place);
  return left.some((listed) => listed.place.id === place.id);
}

/** What the server said: the list tells whether it did so. */
interface RemovalAnswer {
  readonly kind: 'refused' | 'unanswered';
  readonly why: string;
}

async function send({ session, site }: RemovalParts, place: Place): Promise<RemovalAnswer> {
  try {
    return await session.write(deletion(site, place), answerOf);
  } catch (thrown) {
    return { kind: 'unanswered', why: wordsUnlessFinal(thrown) };
  }
}

/** The two actions that a Terraform client in production uses [T]. */
function deletion(site: Site, { id, project }: Place) {
  const path = project === undefined ? '/admin/deleteLinkedRepository.action' : '/project/deleteProjectRepository.action';
  const body = new URLSearchParams({ repositoryId: id, ...(project === undefined ? {} : { projectKey: project }) }).toString();
  return { url: site.address(path), headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Atlassian-Token': 'no-check' }, body };
}

/** A redirect to a login page looks the same as success: the status alone proves nothing, but that what was refused was not begun. */
function answerOf({ status }: HttpResponse): RemovalAnswer {
  if (status === 401) throw new RekeyError('LOGIN_REFUSED', 'Removing: Bamboo refused the login (401). Nothing more was tried.');
  return { kind: status === 403 || status === 429 ? 'refused' : 'unanswered', why: `the removal was answered with ${status}` };
}

function byHand(site: Site, { project }: Place): string {
  return project === undefined
    ? site.address('/admin/configureLinkedRepositories.action')
    : site.address('/project/viewProjectRepositories.action', { projectKey: project });
}
