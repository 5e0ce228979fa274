import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { scratchDocument } from '../../src/core/scratch.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/index.ts';
import { type BinWorld, type Ended, startBinWorld } from '../support/bin-world.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const BIN = join(import.meta.dirname, '../../dist/main.js');
const LEFTOVER = 'bamboo-rekey-prove-2026-11-24t22-41-27-000z-0a1b2c';
const temporaryDirectory = temporaryDirectories();
const worlds: BinWorld[] = [];

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

interface Has {
  readonly home?: boolean;
  readonly login?: boolean;
}

async function open({ home = false, login = false }: Has, options: SimulatorOptions = {}): Promise<BinWorld> {
  const world = await startBinWorld(temporaryDirectory(), options);
  worlds.push(world);
  const { server, local } = world.simulator.home;
  if (home) world.configure(['bamboo', 'home'], { server, local });
  if (!login) world.configure(['bamboo', 'login'], undefined);
  return world;
}

/** Runs a proof, and gives its checks as `name status`. */
async function prove(world: BinWorld): Promise<Ended & { readonly checks: string[] }> {
  const ended = await world.run('doctor', '--prove', '--json');
  const events = ended.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { check?: string; status?: string }]));
  const checks = events.flatMap(({ check, status }) => (check?.startsWith('prove') ? [`${check} ${status}`] : []));
  return { ...ended, checks };
}

const held = ({ simulator }: BinWorld): string => JSON.stringify(simulator.repositories());
const scratches = ({ simulator }: BinWorld): string[] => names(simulator).filter((name) => name.startsWith('bamboo-rekey-prove'));
const names = (simulator: Simulator): string[] => simulator.repositories().map(({ name }) => name);
const toBitbucket = ({ simulator }: BinWorld): number => simulator.requests().filter(({ server }) => server !== 'bamboo').length;

/** Makes a linked repository as anybody may. */
async function make({ simulator }: BinWorld, name: string): Promise<void> {
  const response = await fetch(`${simulator.bambooUrl}/rest/api/latest/import/repository`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${simulator.restToken}`, 'Content-Type': 'application/x-yaml' },
    body: scratchDocument(name, { username: 'somebody', password: 'else' }),
  });
  expect(response.status).toBe(200);
}

/** The id of a linked repository that plans use. */
async function anyUsed({ simulator }: BinWorld): Promise<string> {
  for (const { id, level } of simulator.repositories()) {
    const response = await fetch(`${simulator.bambooUrl}/rest/api/latest/repository/${id}/usage`, {
      headers: { Authorization: `Bearer ${simulator.restToken}` },
    });
    if (level === 'global' && ((await response.json()) as { totalPlans?: number }).totalPlans !== 0) return id;
  }
  throw new RangeError('No plan uses a linked repository.');
}

/** Runs a proof and sends a signal as soon as the scratch repository is there. */
async function cutShort(world: BinWorld, signal: 'SIGINT' | 'SIGKILL'): Promise<Omit<Ended, 'stdout'>> {
  const child = spawn(process.execPath, [BIN, 'doctor', '--prove', '--json'], { cwd: world.directory, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const stderr = text(child.stderr);
  child.stdout.on('data', (chunk: Buffer) => String(chunk).includes('prove:scratch') && child.kill(signal));
  const [code] = await exit;
  keepPrinted(world.directory, 'a proof that was cut short', await stderr);
  return { exit: code, stderr: await stderr };
}

describe('doctor --prove', () => {
  it.each([
    ['home and login', { home: true, login: true }, ['prove:import ok', 'prove:form ok']],
    ['a login', { login: true }, ['prove:form ok']],
  ])('with %s writes each open route on a repository of its own, and leaves the server as it was', async (_, has, routes) => {
    const world = await open(has);
    const before = held(world);
    const { exit, checks, stderr } = await prove(world);
    expect([exit, stderr, checks]).toEqual([0, '', ['prove:scratch ok', ...routes, 'prove:removal ok']]);
    expect([held(world), toBitbucket(world)]).toEqual([before, 0]);
  });

  it.each(['modern', 'old', 'awkward'] as const)('works on the %s profile', async (profile) => {
    const world = await open({ home: true, login: true }, { profile });
    const before = held(world);
    const { checks } = await prove(world);
    expect(checks).toEqual(['prove:scratch ok', 'prove:import ok', 'prove:form ok', 'prove:removal ok']);
    expect(held(world)).toBe(before);
  });

  it('with a token and home proves the import route, says how to remove what no page is open for, and makes no second one', async () => {
    const world = await open({ home: true });
    const { exit, checks, stdout } = await prove(world);
    expect([exit, checks]).toEqual([5, ['prove:scratch ok', 'prove:import ok', 'prove:removal failed']]);
    const [name = ''] = scratches(world);
    expect(stdout).toContain(`Remove \\"${name}\\" by hand at ${world.simulator.bambooUrl}/admin/configureLinkedRepositories.action`);
    const again = await prove(world);
    expect([again.exit, again.checks, scratches(world)]).toEqual([5, ['prove:removal failed'], [name]]);
  });

  it('with a token that opens pages removes it, too', async () => {
    const world = await open({ home: true }, { switches: { patOnPages: true } });
    const { exit, checks } = await prove(world);
    expect([exit, checks, scratches(world)]).toEqual([0, ['prove:scratch ok', 'prove:import ok', 'prove:form ok', 'prove:removal ok'], []]);
  });

  it.each(['login-form', 'ignored'] as const)('does not believe a deletion that the list does not show (%s)', async (deletions) => {
    const world = await open({ login: true }, { switches: { deletions } });
    const { exit, checks, stdout } = await prove(world);
    expect([exit, checks]).toEqual([5, ['prove:scratch ok', 'prove:form ok', 'prove:removal failed']]);
    expect(stdout).toContain('by hand at');
    world.simulator.switches.deletions = 'done';
    const again = await prove(world);
    expect([again.exit, again.checks, scratches(world)]).toEqual([0, ['prove:removal ok', 'prove:scratch ok', 'prove:form ok', 'prove:removal ok'], []]);
  });

  it('removes a leftover, and touches nothing that merely has a similar name or that somebody uses', async () => {
    const world = await open({ login: true });
    const foreign = ['bamboo-rekey-prove-mine', `${LEFTOVER}-copy`, `my-${LEFTOVER}`];
    for (const name of [LEFTOVER, ...foreign]) await make(world, name);
    const used = await anyUsed(world);
    world.simulator.edit(used, 'repositoryName', LEFTOVER.replace('0a1b2c', 'ffffff'));
    const { exit, checks } = await prove(world);
    expect([exit, checks]).toEqual([0, expect.arrayContaining(['prove:removal ok', 'prove:removal warning', 'prove:form ok'])]);
    expect(names(world.simulator)).not.toContain(LEFTOVER);
    expect(names(world.simulator)).toEqual(expect.arrayContaining([...foreign, LEFTOVER.replace('0a1b2c', 'ffffff')]));
  });

  it('killed in the middle leaves one repository that the next proof removes', async () => {
    const world = await open({ login: true });
    const before = held(world);
    world.simulator.fault({ kind: 'hang', method: 'POST', path: 'updateLinkedRepository' });
    await cutShort(world, 'SIGKILL');
    expect(scratches(world)).toHaveLength(1);
    world.simulator.clearFaults();
    const { exit, checks } = await prove(world);
    expect([exit, checks]).toEqual([0, ['prove:removal ok', 'prove:scratch ok', 'prove:form ok', 'prove:removal ok']]);
    expect(held(world)).toBe(before);
  });

  it('cleans up after Ctrl-C', async () => {
    const world = await open({ home: true, login: true }, { latencyMs: 60 });
    const before = held(world);
    const { exit, stderr } = await cutShort(world, 'SIGINT');
    expect([exit, held(world)]).toEqual([130, before]);
    expect(stderr).toContain('the scratch repository was removed');
  });

  it('says that a write did more than it should', async () => {
    const world = await open({ login: true });
    world.simulator.fault({ kind: 'save-resets-setting', path: 'updateLinkedRepository', setting: 'repository.bitbucket.branch' });
    const { exit, checks, stdout } = await prove(world);
    expect([exit, checks]).toEqual([5, ['prove:scratch ok', 'prove:form failed', 'prove:removal ok']]);
    expect(stdout).toContain('more than the credential differs');
  });

  it('ends when the login is refused in the middle, says what is left, and removes it the next time', async () => {
    const world = await open({ login: true });
    world.simulator.fault({ kind: 'unauthorized', path: 'editLinkedRepository' });
    const { exit, checks, stdout } = await prove(world);
    expect([exit, checks]).toEqual([7, ['prove:scratch ok', 'prove:removal failed', 'prove failed']]);
    expect(stdout).toContain('by hand at');
    expect((await prove(world)).exit).toBe(0);
    expect(scratches(world)).toEqual([]);
  });

  it('takes a route whose document holds secrets in clear for closed, and finds what was made without an answer', async () => {
    const world = await open({ home: true, login: true }, { traits: { exportSecrets: 'clear' } });
    world.simulator.fault({ kind: 'answer-lost', path: 'import/repository' });
    const { exit, checks } = await prove(world);
    expect([exit, checks]).toEqual([0, ['prove:scratch ok', 'prove:import warning', 'prove:form ok', 'prove:removal ok']]);
  });

  it('needs no token where a login may import, and an account that may not import is told so', async () => {
    const world = await open({ login: true });
    world.configure(['bamboo', 'rest'], undefined);
    expect((await prove(world)).checks).toEqual(['prove:scratch ok', 'prove:form ok', 'prove:removal ok']);
    const { username, password } = world.simulator.viewer;
    world.write('viewer', password);
    world.configure(['bamboo', 'login'], { username, password: { file: 'viewer' } });
    const { exit, stdout } = await prove(world);
    expect([exit, scratches(world)]).toEqual([4, []]);
    expect(stdout).toContain('Nothing was made');
  });

  it('makes nothing where nothing could be written, and says what is missing', async () => {
    const nothing = await open({});
    const readOnly = await open({ login: true });
    readOnly.write('read-only', readOnly.simulator.readOnlyToken);
    readOnly.configure(['bamboo', 'rest', 'token'], { file: 'read-only' });
    for (const [world, missing] of [
      [nothing, 'bamboo.home'],
      [readOnly, "made with its owner's permissions"],
    ] as const) {
      const { exit, stdout } = await prove(world);
      expect([exit, scratches(world)]).toEqual([4, []]);
      expect(stdout).toContain(missing);
    }
  });
});
