import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { firstWith, specsBody, specsCaller } from '../../../support/specs-caller.ts';

const CLOUD = 'model.repository.bitbucket.cloud.BitbucketCloudRepositoryProperties';
const GIT = 'model.repository.git.GitRepositoryProperties';
const PASSWORD = '!!com.atlassian.bamboo.specs.model.repository.git.UserPasswordAuthenticationProperties';

let simulator: Simulator;
let specs: ReturnType<typeof specsCaller>;
beforeEach(async () => {
  simulator = await startSimulator({ repositories: 24 });
  specs = specsCaller(simulator);
});
afterEach(() => simulator.stop());

const cloudWithPassword = (each: RepositoryDump): boolean =>
  each.type === 'bbCloud' && each.level === 'global' && each.secrets['repository.bitbucket.password'] !== undefined;

function held(id: string): RepositoryDump {
  return firstWith(simulator, (each) => each.id === id);
}

async function send(className: string, lines: readonly string[]): Promise<{ status: number; text: string }> {
  const answer = await specs.importTo('repository', specsBody(className, lines));
  return { status: answer.status, text: await answer.text() };
}

const plainGit = (name: string): string[] => [`name: ${name}`, 'url: https://bitbucket.org/acme/web.git', 'branch: main'];

describe('the import of a repository', () => {
  it('writes user name and password of the one with this oid and nothing else, and answers with its id', async () => {
    const before = firstWith(simulator, cloudWithPassword);
    const document = await specs.exported(before.id);
    const changed = document.replace(/password: BAMSCRT\S+\n {4}username: .*/, 'password: secret\n    username: ci@acme.example');
    const answer = await specs.importTo('repository', changed, { 'content-type': 'application/x-yaml; charset=UTF-8; version=9.2.1' });
    expect(new URL(await answer.text()).searchParams.get('repositoryId')).toBe(before.id);
    expect(held(before.id)).toEqual({
      ...before,
      settings: { ...before.settings, 'repository.bitbucket.username': 'ci@acme.example' },
      secrets: { ...before.secrets, 'repository.bitbucket.password': 'secret' },
    });
  });

  it('replaces as a whole: what is left out falls back to its default', async () => {
    const before = firstWith(simulator, cloudWithPassword);
    for (const setting of ['webhookEnabled', 'useShallowClones']) simulator.edit(before.id, `repository.bitbucket.${setting}`, 'true');
    simulator.edit(before.id, 'repository.bitbucket.commandTimeout', '95');
    await send(CLOUD, [`name: ${before.name}`, `oid: {oid: ${before.oid}}`, 'repositorySlug: acme/web-api-1', 'branch: main']);
    const { settings, secrets } = held(before.id);
    expect(settings).toMatchObject({
      'repository.bitbucket.commandTimeout': '180',
      'repository.bitbucket.webhookEnabled': 'false',
      'repository.bitbucket.useShallowClones': 'false',
      'repository.bitbucket.accessLevel': 'PUBLIC',
      'repository.common.quietPeriod.enabled': 'false',
      'filter.pattern.option': 'none',
      selectedWebRepositoryViewer: 'none',
    });
    expect(secrets).toEqual({});
  });

  it('stores an empty password', async () => {
    const before = firstWith(simulator, cloudWithPassword);
    const document = await specs.exported(before.id);
    await specs.importTo('repository', document.replace(/password: BAMSCRT\S+/, "password: ''"));
    expect(held(before.id).secrets['repository.bitbucket.password']).toBe('');
  });

  it('matches by name within the scope where no oid is given', async () => {
    const { id, name } = firstWith(simulator, (each) => each.type === 'git' && each.level === 'global');
    expect((await send(GIT, plainGit(name))).text).toContain(`repositoryId=${id}`);
    expect(held(id).settings['repository.git.repositoryUrl']).toBe('https://bitbucket.org/acme/web.git');
  });

  it('makes a second repository where the oid matches nothing, whatever its name is', async () => {
    const before = firstWith(simulator, (each) => each.type === 'git' && each.level === 'global');
    const answer = await send(GIT, [...plainGit(before.name), 'oid: {oid: nobody}']);
    const id = new URL(answer.text).searchParams.get('repositoryId') ?? '';
    expect(held(id)).toMatchObject({ oid: 'nobody', name: before.name, level: 'global' });
    expect(held(before.id)).toEqual(before);
  });

  it('makes a new one in a project that is named', async () => {
    const answer = await send(GIT, [...plainGit('new'), 'project: {key: {key: WEB}}', `authenticationProperties: ${PASSWORD} {username: 0x1F, password: yes}`]);
    const id = new URL(answer.text).searchParams.get('repositoryId') ?? '';
    expect(held(id)).toMatchObject({ owner: { kind: 'project', project: 'WEB' }, settings: { 'repository.git.username': '0x1F' } });
    expect(held(id)).toMatchObject({ secrets: { 'repository.git.password': 'yes' } });
    expect(held(id).settings['repository.git.useRemoteAgentCache']).toBe('true');
  });

  it('takes the other classes of the library: Bitbucket Server, GitHub, and any plug-in', async () => {
    const server = ['name: server', 'server: {name: Bitbucket}', 'projectKey: CORE', 'repositorySlug: web', 'sshPrivateKey: key'];
    const half = await send('model.repository.bitbucket.server.BitbucketServerRepositoryProperties', server);
    expect([half.status, half.text]).toEqual([400, expect.stringContaining('sshPublicKey: must not be blank')]);
    expect((await send('model.repository.bitbucket.server.BitbucketServerRepositoryProperties', [...server, 'sshPublicKey: key'])).status).toBe(200);
    expect((await send('model.repository.github.GitHubRepositoryProperties', ['name: hub', 'repository: acme/web'])).status).toBe(200);
    const svn = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-svn:svnv2';
    const any = ['name: svn', `atlassianPlugin: {completeModuleKey: '${svn}'}`, 'serverConfiguration: {repository.svn.password: hidden}'];
    expect((await send('api.model.repository.AnyVcsRepositoryProperties', any)).status).toBe(200);
    expect(firstWith(simulator, (each) => each.name === 'server')).toMatchObject({ type: 'bbServer', secrets: { 'repository.stash.ssh.key': 'key' } });
    expect(firstWith(simulator, (each) => each.name === 'hub').settings['repository.github.branch']).toBe('master');
    expect(firstWith(simulator, (each) => each.name === 'svn')).toMatchObject({ type: 'svn', secrets: { 'repository.svn.password': 'hidden' } });
  });

  it.each([
    ['an unknown key', GIT, [...plainGit('x'), 'cloneDepth: 5'], 'cloneDepth'],
    ['an unknown key further in', GIT, [...plainGit('x'), `authenticationProperties: ${PASSWORD} {user: x}`], 'user'],
    ['a forbidden character in the name', GIT, plainGit("'a & b'"), 'name'],
    ['a forbidden character in the description', GIT, [...plainGit('x'), "description: 'a < b'"], 'description'],
    ['no name', GIT, plainGit('').slice(1), 'name'],
    ['a blank branch', GIT, ['name: x', 'url: https://x.example/y', "branch: ' '"], 'branch'],
    ['no branch', CLOUD, ['name: x', 'repositorySlug: a/b'], 'branch'],
    ['a class that is not of the library', GIT, [...plainGit('x'), 'authenticationProperties: !!javax.script.ScriptEngineManager {}'], 'not allowed'],
    ['a class that is no repository', 'api.model.plan.PlanProperties', plainGit('x'), 'not a repository'],
    ['a project that is not there', GIT, [...plainGit('x'), 'project: {key: {key: NONE}}'], 'NONE'],
    ['a length of time that is none', GIT, [...plainGit('x'), 'commandTimeout: 180'], 'Duration'],
    ['a secret of another server', GIT, [...plainGit('x'), `authenticationProperties: ${PASSWORD} {password: BAMSCRT@0@0@Zm9v}`], 'encrypted'],
    ['a plug-in that is not there', 'api.model.repository.AnyVcsRepositoryProperties', ['name: x', 'atlassianPlugin: {completeModuleKey: a:b}'], 'plug-in'],
  ])('is refused with %s, and nothing is stored', async (_what, className, lines, word) => {
    const before = simulator.repositories();
    const { status, text } = await send(className, lines);
    expect([status, JSON.parse(text)]).toEqual([400, { errors: [expect.stringContaining(word)], fieldErrors: {} }]);
    expect(simulator.repositories()).toEqual(before);
  });

  it('refuses the oid of another scope and that of another type', async () => {
    const ofProject = firstWith(simulator, (each) => each.level === 'project');
    const cloud = firstWith(simulator, cloudWithPassword);
    for (const { oid } of [ofProject, cloud]) expect((await send(GIT, [...plainGit('x'), `oid: {oid: ${oid}}`])).status).toBe(400);
  });

  it('takes Basic, wants YAML, and no token that may only read', async () => {
    const basic = `Basic ${Buffer.from(`${simulator.login.username}:${simulator.login.password}`).toString('base64')}`;
    const body = specsBody(GIT, plainGit('new'));
    expect((await specs.importTo('repository', body, { authorization: basic })).status).toBe(200);
    expect((await specs.importTo('repository', body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await specs.importTo('repository', body, { authorization: `Bearer ${simulator.readOnlyToken}` })).status).toBe(403);
  });

  it('answers with a JSON string where the server is one that quotes', async () => {
    const modern = await startSimulator({ repositories: 6, profile: 'modern' });
    const answer = await specsCaller(modern).importTo('repository', specsBody(GIT, plainGit('new')));
    expect(await answer.json()).toMatch(/\/admin\/editLinkedRepository\.action\?repositoryId=\d+$/);
    await modern.stop();
  });
});

describe('faults of an import', () => {
  it('meet the repository whose oid is sent, and are logged with its id', async () => {
    const { id, settings } = firstWith(simulator, cloudWithPassword);
    const document = (await specs.exported(id)).replace(/username: .*/, 'username: new');
    simulator.fault({ kind: 'save-resets-setting', repositoryId: id, path: '/import/', setting: 'repository.bitbucket.branch' });
    await specs.importTo('repository', document);
    expect(held(id).settings).toMatchObject({ 'repository.bitbucket.username': 'new', 'repository.bitbucket.branch': '' });
    expect(settings['repository.bitbucket.branch']).not.toBe('');
    expect(simulator.requests().at(-1)).toMatchObject({ path: '/bamboo/rest/api/latest/import/repository', repositoryId: id });
  });

  it('may make a second repository and name its id, or do nothing', async () => {
    const before = firstWith(simulator, cloudWithPassword);
    const document = (await specs.exported(before.id)).replace(/username: .*/, 'username: new');
    simulator.fault({ kind: 'save-creates-second', path: '/import/' });
    const second = new URL(await (await specs.importTo('repository', document)).text()).searchParams.get('repositoryId') ?? '';
    expect([second === before.id, held(second).settings['repository.bitbucket.username']]).toEqual([false, 'new']);
    simulator.fault({ kind: 'save-ignored', path: '/import/' });
    expect((await specs.importTo('repository', document)).status).toBe(200);
    expect(held(before.id)).toEqual(before);
  });
});
