import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PROFILES, type RepositoryDump, type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';

let simulator: Simulator;
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ repositories: 60, ...options });
}

function call(path: string, body: string | null = null, token = simulator.restToken): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(body === null ? {} : { 'content-type': 'application/x-yaml' }) };
  return fetch(`${simulator.bambooUrl}/rest/api/latest${path}`, { method: 'POST', headers, ...(body === null ? {} : { body }) });
}

async function exportedPath(id: string): Promise<string> {
  const [path] = (await (await call(`/export/repository/id/${id}`)).json()) as string[];
  return path ?? '';
}

async function exported(id: string): Promise<string> {
  return readFile((await exportedPath(id)).replace(simulator.home.server, simulator.home.local), 'utf8');
}

function exportable(): RepositoryDump[] {
  return simulator.repositories().filter((each) => each.level === 'global' || each.level === 'project');
}

/** Documents may not carry these characters in names [A], whatever the form has let through. */
function isSayable({ name, settings }: RepositoryDump): boolean {
  return !/["&'<>\\]/.test(name + (settings.repositoryDescription ?? ''));
}

describe('the export of a repository', () => {
  it.each(Object.keys(PROFILES))('gives a document that changes nothing when it is sent back (%s)', async (profile) => {
    await start({ profile });
    const before = simulator.repositories();
    for (const { id } of exportable().filter(isSayable)) {
      const answer = await call('/import/repository', await exported(id));
      expect([id, answer.status, await answer.text()]).toEqual([id, 200, expect.stringContaining(`repositoryId=${id}`)]);
    }
    expect(simulator.repositories()).toEqual(before);
  });
});
