import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { leaksIn } from './directory-search.ts';

/** Makes a directory of its own each time it is called; all of them are gone after the tests of the file, which fail where a secret stands in one. */
export function temporaryDirectories(): () => string {
  const made: string[] = [];
  afterAll(() => {
    const leaks = made.flatMap(leaksIn);
    for (const path of made) rmSync(path, { recursive: true, force: true });
    if (leaks.length > 0) throw new TypeError(`Secrets stand in what was written or printed:\n${leaks.join('\n')}`);
  });
  return () => {
    const path = mkdtempSync(join(tmpdir(), 'bamboo-rekey-'));
    made.push(path);
    return path;
  };
}
