import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { runClient } from './run-client.ts';

const MINUTES = 60_000;
const scripts = join(import.meta.dirname, 'python');
let folder: string;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ switches: { buildMs: 0 } });
  folder = await mkdtemp(join(tmpdir(), 'atlassian-python-api-'));
  expect(await runClient('python3', ['-m', 'venv', folder])).toMatchObject({ code: 0 });
  const install = ['install', '--quiet', '--disable-pip-version-check', '--requirement', join(scripts, 'requirements.txt')];
  expect(await runClient(join(folder, 'bin', 'pip'), install)).toMatchObject({ code: 0 });
}, 5 * MINUTES);
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

it('atlassian-python-api finds projects, plans, branches and linked repositories of the simulated Bamboo, builds a plan and reads its Specs', async () => {
  const script = [join(scripts, 'bamboo.py'), simulator.bambooUrl, 'WEB', 'WEB-CI'];
  const run = await runClient(join(folder, 'bin', 'python'), script, { CLIENT_TOKEN: simulator.restToken, NO_PROXY: '127.0.0.1' });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const linked = simulator.repositories().filter((each) => each.level === 'global');
  const understood = JSON.parse(run.stdout);
  expect(understood).toMatchObject({
    version: '9.6.16',
    projects: ['WEB', 'OPS', 'DATA', 'LIB', 'APP'],
    project: 'WEB',
    plan: 'CI',
    branches: ['WEB-CI0'],
    searched_branches: ['WEB-CI0'],
    linked: linked.slice(0, 25).map((each) => each.name),
    found: ['shared library'],
    allowed: [{ id: Number(linked[0]?.id), name: linked[0]?.name }],
  });
  expect(understood).toMatchObject({
    queued: 'WEB-CI-1',
    queued_again: 2,
    state: ['Finished', 'Failed'],
    job: 'WEB-CI-JOB1-1',
    latest: 2,
    results: ['WEB-CI-2', 'WEB-CI-1'],
    waiting: 0,
  });
  expect(understood.log).toContain("Finished task 'Checkout Default Repository' with result: Error");
  expect(understood.java).toContain('new BitbucketCloudRepository()');
  expect(understood.yaml).toContain('type: bitbucket');
  expect(understood.plans).toEqual(expect.arrayContaining(understood.project_plans));
  expect(understood.searched_plans).toEqual(expect.arrayContaining(['WEB-CI', 'OPS-CI']));
});
