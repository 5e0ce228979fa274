import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { formIn, withEntry } from '../support/simulated-browser.ts';
import { runClient } from './run-client.ts';

let simulator: Simulator;
let folder: string;
beforeAll(async () => {
  simulator = await startSimulator({ repositories: 12 });
  folder = await mkdtemp(join(tmpdir(), 'curl-bamboo-'));
});
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true });
});

async function curl(path: string, ...parameters: string[]): Promise<string> {
  const jar = join(folder, 'cookies');
  const run = await runClient('curl', [
    '--silent',
    '--show-error',
    '--noproxy',
    '*',
    '--cookie',
    jar,
    '--cookie-jar',
    jar,
    ...parameters,
    simulator.bambooUrl + path,
  ]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return run.stdout;
}

describe('curl against the simulated Bamboo', () => {
  it('logs in with a cookie jar, changes the credential through the form as a person would, and changes nothing else', async () => {
    const token = load(await curl('/userlogin!doDefault.action'))('[name=atl_token]').val();
    const login = { os_username: simulator.login.username, os_password: simulator.login.password, atl_token: String(token) };
    await curl('/userlogin.action', ...Object.entries(login).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]));
    expect(await curl('/')).toContain('Log Out');

    const before = simulator.repositories().find((each) => each.level === 'global' && each.settings['repository.bitbucket.username'] === 'buildbot');
    const page = await curl(`/admin/editLinkedRepository.action?repositoryId=${before?.id}`);
    const changes = {
      'repository.bitbucket.username': 'ci@acme.example',
      'temporary.bitbucket.password.change': 'true',
      'temporary.bitbucket.password': 'by curl',
    };
    let { entries }: { entries: readonly (readonly [string, string])[] } = formIn(page);
    for (const [name, value] of Object.entries(changes)) entries = withEntry(entries, name, value);
    const fields = [...entries, ['bamboo.successReturnMode', 'json'] as const].flatMap(([name, value]) => ['--form-string', `${name}=${value}`]);
    expect(JSON.parse(await curl('/admin/updateLinkedRepository.action', ...fields))).toMatchObject({
      status: 'OK',
      repositoryResult: { id: Number(before?.id) },
    });

    const after = simulator.repositories().find((each) => each.id === before?.id);
    expect(after?.settings).toEqual({ ...before?.settings, 'repository.bitbucket.username': 'ci@acme.example' });
    expect(after?.secrets).toEqual({ ...before?.secrets, 'repository.bitbucket.password': 'by curl' });
  });

  it('reads REST with a personal access token and is refused with a wrong one', async () => {
    const code = ['--output', join(folder, 'body'), '--write-out', '%{http_code}'];
    expect(await curl('/rest/api/latest/info', ...code, '--header', `Authorization: Bearer ${simulator.restToken}`, '--cookie', '')).toBe('200');
    expect(await curl('/rest/api/latest/info', ...code, '--header', 'Authorization: Bearer wrong')).toBe('401');
  });
});
