import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const NAME = 'bamboo-rekey.mjs';

/** The one file that is carried to a network without a registry: nothing else stands beside it. */
describe('bamboo-rekey.mjs, alone in an empty folder', () => {
  const temporaryDirectory = temporaryDirectories();
  let directory: string;
  let simulator: ReturnType<typeof spawn>;

  function run(...words: string[]) {
    const ended = spawnSync(process.execPath, [NAME, ...words], { cwd: directory, encoding: 'utf8' });
    keepPrinted(directory, words.join(' '), ended.stdout + ended.stderr);
    return ended;
  }

  beforeAll(async () => {
    directory = temporaryDirectory();
    copyFileSync(join(import.meta.dirname, '../../dist', NAME), join(directory, NAME));
    const words = ['simulator', '--repositories', '12', '--write-config', 'bamboo-rekey.yaml'];
    simulator = spawn(process.execPath, [NAME, ...words], { cwd: directory, stdio: ['ignore', 'pipe', 'inherit'] });
    const [ready] = (await once(createInterface({ input: simulator.stdout ?? process.stdin }), 'line')) as [string];
    nameHome(join(directory, 'bamboo-rekey.yaml'), JSON.parse(ready).home);
  });

  afterAll(async () => {
    const ended = once(simulator, 'exit');
    simulator.kill('SIGTERM');
    await ended;
  });

  it('knows its version', () => {
    expect(run('--version').stdout.trim()).toBe(JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version);
  });

  it('holds the example configuration', () => {
    expect(run('init', '--no-input', '-c', 'new.yaml').status).toBe(0);
    expect(readFileSync(join(directory, 'new.yaml'), 'utf8')).toContain('bamboo:');
  });

  it('examines and plans', () => {
    const doctor = run('doctor');
    expect([doctor.status, doctor.stdout]).toEqual([0, expect.stringContaining('Next: bamboo-rekey plan')]);
    expect(run('plan', '-o', 'plan.json').status).toBe(0);
    expect(JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')).changes.length).toBeGreaterThan(0);
  });

  it('writes by import, and goes back', () => {
    expect(run('plan', '-o', 'change.json').status).toBe(0);
    expect(readFileSync(join(directory, 'change.json'), 'utf8')).toContain('"route": "import"');
    for (const words of [
      ['apply', 'change.json'],
      ['rollback', 'latest'],
    ]) {
      const { status, stderr } = run(...words, '--yes');
      expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    }
  });
});

/** Opens the import route. */
function nameHome(file: string, home: unknown): void {
  const document = parseDocument(readFileSync(file, 'utf8'));
  document.setIn(['bamboo', 'home'], home);
  writeFileSync(file, String(document));
}
