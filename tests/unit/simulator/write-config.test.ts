import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { type Simulator, startSimulator, writeSimulatorConfig } from '../../../src/simulator/index.ts';

let simulator: Simulator;
let folder: string;
beforeAll(async () => {
  simulator = await startSimulator({ repositories: 12 });
  folder = await mkdtemp(join(tmpdir(), 'simulator-config-'));
});
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true });
});

describe('the configuration for a running simulator', () => {
  it('names its addresses, logins and tokens, with a rule for every workspace', async () => {
    const file = join(folder, 'bamboo-rekey.yaml');
    const { yaml } = await writeSimulatorConfig(simulator, file);
    expect(await readFile(file, 'utf8')).toBe(yaml);
    const config = parse(yaml);
    expect(config.bamboo.url).toBe(simulator.bambooUrl);
    expect(config.bitbucket).toEqual({ api: simulator.bitbucketApiUrl, git: simulator.bitbucketGitUrl });
    expect(config.assign).toEqual(['acme', 'globex', 'initech'].map((workspace) => ({ workspace, token: 'ci' })));
    const read = (reference: { file: string }): Promise<string> => readFile(join(dirname(file), reference.file), 'utf8');
    expect(await read(config.bamboo.login.password)).toBe(simulator.login.password);
    expect(await read(config.bamboo.rest.token)).toBe(simulator.restToken);
    expect(await read(config.tokens.ci.token)).toBe(simulator.tokens[0]?.value);
    for (const user of simulator.appPasswordUsers) expect(await read(config.previous[user.username])).toBe(user.password);
  });

  it('names the home folder, and where it is to be read, only when it is asked to', async () => {
    const usual = await writeSimulatorConfig(simulator, join(folder, 'usual.yaml'));
    expect(parse(usual.yaml).bamboo.home).toBeUndefined();
    const { yaml } = await writeSimulatorConfig(simulator, join(folder, 'home.yaml'), { home: true });
    expect(parse(yaml).bamboo.home).toEqual({ server: simulator.home.server, local: simulator.home.local });
    expect((await stat(simulator.home.local)).isDirectory()).toBe(true);
  });

  it('holds no secret itself; the files that do are for the owner only', async () => {
    const { yaml, files } = await writeSimulatorConfig(simulator, join(folder, 'other.yaml'));
    for (const { path, content } of files) {
      expect(yaml).not.toContain(content);
      expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
    }
  });
});
