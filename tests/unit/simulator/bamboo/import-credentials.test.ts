import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SharedCredentialDump, type Simulator, startSimulator } from '../../../../src/simulator/index.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ repositories: 6 });
});
afterEach(() => simulator.stop());

function body(lines: readonly string[], className = 'UsernamePasswordCredentialsProperties'): string {
  const head = `--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties\nrootEntity: !!com.atlassian.bamboo.specs.model.credentials.${className}\n`;
  return `${head}${lines.map((line) => `  ${line}\n`).join('')}specModelVersion: 9.2.1\n...\n`;
}

function send(text: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${simulator.bambooUrl}/rest/api/latest/import/sharedCredentials`, {
    method: 'POST',
    body: text,
    headers: { authorization: `Bearer ${simulator.restToken}`, 'content-type': 'application/x-yaml; charset=UTF-8; version=9.2.1', ...headers },
  });
}

function held(id: string): SharedCredentialDump {
  return simulator.sharedCredentials().find((each) => each.id === id) as SharedCredentialDump;
}

describe('the import of a shared credential', () => {
  it('writes user name and password of the one with this oid, and answers with its URL', async () => {
    const [before] = simulator.sharedCredentials();
    const answer = await send(body([`name: ${before?.name}`, `oid:\n    oid: ${before?.oid}`, 'project: null', 'username: ci@acme.example', 'password: new']));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`credentialsId=${before?.id}`);
    const after = held(before?.id ?? '');
    expect(after).toMatchObject({ oid: before?.oid, name: before?.name, username: 'ci@acme.example', secrets: { password: 'new' } });
    expect(simulator.sharedCredentials()).toHaveLength(11);
  });

  it('replaces as a whole: a password left out is stored as an empty one', async () => {
    const [before] = simulator.sharedCredentials();
    await send(body([`name: ${before?.name}`, 'username: someone']));
    expect(held(before?.id ?? '').secrets).toEqual({ password: '' });
  });

  it('matches by name within the scope where no oid is given, and makes a new one where nothing matches', async () => {
    const ofProject = simulator.sharedCredentials().find((each) => each.project === 'WEB' && each.name === 'bitbucket cloud');
    await send(body(['name: bitbucket cloud', 'project:\n    key:\n      key: WEB\n    sharedCredentials: []', 'username: web', 'password: p']));
    expect(held(ofProject?.id ?? '').username).toBe('web');
    await send(body(['name: bitbucket cloud', 'project:\n    key:\n      key: OPS', 'username: ops', 'password: p']));
    expect(simulator.sharedCredentials().at(-1)).toMatchObject({ name: 'bitbucket cloud', project: 'OPS', username: 'ops' });
  });

  it.each(['credentials-global', 'credentials-project', 'credentials-ssh'])(
    "takes Atlassian's own document %s, but for a secret of another server",
    async (name) => {
      const document = await readFile(new URL(`fixtures/${name}.yaml`, import.meta.url), 'utf8');
      const answer = await send(document);
      expect([answer.status, (await answer.text()).includes('encrypted')]).toEqual([400, true]);
      expect((await send(document.replace(/BAMSCRT@\S+/, 'in-clear'))).status).toBe(200);
    },
  );

  it.each([
    ['an unknown key', ['name: x', 'usrname: y'], undefined],
    ['a name with markup', ['name: "a<b"'], undefined],
    ['no name', ['username: y'], undefined],
    ['another class', ['name: x'], 'AwsCredentialsProperties'],
    ['an unknown project', ['name: x', 'project:\n    key:\n      key: NONE'], undefined],
    ['a password encrypted by another server', ['name: x', 'password: BAMSCRT@0@0@Zm9v'], undefined],
  ] as const)('is refused with %s, and nothing is stored', async (_what, lines, className) => {
    const before = simulator.sharedCredentials();
    const answer = await send(body(lines, className));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ errors: [expect.any(String)], fieldErrors: {} });
    expect(simulator.sharedCredentials()).toEqual(before);
  });

  it('wants YAML, and a token that may write', async () => {
    expect((await send('{}', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await send(body(['name: x']), { authorization: `Bearer ${simulator.readOnlyToken}` })).status).toBe(403);
  });
});
