import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeBlocks } from '../support/code-blocks.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMPILER = join(ROOT, 'node_modules/typescript/bin/tsc');

/** A project of somebody else that has installed the package and the types of Node. */
function project(directory: string, source: string): string {
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(ROOT, join(directory, 'node_modules/bamboo-rekey'));
  symlinkSync(join(ROOT, 'node_modules/@types'), join(directory, 'node_modules/@types'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(join(directory, 'example.ts'), source);
  return directory;
}

function node(directory: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: directory, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function compile(directory: string) {
  const flags = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  return node(directory, COMPILER, ...flags, 'example.ts');
}

describe('the library, as somebody else uses it', () => {
  const temporaryDirectory = temporaryDirectories();
  const examples = codeBlocks(readFileSync(join(ROOT, 'docs/library.md'), 'utf8'), 'ts');

  it('has its example compiled in strict mode, and run', () => {
    expect(examples).toHaveLength(1);
    const directory = project(temporaryDirectory(), examples[0] ?? '');
    expect(compile(directory)).toEqual({ status: 0, stdout: '', stderr: '' });
    const { status, stdout, stderr } = node(directory, 'example.js');
    expect([status, stderr]).toEqual([0, '']);
    const [, changed, total] = /^(\d+) of (\d+) changed$/m.exec(stdout) ?? [];
    expect(Number(changed)).toBeGreaterThan(0);
    expect(total).toBe(changed);
    expect(stdout).toContain(`\n${changed} hold what was wanted\n`);
    expect(stdout).toContain(`\n${changed} restored\n`);
  });

  it('refuses a misspelt option at compile time', () => {
    const directory = project(
      temporaryDirectory(),
      "import { createMigrator } from 'bamboo-rekey';\nawait createMigrator('a.yaml').plan({ rotated: true });\n",
    );
    expect(compile(directory).stdout).toContain("'rotated' does not exist");
  });

  it('does nothing when it is imported', () => {
    const directory = project(temporaryDirectory(), '');
    writeFileSync(
      join(directory, 'import.js'),
      "await import('bamboo-rekey'); console.log(process.getActiveResourcesInfo().filter((each) => !/Pipe|TTY|File|CloseReq|Immediate/.test(each)).length, process.listenerCount('SIGINT'));",
    );
    expect(node(directory, 'import.js')).toEqual({ status: 0, stdout: '0 0\n', stderr: '' });
  });
});
