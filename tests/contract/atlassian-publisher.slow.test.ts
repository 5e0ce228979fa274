import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RepositoryDump, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { buildReferee, judgeDocuments } from '../support/referee.ts';
import { isImportable, specsBody, specsCaller } from '../support/specs-caller.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** The secret of the library's fixtures: encrypted by nobody, so only a server that keeps foreign secrets takes it. */
const SECRET = 'BAMSCRT@0@0@Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----';
const REFEREE = join(import.meta.dirname, '../referee/target');

/** What Atlassian's own publisher said of each of its entities. */
async function publishAll(simulator: Simulator, token = simulator.restToken): Promise<Map<string, string>> {
  const classpath = `${join(REFEREE, 'classes')}:${readFileSync(join(REFEREE, 'classpath.txt'), 'utf8').trim()}`;
  const flags = ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-cp', classpath];
  const { stdout } = await promisify(execFile)('java', [...flags, 'Fixtures', 'publish', simulator.bambooUrl, token], { maxBuffer: 1 << 26 });
  const lines = stdout.split(/^(?=(?:PUBLISHED|REFUSED) )/m).filter((piece) => /^(PUBLISHED|REFUSED) /.test(piece));
  return new Map(lines.map((line) => [line.split(' ')[1] ?? '', line.trim()]));
}

beforeAll(buildReferee, 300_000);

describe("Atlassian's own publisher", () => {
  let simulator: Simulator;
  let said: Map<string, string>;
  beforeAll(async () => {
    simulator = await startSimulator({ repositories: 6, profile: 'modern', traits: { foreignSecrets: 'kept', oidElsewhere: 'made-anew' } });
    const linked = simulator.repositories().find((each) => each.level === 'global');
    simulator.edit(linked?.id ?? '', 'repositoryName', 'Linked – one');
    said = await publishAll(simulator);
  }, 120_000);
  afterAll(() => simulator.stop());

  const held = (name: string, level: RepositoryDump['level']): RepositoryDump | undefined =>
    simulator.repositories().findLast((each) => each.name === name && each.level === level);

  it('publishes all that it has, but for a global repository that wants a credential of a project', () => {
    const refused = [...said].filter(([, line]) => !line.startsWith('PUBLISHED')).map(([name]) => name);
    expect([said.size, refused]).toEqual([12, ['repository-cloud-shared-credentials']]);
  });

  it.each(['global', 'project', 'plan'] as const)('leaves every setting of a repository of Bitbucket Cloud as it published it (%s)', (level) => {
    expect(held('Web: shop – ünïcode #1', level)).toMatchObject({
      oid: '8w4d5x1k2abc',
      type: 'bbCloud',
      settings: {
        repositoryDescription: 'yes: the shop # not a comment',
        selectedWebRepositoryViewer: 'bbCloudViewer',
        'repository.bitbucket.accessLevel': 'PRIVATE',
        'repository.bitbucket.passwordCredentialsSource': 'CUSTOM',
        'repository.bitbucket.username': 'buildbot',
        'repository.bitbucket.repository': 'acme/shop',
        'repository.bitbucket.branch': 'feature/ä-1',
        'repository.bitbucket.authenticationType': 'SSH_KEYPAIR',
        'repository.bitbucket.sshCredentialsSource': 'CUSTOM',
        'repository.bitbucket.useShallowClones': 'true',
        'repository.bitbucket.useRemoteAgentCache': 'true',
        'repository.bitbucket.useSubmodules': 'true',
        'repository.bitbucket.sshKeyAppliesToSubmodules': 'true',
        'repository.bitbucket.commandTimeout': '95',
        'repository.bitbucket.verbose.logs': 'true',
        'repository.bitbucket.fetch.whole.repository': 'true',
        'repository.bitbucket.lfs.repository': 'true',
        'repository.bitbucket.webhookEnabled': 'true',
        'repository.common.quietPeriod.enabled': 'true',
        'repository.common.quietPeriod.period': '30',
        'repository.common.quietPeriod.maxRetries': '7',
        'commit.isolation.option': 'true',
        'filter.pattern.option': 'includeOnly',
        'filter.pattern.regex': '^src/.*\\.(ts|js)$',
        'changeset.filter.pattern.regex': '.*\\[skip ci\\].*',
      },
      secrets: { 'repository.bitbucket.password': SECRET, 'repository.bitbucket.ssh.key': KEY, 'repository.bitbucket.ssh.passphrase': SECRET },
    });
  });

  it('leaves what it does not say at the defaults', () => {
    const { settings, secrets } = held('lib', 'global') as RepositoryDump;
    expect(Object.entries(settings).filter(([, value]) => value === 'true')).toEqual([]);
    expect(settings).toMatchObject({ 'repository.bitbucket.commandTimeout': '180', 'repository.bitbucket.authenticationType': 'PASSWORD' });
    expect(secrets).toEqual({ 'repository.bitbucket.password': SECRET });
    expect(held('public', 'global')).toMatchObject({ settings: { 'repository.bitbucket.accessLevel': 'PUBLIC' }, secrets: {} });
  });

  it('leaves Git repositories with a login of their own and with a shared one', () => {
    const credential = simulator.sharedCredentials().find((each) => each.project === null && each.name === 'bitbucket cloud');
    expect(held('plain git', 'global')).toMatchObject({
      type: 'git',
      settings: {
        'repository.git.repositoryUrl': 'https://bitbucket.org/acme/plain.git',
        'repository.git.branch': 'master',
        'repository.git.username': 'buildbot',
      },
      secrets: { 'repository.git.password': SECRET },
    });
    expect(held('git shared', 'global')).toMatchObject({
      settings: { 'repository.git.passwordCredentialsSource': 'SHARED_CREDENTIALS', 'repository.git.passwordSharedCredentials': credential?.id },
      secrets: {},
    });
  });

  it('leaves shared credentials of both scopes and of both kinds', () => {
    const ofOid = (oid: string): object[] => simulator.sharedCredentials().filter((each) => each.oid === oid);
    expect(ofOid('cred1')).toEqual([
      expect.objectContaining({ name: 'bitbucket cloud', project: null, username: 'buildbot', secrets: { password: SECRET } }),
      expect.objectContaining({ name: 'bitbucket cloud', project: 'WEB', username: 'buildbot', secrets: { password: SECRET } }),
    ]);
    expect(ofOid('cred2')).toEqual([expect.objectContaining({ name: 'deploy key', type: 'ssh', secrets: { key: KEY, passphrase: SECRET } })]);
  });

  it('leaves a plan with its own repositories and the linked one, and a project with its repositories', () => {
    const plan = simulator.plans().find((each) => each.key === 'WEB-BLD');
    expect(plan).toMatchObject({ name: 'Build', enabled: true });
    const own = simulator.repositories().filter((each) => each.owner.kind === 'plan' && each.owner.plan === 'WEB-BLD');
    expect(own.map((each) => each.name)).toEqual(['Web: shop – ünïcode #1', 'lib', 'docs', 'public', 'plain git', 'other kind']);
    expect(own.at(-1)).toMatchObject({ type: 'example', settings: { 'repository.example.username': 'buildbot' } });
    expect(held('project lib', 'project')).toMatchObject({ oid: 'p1', owner: { kind: 'project', project: 'WEB' } });
    expect(held('docs', 'project')?.settings['repository.bitbucket.sshCredentialsSource']).toBe('SHARED_CREDENTIALS');
  });

  it('changes nothing when it publishes the same again', async () => {
    const before = [simulator.repositories(), simulator.sharedCredentials(), simulator.plans()];
    await publishAll(simulator);
    expect([simulator.repositories(), simulator.sharedCredentials(), simulator.plans()]).toEqual(before);
  });
});

describe("Atlassian's own parser", () => {
  const newFolder = temporaryDirectories();

  it('writes every exported document down in the same lines, where it may be imported at all', async () => {
    const simulator = await startSimulator({ repositories: 60, profile: 'modern', version: '9.2.1' });
    const { exported } = specsCaller(simulator);
    const own = simulator.repositories().filter((each) => each.level === 'global' || each.level === 'project');
    const importable = own.filter(isImportable);
    const documents = await Promise.all(importable.map(({ id }) => exported(id))).finally(() => simulator.stop());
    const rulings = judgeDocuments(documents, newFolder());
    expect(rulings.length).toBeGreaterThan(20);
    expect(rulings.map((ruling) => (ruling.kind === 'accepted' ? ruling.canonical : ruling.why))).toEqual(documents.map((text) => text.trimEnd()));
  });
});

describe("Atlassian's own validators", () => {
  const newFolder = temporaryDirectories();

  it('refuse the addresses of Git repositories that the simulator refuses, and no other', async () => {
    const classes = 'com.atlassian.bamboo.specs.model.repository.git';
    const password = `!!${classes}.UserPasswordAuthenticationProperties {username: x, password: y}`;
    const key = `!!${classes}.SshPrivateKeyAuthenticationProperties {sshPrivateKey: x}`;
    const addresses = ['https://u@x/y', 'https://x/y', 'ssh://git@x/y', 'git@x:y', 'ftp://x/y', 'http://x/y', 'nonsense'];
    const bodies = [password, key, 'null'].flatMap((login) =>
      addresses.map((url) =>
        specsBody('model.repository.git.GitRepositoryProperties', ['name: x', `url: '${url}'`, 'branch: main', `authenticationProperties: ${login}`]),
      ),
    );
    const simulator = await startSimulator({ repositories: 6 });
    const { importTo } = specsCaller(simulator);
    const answers: boolean[] = [];
    for (const body of bodies) answers.push((await importTo('repository', body)).ok);
    await simulator.stop();
    expect(judgeDocuments(bodies, newFolder()).map((ruling) => ruling.kind === 'accepted')).toEqual(answers);
    expect([answers.includes(true), answers.includes(false)]).toEqual([true, true]);
  });
});

describe("Atlassian's own publisher, refused", () => {
  it('tells in words of its own what the server did not like', async () => {
    const simulator = await startSimulator({ repositories: 6 });
    const said = await publishAll(simulator).finally(() => simulator.stop());
    expect(said.get('repository-git-inline')).toMatch(/^REFUSED [\s\S]*password: was not encrypted by this server\./);
    expect(said.get('plan')).toMatch(/^REFUSED /);
    expect(said.get('repository-cloud-no-credentials')).toMatch(/^PUBLISHED /);
  });

  it('tells that a token may only read, and that an old server does not know a key', async () => {
    const old = await startSimulator({ repositories: 6, profile: 'old' });
    const unknown = await publishAll(old).finally(() => old.stop());
    expect(unknown.get('repository-cloud-no-credentials')).toMatch(/^REFUSED [\s\S]*webhookEnabled/);
    const simulator = await startSimulator({ repositories: 6 });
    const forbidden = await publishAll(simulator, simulator.readOnlyToken).finally(() => simulator.stop());
    expect([...forbidden.values()].every((line) => /^REFUSED [\s\S]*may only read/.test(line))).toBe(true);
  });
});
