import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');

/** Packs what is built, as npm would publish it, into a folder: the path of the archive and the paths inside. */
export async function pack(folder) {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, maxBuffer: 2 ** 26 });
  const printed = JSON.parse(stdout);
  // A list until npm 11, a table by name from npm 12 on.
  const [{ filename, files }] = Array.isArray(printed) ? printed : Object.values(printed);
  return { path: join(folder, filename), files: files.map(({ path }) => path).sort() };
}
