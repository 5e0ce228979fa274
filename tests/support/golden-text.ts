import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../golden/files');

/** The text that is kept under this name; with UPDATE_GOLDEN=1 what is given is kept first, to be read in the diff. */
export function golden(name: string, actual: string): string {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, actual);
  return existsSync(path) ? readFileSync(path, 'utf8') : `there is no ${path}`;
}
