import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const BIN = join(import.meta.dirname, '../../dist/main.js');
/** Not every sequence is a colour: the cursor is shown again at the end. */
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`);

/** Real terminals, which script(1) makes. */
describe('on a terminal', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory());
    await world.run('inventory', '--format', 'json', '-o', 'inventory.json');
    await world.run('plan', '-o', 'plan.json');
    await world.run('apply', 'plan.json', '--yes');
  });

  afterAll(() => world.stop());

  function seen(columns: number, words: string, env: Record<string, string> = {}): string {
    const line = `stty cols ${columns}; '${process.execPath}' '${BIN}' ${words}`;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      cwd: world.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', TERM: 'xterm', LANG: 'C.UTF-8', ...env },
    });
    keepPrinted(world.directory, words, stdout);
    return stdout;
  }

  it.each([60, 80, 200])('keeps tables within %i columns', (columns) => {
    const lines = seen(columns, 'show latest', { NO_COLOR: '1' }).split(/\r?\n/);
    const table = lines.filter((line) => /^\W*(│|repository|linked|plan)/.test(line) || line.includes('  '));
    expect(table.length).toBeGreaterThan(5);
    expect(table.filter((line) => stringWidth(line) > columns)).toEqual([]);
  });

  it('shows colours where nothing forbids them', () => {
    expect(seen(100, 'show latest')).toMatch(COLOR);
  });

  it.each([
    ['NO_COLOR', 'show latest', { NO_COLOR: '1' }],
    ['TERM=dumb', 'show latest', { TERM: 'dumb' }],
    ['--no-color', 'show latest --no-color', {}],
  ])('shows none with %s', (_what, words, env) => {
    expect(seen(100, words, env as Record<string, string>)).not.toMatch(COLOR);
  });
});
