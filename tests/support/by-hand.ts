import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RepositoryDump, Simulator } from '../../src/simulator/index.ts';
import { specsBody } from './specs-caller.ts';

/** The plan that comes to use what it is told to. */
const PLAN = 'USES';

/** Removes a linked or a project repository, as an administrator does it in the browser. */
export async function removeByHand(simulator: Simulator, { id, owner }: RepositoryDump): Promise<void> {
  const path = owner.kind === 'project' ? `/project/deleteProjectRepository.action?projectKey=${owner.project}&` : '/admin/deleteLinkedRepository.action?';
  await post(simulator, `${path}repositoryId=${id}`, { Cookie: simulator.openSession(), 'X-Atlassian-Token': 'no-check' });
  if (simulator.repositories().some((each) => each.id === id)) throw new TypeError(`Repository ${id} could not be removed.`);
}

/** Makes a plan use one linked or project repository, or none any more, as its owner does it by import. */
export async function useByHand(simulator: Simulator, project: string, repository?: RepositoryDump): Promise<void> {
  const link = repository?.level === 'project' ? 'ProjectRepository' : 'LinkedGlobalRepository';
  const used =
    repository &&
    `{repositoryDefinition: !!com.atlassian.bamboo.specs.api.model.repository.PlanRepositoryLinkProperties$${link} {parent: '${repository.name}'}}`;
  const lines = [`key: {key: ${PLAN}}`, 'name: Uses', `project: {key: {key: ${project}}}`, 'stages: []', `repositories: [${used ?? ''}]`];
  const headers = { authorization: `Bearer ${simulator.restToken}`, 'content-type': 'application/x-yaml' };
  await post(simulator, '/rest/api/latest/import/plan', headers, specsBody('api.model.plan.PlanProperties', lines));
}

/** No connection stays open: after a run in a process of its own the server is looked at only when nobody is connected. */
async function post(simulator: Simulator, path: string, headers: OutgoingHttpHeaders, body = ''): Promise<void> {
  const asked = request(`${simulator.bambooUrl}${path}`, { method: 'POST', headers, agent: false }).end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const told = await text(answer);
  if ((answer.statusCode ?? 0) >= 400) throw new TypeError(`${path} was answered with ${answer.statusCode}: ${told}`);
}
