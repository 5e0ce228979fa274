import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunEvent } from '../../src/core/events.ts';
import { type Simulator, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const BIN = join(import.meta.dirname, '../../dist/main.js');

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the process', () => {
  const temporaryDirectory = temporaryDirectories();
  let directory: string;
  let simulator: Simulator;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    directory = temporaryDirectory();
    simulator = await startSimulator({ repositories: 12, seed: 'process' });
    await writeSimulatorConfig(simulator, join(directory, 'bamboo-rekey.yaml'));
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await simulator.stop();
  });

  function start(...words: string[]): ChildProcess & { stdout: NonNullable<ChildProcess['stdout']>; stderr: NonNullable<ChildProcess['stderr']> } {
    const child = spawn(process.execPath, [BIN, ...words], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  }

  async function run(...words: string[]): Promise<Ended> {
    return ended(start(...words));
  }

  async function ended(child: ReturnType<typeof start>): Promise<Ended> {
    const exit = once(child, 'exit') as Promise<[number | null]>;
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    keepPrinted(directory, 'the bin', stdout + stderr);
    return { exit: code, stdout, stderr };
  }

  it('gives results on stdout and progress on stderr', async () => {
    const { exit, stdout, stderr } = await run('inventory', '--format', 'json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, server: { url: simulator.bambooUrl } });
    expect(stderr).toContain('Reading the server');
  });

  it('gives events and nothing else under --json, and the document goes to -o', async () => {
    const { exit, stdout, stderr } = await run('--json', 'plan', '-o', 'plan.json');
    expect([exit, stderr]).toEqual([0, '']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => RunEvent.parse(JSON.parse(line)).event);
    expect([events[0], events.at(-1)]).toEqual(['TOOL', 'RUN_FINISHED']);
    expect(JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8'))).toMatchObject({ format: 1, purpose: 'apply' });
  });

  it('says by its exit code that changes are pending, and that something was left out', async () => {
    expect((await run('plan', '-q', '--exit-code')).exit).toBe(10);
    writeFileSync(join(directory, 'none.yaml'), readFileSync(join(directory, 'bamboo-rekey.yaml'), 'utf8').replace(/^assign:\n( {2}.*\n)+/m, 'assign: []\n'));
    expect((await run('plan', '-q', '-c', 'none.yaml', '--exit-code')).exit).toBe(0);
    expect((await run('plan', '-q', '-c', 'none.yaml', '--exit-code', '--require-complete')).exit).toBe(5);
  });

  it.each([
    ['aply'],
    ['plan', '--config', 'missing.yaml'],
    ['apply', 'missing.json', '--yes'],
    ['show', 'no-such-run'],
    ['inventory', '--project', 'NOSUCH'],
    ['doctor', '--log-file', '/no/such/directory/log'],
  ])('tells a failure in words and by exit 2: %s', async (...words) => {
    const plain = await run(...words);
    expect(plain).toMatchObject({ exit: 2, stdout: '' });
    expect(plain.stderr).toMatch(/Error: .+\n.+\n\([A-Z_]+\)\n$/);
    const { stdout } = await run(...words, '--json');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => RunEvent.parse(JSON.parse(line)));
    expect([events[0], ...events.slice(-2)]).toMatchObject([{ event: 'TOOL' }, { event: 'ERROR' }, { event: 'RUN_FINISHED', run: null, total: 0, exit: 2 }]);
  });

  it('does not write without a terminal unless it was told --yes', async () => {
    await run('plan', '-q', '-o', 'plan.json');
    expect(await run('apply', 'plan.json')).toMatchObject({ exit: 2, stderr: expect.stringContaining('--yes') });
    expect(existsSync(join(directory, '.bamboo-rekey/runs'))).toBe(false);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = start('inventory');
    child.stdout.destroy();
    const [stderr, [exit]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(exit).toBe(0);
    expect(stderr).not.toContain('EPIPE');
  });

  it('stops at the first signal with exit 130 and says so', async () => {
    simulator.switches.latencyMs = 200;
    const child = start('inventory');
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const { exit, stderr } = await ended(child);
    simulator.switches.latencyMs = 0;
    expect(exit).toBe(130);
    expect(stderr).toMatch(/Stopping: .+\n(.+\n)*Error: .+\n.+\n\(INTERRUPTED\)\n$/);
  });

  it('writes a template that its own reader takes, and never overwrites it', async () => {
    expect(await run('init', '--no-input', '-c', 'fresh.yaml')).toMatchObject({ exit: 0 });
    const written = readFileSync(join(directory, 'fresh.yaml'), 'utf8');
    expect((await run('runs', '-c', 'fresh.yaml')).exit).toBe(0);
    expect(await run('init', '--no-input', '-c', 'fresh.yaml')).toMatchObject({ exit: 2, stderr: expect.stringContaining('(FILE_UNWRITABLE)') });
    expect(readFileSync(join(directory, 'fresh.yaml'), 'utf8')).toBe(written);
  });

  it('runs a simulator until Ctrl-C that its other commands can work on', async () => {
    const child = start('simulator', '--repositories', '4', '--write-config', 'rehearsal.yaml');
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(first.toString('utf8'))).toMatchObject({
      bambooUrl: expect.stringContaining('http://127.0.0.1:'),
      login: { username: expect.any(String) },
      tokens: [expect.any(Object)],
      home: { server: expect.stringMatching(/^\//), local: expect.stringMatching(/^\//) },
    });
    expect((await run('inventory', '-c', 'rehearsal.yaml')).exit).toBe(0);
    expect(await run('simulator', '--write-config', 'fresh.yaml')).toMatchObject({ exit: 2 });
    child.kill('SIGINT');
    expect((await ended(child)).exit).toBe(0);
  });
});
