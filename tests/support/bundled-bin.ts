import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin, stop } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

/** The bin with one file exchanged: what puts the parts together leaves its edges breakable. */
const breakable: Plugin = {
  name: 'breakable',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/runtime\.ts$/ }, ({ importer }) =>
      importer === join(ROOT, 'src/main.ts') ? { path: join(import.meta.dirname, 'crash-child.ts') } : undefined,
    );
  },
};

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Bundles the bin into a directory, as `config/build.mjs` does. Gives the path of the program. */
export async function bundleBin(directory: string): Promise<string> {
  const alias = { cheerio: join(ROOT, 'node_modules/cheerio/dist/browser/index.js') };
  await build({ ...COMMON, entryPoints: ['src/main.ts'], outdir: join(directory, 'dist'), minify: true, alias, plugins: [breakable] });
  await stop();
  for (const file of ['package.json', 'config/bamboo-rekey.template.yaml']) cpSync(join(ROOT, file), join(directory, file));
  return join(directory, 'dist/main.js');
}

/** Bundles a program of the tests, so that it runs in a process of its own, faster than within Jest. Gives its path. */
export async function bundleProgram(file: string, directory: string): Promise<string> {
  await build({ ...COMMON, entryPoints: [file], outdir: directory, outExtension: { '.js': '.mjs' } });
  await stop();
  return join(directory, basename(file).replace(/\.ts$/, '.mjs'));
}
