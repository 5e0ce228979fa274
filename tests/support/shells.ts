import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Runs scripts in a shell that finds the built program by its name. */
export function shellIn(directory: string): (shell: string, ...words: string[]) => string {
  const programs = join(directory, 'programs');
  mkdirSync(programs);
  symlinkSync(join(import.meta.dirname, '../../dist/main.js'), join(programs, 'bamboo-rekey'));
  const PATH = [programs, dirname(process.execPath), process.env.PATH].join(delimiter);
  return (shell, ...words) => {
    const { stdout, stderr } = spawnSync(shell, words, { cwd: directory, encoding: 'utf8', env: { PATH, HOME: directory, TERM: 'dumb', LANG: 'C.UTF-8' } });
    return `${stdout}${stderr}`;
  };
}
