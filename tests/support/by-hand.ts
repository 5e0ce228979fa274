import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RepositoryDump, Simulator } from '../../src/simulator/index.ts';
import { specsBody } from './specs-caller.ts';

/** The plan that comes to use what it is told to. */
const PLAN = 'USES';
const LINK = '!!com.atlassian.bamboo.specs.api.model.repository.PlanRepositoryLinkProperties';

/** Removes a linked or a project repository, as an administrator does it in the browser. */
export async function removeByHand(simulator: Simulator, { id, owner }: RepositoryDump): Promise<void> {
  const path = owner.kind === 'project' ? `/project/deleteProjectRepository.action?projectKey=${owner.project}&` : '/admin/deleteLinkedRepository.action?';
  await post(simulator, `${path}repositoryId=${id}`, { Cookie: simulator.openSession(), 'X-Atlassian-Token': 'no-check' });
  if (simulator.repositories().some((each) => each.id === id)) throw new TypeError(`Repository ${id} could not be removed.`);
}

/** Makes a plan of that project use a linked or project repository beside what it uses already, as its owner does it by import. */
export async function useByHand(simulator: Simulator, project: string, repository: RepositoryDump): Promise<void> {
  const used = simulator.plans().find(({ key }) => key === `${project}-${PLAN}`)?.used ?? [];
  const before = simulator.repositories().filter(({ id }) => used.includes(id) && id !== repository.id);
  await importPlan(simulator, project, [...before, repository]);
}

/** Makes these plans use nothing any more. */
export async function endUses(simulator: Simulator): Promise<void> {
  const using = simulator.plans().filter(({ key, project, used }) => key === `${project}-${PLAN}` && used.length > 0);
  for (const { project } of using) await importPlan(simulator, project, []);
}

async function importPlan(simulator: Simulator, project: string, uses: readonly RepositoryDump[]): Promise<void> {
  const links = uses.map(
    ({ level, name }) => `{repositoryDefinition: ${LINK}$${level === 'project' ? 'Project' : 'LinkedGlobal'}Repository {parent: '${name}'}}`,
  );
  const lines = [`key: {key: ${PLAN}}`, 'name: Uses', `project: {key: {key: ${project}}}`, 'stages: []', `repositories: [${links.join(', ')}]`];
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
