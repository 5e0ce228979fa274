import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { firstWith, specsBody, specsCaller } from '../../../support/specs-caller.ts';

const MODEL = '!!com.atlassian.bamboo.specs.model';
const LINK = '!!com.atlassian.bamboo.specs.api.model.repository.PlanRepositoryLinkProperties$LinkedGlobalRepository';

let simulator: Simulator;
let specs: ReturnType<typeof specsCaller>;
beforeEach(async () => {
  simulator = await startSimulator({ repositories: 24 });
  specs = specsCaller(simulator);
});
afterEach(() => simulator.stop());

const git = (name: string): string => `${MODEL}.repository.git.GitRepositoryProperties {name: ${name}, url: 'https://x.example/y', branch: main}`;

function planBody(repositories: readonly string[], more: readonly string[] = []): string {
  const lines = ['key: {key: NEW}', 'name: New', 'project: {key: {key: WEB}}', 'stages: []', ...more, 'repositories:'];
  return specsBody('api.model.plan.PlanProperties', [...lines, ...repositories.map((each) => `- repositoryDefinition: ${each}`)]);
}

function ofPlan(key: string): RepositoryDump[] {
  return simulator.repositories().filter((each) => each.owner.kind === 'plan' && each.owner.plan === key);
}

describe('the import of a plan', () => {
  it('makes the plan with its own repositories and the linked one, and REST tells the use', async () => {
    const linked = firstWith(simulator, (each) => each.level === 'global');
    const answer = await specs.importTo('plan', planBody([git('own'), `${LINK} {parent: '${linked.name}'}`]));
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/\/browse\/WEB-NEW$/)]);
    expect(ofPlan('WEB-NEW')).toEqual([expect.objectContaining({ name: 'own', type: 'git' })]);
    const headers = { authorization: `Bearer ${simulator.restToken}` };
    const usage = await fetch(`${simulator.bambooUrl}/rest/api/latest/repository/${linked.id}/usage`, { headers });
    expect(await usage.text()).toContain('WEB-NEW');
  });

  it('leaves no repository but those of the document', async () => {
    await specs.importTo('plan', planBody([git('one'), git('two')]));
    const [one] = ofPlan('WEB-NEW');
    await specs.importTo('plan', planBody([git('one'), git('three')], ['enabled: false']));
    expect(ofPlan('WEB-NEW').map((each) => each.name)).toEqual(['one', 'three']);
    expect(ofPlan('WEB-NEW')[0]?.id).toBe(one?.id);
    expect(simulator.plans().find((each) => each.key === 'WEB-NEW')).toMatchObject({ enabled: false });
  });

  it.each([
    ['a link to nothing', planBody([git('own'), `${LINK} {parent: nobody}`]), 'nobody'],
    ['an unknown key', planBody([git('own')], ['colour: red']), 'colour'],
    ['no plan', specsBody('api.model.project.ProjectProperties', ['key: {key: NEW}']), 'not a plan'],
  ])('is refused with %s, and nothing is stored', async (_what, body, word) => {
    const before = [simulator.plans(), simulator.repositories()];
    const answer = await specs.importTo('plan', body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(word)]);
    expect([simulator.plans(), simulator.repositories()]).toEqual(before);
  });
});

describe('the import of a project', () => {
  it('makes it with credentials and repositories that use them; what is not named stays', async () => {
    const shared = `${MODEL}.repository.git.SharedCredentialsAuthenticationProperties {sharedCredentials: {name: own, scope: PROJECT}}`;
    const lines = [
      'key: {key: NEW}',
      'name: New',
      'sharedCredentials:',
      `- ${MODEL}.credentials.UsernamePasswordCredentialsProperties {name: own, username: ci, password: secret, project: {key: {key: NEW}}}`,
      'repositories:',
      `- ${MODEL}.repository.git.GitRepositoryProperties {name: own, url: 'https://x.example/y', branch: main, authenticationProperties: ${shared}}`,
    ];
    expect((await specs.importTo('project', specsBody('api.model.project.ProjectProperties', lines))).status).toBe(200);
    const credential = simulator.sharedCredentials().find((each) => each.project === 'NEW');
    const repository = firstWith(simulator, (each) => each.owner.kind === 'project' && each.owner.project === 'NEW');
    expect(credential).toMatchObject({ name: 'own', secrets: { password: 'secret' } });
    expect(repository.settings['repository.git.passwordSharedCredentials']).toBe(credential?.id);
    await specs.importTo('project', specsBody('api.model.project.ProjectProperties', lines.slice(0, 2)));
    expect(firstWith(simulator, (each) => each.id === repository.id)).toEqual(repository);
  });

  it('is refused without a name for a new one', async () => {
    const answer = await specs.importTo('project', specsBody('api.model.project.ProjectProperties', ['key: {key: NEW}']));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('no name for a new one')]);
  });
});

describe('the import of what the simulator does not hold', () => {
  it.each(['deployment', 'deployment/permission', 'plan/permission', 'project/permissions'])('reads %s and lets it pass', async (path) => {
    const before = simulator.repositories();
    expect((await specs.importTo(path, specsBody('api.model.permission.PlanPermissionsProperties', ['permissions: []']))).status).toBe(200);
    expect((await specs.importTo(path, 'no document: of the library')).status).toBe(400);
    expect(simulator.repositories()).toEqual(before);
  });
});
