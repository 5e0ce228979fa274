import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PROFILES, type RepositoryDump, type Simulator, type SimulatorOptions, startSimulator } from '../../../../src/simulator/index.ts';
import { firstWith, isImportable, specsCaller } from '../../../support/specs-caller.ts';

let simulator: Simulator;
afterEach(() => simulator.stop());

async function start(options: SimulatorOptions = {}): Promise<ReturnType<typeof specsCaller>> {
  simulator = await startSimulator({ repositories: 12, ...options });
  return specsCaller(simulator);
}

const isCloudWithPassword = (each: RepositoryDump): boolean =>
  each.type === 'bbCloud' &&
  each.secrets['repository.bitbucket.password'] !== undefined &&
  each.settings['repository.bitbucket.authenticationType'] === 'PASSWORD';

function size(path: string): Promise<number | null> {
  return stat(path).then(
    (each) => each.size,
    () => null,
  );
}

describe('the export of a repository', () => {
  it.each(Object.keys(PROFILES))('gives a document that changes nothing when it is sent back (%s)', async (profile) => {
    const { exported, importTo } = await start({ profile, repositories: 60 });
    const before = simulator.repositories();
    const exportable = before.filter((each) => each.level === 'global' || each.level === 'project');
    for (const { id } of exportable.filter(isImportable)) {
      const answer = await importTo('repository', await exported(id));
      expect([id, answer.status, await answer.text()]).toEqual([id, 200, expect.stringContaining(`repositoryId=${id}`)]);
    }
    expect(simulator.repositories()).toEqual(before);
  });

  it('answers with a path in the home as the server sees it; the file is named for the oid', async () => {
    const { exportPath } = await start();
    const { id, oid } = firstWith(simulator, isCloudWithPassword);
    const path = await exportPath(id);
    expect([path.startsWith(`${simulator.home.server}/`), basename(path, '.yaml')]).toEqual([true, oid]);
    expect(simulator.home.local).not.toBe(simulator.home.server);
  });

  it('is for repositories of the server and of projects: 404 for all others', async () => {
    const { post } = await start();
    const ofPlan = simulator.repositories().find((each) => each.level === 'plan');
    for (const id of [ofPlan?.id, '1']) expect((await post(`/rest/api/latest/export/repository/id/${id}`)).status).toBe(404);
  });

  it('is a write: a token that may only read gets 403', async () => {
    const { post } = await start();
    const { id } = firstWith(simulator, isCloudWithPassword);
    const answer = await post(`/rest/api/latest/export/repository/id/${id}`, { headers: { authorization: `Bearer ${simulator.readOnlyToken}` } });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['encrypted', /password: BAMSCRT@0@0@\S+$/m],
    ['omitted', /password: null$/m],
    ['clear', /password: (?!BAMSCRT|null)\S+$/m],
  ] as const)('holds secrets as the trait has it (%s)', async (exportSecrets, shown) => {
    const { exported } = await start({ traits: { exportSecrets } });
    const { id, secrets } = firstWith(simulator, isCloudWithPassword);
    const text = await exported(id);
    expect(text).toMatch(shown);
    expect(text.includes(secrets['repository.bitbucket.password'] ?? '')).toBe(exportSecrets === 'clear');
  });

  it('wipes the stored secret when a document without it is sent back', async () => {
    const { exported, importTo } = await start({ traits: { exportSecrets: 'omitted' } });
    const { id } = firstWith(simulator, isCloudWithPassword);
    expect((await importTo('repository', await exported(id))).status).toBe(200);
    expect(firstWith(simulator, (each) => each.id === id).secrets).toEqual({ 'repository.bitbucket.password': '' });
  });

  it('carries the keys of later versions, which get lost when they are left out', async () => {
    const { exported, importTo } = await start({ traits: { laterKeys: true } });
    const { id, settings } = firstWith(simulator, isCloudWithPassword);
    const text = await exported(id);
    expect(text).toMatch(/^ {2}cloneDepth: '?\d+'?$/m);
    await importTo('repository', text);
    expect(firstWith(simulator, (each) => each.id === id).settings).toEqual(settings);
    await importTo('repository', text.replace(/^ {2}cloneDepth.*\n/m, ''));
    expect(firstWith(simulator, (each) => each.id === id).settings['specs.cloneDepth']).toBe('"0"');
  });

  it.each(['half', 'never'] as const)('may leave a document that is not whole (%s)', async (exports) => {
    const { localPath, exported } = await start();
    const { id } = firstWith(simulator, isCloudWithPassword);
    const whole = (await exported(id)).length;
    simulator.switches.exports = exports;
    const seen = await size(await localPath(id));
    expect(seen).toEqual(exports === 'never' ? null : expect.any(Number));
    expect(seen ?? 0).toBeLessThan(whole);
  });

  it.each(['late', 'half-then-whole'] as const)('may have its document whole only after a while (%s)', async (exports) => {
    const { localPath, exported } = await start({ switches: { exportMs: 3_600_000 } });
    const { id } = firstWith(simulator, isCloudWithPassword);
    const whole = Buffer.byteLength(await exported(id));
    simulator.switches.exports = exports;
    expect((await size(await localPath(id))) ?? 0).toBeLessThan(whole);
    simulator.switches.exportMs = 1;
    const path = await localPath(id);
    let seen: number | null = null;
    while (seen !== whole) seen = await size(path);
    expect(seen).toBe(whole);
  });

  it('takes the home away when the server stops', async () => {
    const { localPath } = await start();
    const path = await localPath(firstWith(simulator, isCloudWithPassword).id);
    expect(await size(path)).toBeGreaterThan(0);
    await simulator.stop();
    expect(await size(simulator.home.local)).toBeNull();
    simulator = await startSimulator({ repositories: 1 });
  });
});
