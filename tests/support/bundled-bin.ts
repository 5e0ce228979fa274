import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';

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

/** Bundles the bin into a directory, as `config/build.mjs` does. Gives the path of the program. */
export async function bundleBin(directory: string): Promise<string> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts'],
    outdir: join(directory, 'dist'),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    alias: { cheerio: join(ROOT, 'node_modules/cheerio/dist/browser/index.js') },
    banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
    plugins: [breakable],
    logLevel: 'warning',
  });
  await stop();
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  return join(directory, 'dist/main.js');
}
