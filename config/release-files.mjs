// Writes release/: the package, the bundle of one file, what both are made of (CycloneDX), under which licences, and checksums of all that.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pack } from './pack.mjs';

const root = join(import.meta.dirname, '..');
const release = join(root, 'release');

/** From the lock file, so that no registry is asked and the same tree gives the same file. */
async function writeComponents() {
  const tool = join(root, 'node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');
  const flags = ['--omit', 'dev', '--output-reproducible', '--output-format', 'JSON', '--validate', '--output-file', join(release, 'sbom.cdx.json')];
  await promisify(execFile)(process.execPath, [tool, ...flags], { cwd: root });
}

function licenceOf({ licenses = [] }) {
  return licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name).join(', ');
}

/** Components within components are versions of their own. */
function flat(components) {
  return components.flatMap((component) => [component, ...flat(component.components ?? [])]);
}

async function writeLicences() {
  const { components } = JSON.parse(await readFile(join(release, 'sbom.cdx.json'), 'utf8'));
  const lines = flat(components).map((each) => `${each.group ? `${each.group}/` : ''}${each.name} ${each.version}: ${licenceOf(each)}`);
  const nameless = lines.filter((line) => line.endsWith(': '));
  if (nameless.length > 0) throw new Error(`No licence is known of ${nameless.join(' ')}`);
  await writeFile(join(release, 'licences.txt'), `${[...new Set(lines)].sort().join('\n')}\n`);
}

/** As `sha256sum --check` reads them. */
async function writeChecksums() {
  const lines = [];
  for (const name of (await readdir(release)).sort()) {
    lines.push(
      `${createHash('sha256')
        .update(await readFile(join(release, name)))
        .digest('hex')}  ${name}`,
    );
  }
  await writeFile(join(release, 'SHA256SUMS'), `${lines.join('\n')}\n`);
}

await rm(release, { recursive: true, force: true });
await mkdir(release);
await pack(release);
await copyFile(join(root, 'dist/bamboo-rekey.mjs'), join(release, 'bamboo-rekey.mjs'));
await writeComponents();
await writeLicences();
await writeChecksums();
