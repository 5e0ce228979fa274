import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { startBinWorld } from '../support/bin-world.ts';
import { codeBlocks } from '../support/code-blocks.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'dist/main.js');
const PAGES = ['README.md', ...readdirSync(join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []))];

/** Blocks that CI runs elsewhere: the clone itself, a simulator that does not end (alone.test.ts), checksums (package.slow.test.ts). */
const RUN_ELSEWHERE = /^(npm ci|node dist\/main\.js simulator|cd release)/;

/** What a person would answer on a terminal is given as flags, for here there is none. */
const PERSON = `#!/bin/sh
case "$1" in
  init) exec node ${BIN} "$@" --no-input -c first.yaml ;;
  apply | resume | rollback) exec node ${BIN} "$@" --yes ;;
  *) exec node ${BIN} "$@" ;;
esac
`;

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

describe('the commands in the documentation', () => {
  const temporaryDirectory = temporaryDirectories();

  it.each(PAGES.filter((page) => codeBlocks(read(page), 'sh test').length > 0))(
    '%s: every block runs, from top to bottom, in an empty folder with a configuration',
    async (page) => {
      const directory = temporaryDirectory();
      const world = await startBinWorld(directory, { seed: 'docs' });
      const programs = join(directory, 'programs');
      mkdirSync(programs);
      writeFileSync(join(programs, 'bamboo-rekey'), PERSON);
      chmodSync(join(programs, 'bamboo-rekey'), 0o755);
      const PATH = [programs, dirname(process.execPath), process.env.PATH].join(delimiter);
      const script = codeBlocks(read(page), 'sh test').join('\n');
      const child = spawn('bash', ['-e', '-x', '-c', script], { cwd: directory, env: { PATH, HOME: directory }, stdio: ['ignore', 'pipe', 'pipe'] });
      const [stderr, [exit], stdout] = await Promise.all([text(child.stderr), once(child, 'exit'), text(child.stdout)]);
      keepPrinted(directory, page, stdout + stderr);
      await world.stop();
      expect([exit, exit === 0 ? '' : stderr]).toEqual([0, '']);
    },
    120_000,
  );

  it.each(PAGES)('%s: no block of commands is left out', (page) => {
    expect(codeBlocks(read(page), 'sh').filter((block) => !RUN_ELSEWHERE.test(block))).toEqual([]);
  });
});
