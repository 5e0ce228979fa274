import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { firstWith, specsBody, specsCaller } from '../../../support/specs-caller.ts';

let simulator: Simulator;
let specs: ReturnType<typeof specsCaller>;
beforeEach(async () => {
  simulator = await startSimulator({ repositories: 24, switches: { patOnPages: true } });
  specs = specsCaller(simulator);
});
afterEach(() => simulator.stop());

const GLOBAL = '/admin/deleteLinkedRepository.action';
const PROJECT = '/project/deleteProjectRepository.action';

/** A repository that nobody uses: made for the test. */
async function made(project: string | null): Promise<RepositoryDump> {
  const lines = ['name: scratch', 'url: https://x.example/y', 'branch: main', `project: ${project === null ? 'null' : `{key: {key: ${project}}}`}`];
  await specs.importTo('repository', specsBody('model.repository.git.GitRepositoryProperties', lines));
  return firstWith(simulator, (each) => each.name === 'scratch');
}

function remove(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return specs.post(path, { body: new URLSearchParams(fields), headers: { 'x-atlassian-token': 'no-check', ...headers } });
}

const isHeld = (id: string): boolean => simulator.repositories().some((each) => each.id === id);

describe('the deletion of a repository', () => {
  it('takes a linked one away, with a personal access token where pages take one', async () => {
    const { id } = await made(null);
    const answer = await remove(GLOBAL, { repositoryId: id });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/bamboo/admin/configureLinkedRepositories.action']);
    expect(isHeld(id)).toBe(false);
  });

  it("takes a project's away, and no other project's", async () => {
    const { id } = await made('WEB');
    await remove(PROJECT, { repositoryId: id, projectKey: 'OPS' });
    expect(isHeld(id)).toBe(true);
    await remove(PROJECT, { repositoryId: id, projectKey: 'WEB' });
    expect(isHeld(id)).toBe(false);
  });

  it('leads to the login form where pages take no token, and deletes nothing', async () => {
    const { id } = await made(null);
    simulator.switches.patOnPages = false;
    const answer = await remove(GLOBAL, { repositoryId: id });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, expect.stringContaining('/userlogin')]);
    expect(isHeld(id)).toBe(true);
  });

  it.each(['login-form', 'ignored'] as const)('may not be believed, by switch (%s)', async (deletions) => {
    const { id } = await made(null);
    simulator.switches.deletions = deletions;
    expect((await remove(GLOBAL, { repositoryId: id })).status).toBe(302);
    expect(isHeld(id)).toBe(true);
  });

  it('is refused without the header against forged forms, and for a repository in use', async () => {
    const { id } = await made(null);
    const inUse = firstWith(simulator, (each) => each.level === 'global' && simulator.plans().length > 0 && each.name !== 'scratch');
    await remove(GLOBAL, { repositoryId: id }, { 'x-atlassian-token': '' });
    await remove(GLOBAL, { repositoryId: inUse.id });
    expect([isHeld(id), isHeld(inUse.id)]).toEqual([true, true]);
  });
});

describe('the deletion of shared credentials', () => {
  const remover = (path: string): Promise<Response> => specs.post(`/rest/api/latest/project/${path}`, { method: 'DELETE' });

  it("takes a project's away; those of the whole server and of other projects are not found", async () => {
    const all = simulator.sharedCredentials();
    const own = all.find((each) => each.project === 'WEB');
    const global = all.find((each) => each.project === null);
    expect((await remover(`WEB/sharedCredentials/${global?.id}`)).status).toBe(404);
    expect((await remover(`OPS/sharedCredentials/${own?.id}`)).status).toBe(404);
    expect((await remover(`WEB/sharedCredentials/${own?.id}`)).status).toBe(204);
    expect(simulator.sharedCredentials()).toEqual(all.filter((each) => each !== own));
  });

  it('may not be believed, by switch', async () => {
    simulator.switches.deletions = 'ignored';
    const own = simulator.sharedCredentials().find((each) => each.project === 'WEB');
    expect((await remover(`WEB/sharedCredentials/${own?.id}`)).status).toBe(204);
    expect(simulator.sharedCredentials()).toContainEqual(own);
  });
});
