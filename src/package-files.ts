import { readFileSync } from 'node:fs';

/** A file of the package that the program itself reads. */
export type PackageFile = 'package.json' | 'config/bamboo-rekey.template.yaml';

/** Its text, from the directory of the package. In the bundle that is one file, `config/build.mjs` puts the texts themselves in the place of this module. */
export function packageFile(home: URL, path: PackageFile): string {
  return readFileSync(new URL(path, home), 'utf8');
}

/** The version of the package. */
export function packageVersion(home: URL): string {
  return (JSON.parse(packageFile(home, 'package.json')) as { version: string }).version;
}
