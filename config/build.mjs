// Builds dist/: the bin and the library entries as bundles, and the type declarations. The root `prepare` script runs it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const entries = { main: 'src/main.ts', index: 'src/index.ts', simulator: 'src/simulator/index.ts' };

// CommonJS dependencies inside an ES module bundle ask for `require`.
const requireForCommonJs = "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/** yargs measures its help with two versions of one library, each of which compiles its tables of emoji at start-up: one is enough. */
const oneStringWidth = {
  name: 'one-string-width',
  setup({ onResolve }) {
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      /[\\/]cliui[\\/]/.test(importer) ? { path: join(root, 'node_modules/string-width/index.js') } : undefined,
    );
  },
};

/** Bundles with splitting, so that what is imported lazily is also read lazily. */
async function bundle(outdir) {
  const complete = existsSync(join(root, entries.main));
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => complete || existsSync(join(root, path)))),
    outdir,
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Cheerio for Node brings an HTTP client and two megabytes of character tables; the other build parses the same way.
    alias: { cheerio: join(root, 'node_modules/cheerio/dist/browser/index.js') },
    plugins: [oneStringWidth],
    banner: { js: requireForCommonJs },
    legalComments: 'linked',
    logLevel: 'warning',
  });
  if (complete) await chmod(join(outdir, 'main.js'), 0o755);
}

/** Writes the declarations only: types are checked by `npm run typecheck`. */
async function declare(outdir) {
  await promisify(execFile)(process.execPath, [compiler, '-p', join(root, 'config/tsconfig.types.json'), '--outDir', join(outdir, 'types')]);
}

// Built aside and swapped in, so that a failed build leaves the last good one in place.
const fresh = join(root, `dist-${process.pid}`);
const stale = `${fresh}-old`;
const dist = join(root, 'dist');
try {
  await Promise.all([bundle(fresh), declare(fresh)]);
  if (existsSync(dist)) await rename(dist, stale);
  await rename(fresh, dist);
} finally {
  await Promise.all([fresh, stale].map((path) => rm(path, { recursive: true, force: true })));
}
