// Builds dist/: the bin and the library entries as bundles, and the type declarations. The root `prepare` script runs it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, rename, rm } from 'node:fs/promises';
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

/** Puts the files that the program reads from its package into the program. */
const embeddedFiles = {
  name: 'embedded-files',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]package-files\.ts$/ }, async () => {
      const texts = {};
      for (const path of ['package.json', 'config/bamboo-rekey.template.yaml']) texts[path] = await readFile(join(root, path), 'utf8');
      const { version } = JSON.parse(texts['package.json']);
      return {
        contents: `const TEXTS = ${JSON.stringify({ ...texts, 'package.json': JSON.stringify({ version }) })};
export const packageFile = (_home, path) => TEXTS[path];
export const packageVersion = () => ${JSON.stringify(version)};`,
      };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Cheerio for Node brings an HTTP client and two megabytes of character tables; the other build parses the same way.
  alias: { cheerio: join(root, 'node_modules/cheerio/dist/browser/index.js') },
  banner: { js: requireForCommonJs },
  // One odd sign in a comment makes V8 hold the text of a bundle at two bytes a sign: without comments it takes a third. Names stay.
  minifyWhitespace: true,
  lineLimit: 160,
  logLevel: 'warning',
};

/** Bundles with splitting, so that what is imported lazily is also read lazily. */
async function bundle(outdir) {
  await build({
    ...common,
    entryPoints: entries,
    outdir,
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    plugins: [oneStringWidth],
    legalComments: 'linked',
  });
  await chmod(join(outdir, 'main.js'), 0o755);
}

/** Bundles everything into one file that needs nothing but Node, for networks without a registry. */
async function bundleAlone(outdir) {
  const outfile = join(outdir, 'bamboo-rekey.mjs');
  await build({ ...common, entryPoints: [entries.main], outfile, plugins: [oneStringWidth, embeddedFiles], legalComments: 'eof' });
  await chmod(outfile, 0o755);
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
  await Promise.all([bundle(fresh), bundleAlone(fresh), declare(fresh)]);
  if (existsSync(dist)) await rename(dist, stale);
  await rename(fresh, dist);
} finally {
  await Promise.all([fresh, stale].map((path) => rm(path, { recursive: true, force: true })));
}
