import type { Place } from '../../core/model.ts';
import type { HttpResponse, WriteAnswer } from '../../core/ports.ts';
import { editPage } from '../form/edit-page.ts';
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

/** Removes a repository that we made and that nobody uses; believed only when the list no longer holds its id. */
export async function removeRepository({ rest, session, site }: RemovalParts, place: Place): Promise<WriteAnswer> {
  const why = await whyInUse(rest, place);
  if (why !== undefined) return { kind: 'refused', why };
  // A removal alone meets no page: a session that has ended, or a prompt for the password (10.0 and later), is met and answered here.
  await session.page(editPage(site, place));
  const told = await session.write(deletion(site, place), answerOf);
  const left = await repositoriesInScope(rest, place);
  if (!left.some((listed) => listed.place.id === place.id)) return { kind: 'saved' };
  return { kind: 'unanswered', why: `${told}, and the list still holds it; remove it by hand at ${byHand(site, place)}` };
}

/** The two actions that a Terraform client in production uses [T]. */
function deletion(site: Site, { id, project }: Place) {
  const path = project === undefined ? '/admin/deleteLinkedRepository.action' : '/project/deleteProjectRepository.action';
  const body = new URLSearchParams({ repositoryId: id, ...(project === undefined ? {} : { projectKey: project }) }).toString();
  return { url: site.address(path), headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Atlassian-Token': 'no-check' }, body };
}

/** A redirect to a login page looks the same: the status alone proves nothing. */
function answerOf({ status }: HttpResponse): string {
  return `the removal was answered with ${status}`;
}

function byHand(site: Site, { project }: Place): string {
  return project === undefined
    ? site.address('/admin/configureLinkedRepositories.action')
    : site.address('/project/viewProjectRepositories.action', { projectKey: project });
}
