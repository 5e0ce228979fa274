import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { golden } from '../support/golden-text.ts';

const root = join(import.meta.dirname, '../..');

function script(name: string, ...words: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'config', name), ...words], { encoding: 'utf8' });
  return { status, stderr };
}

/** A list until npm 11, a table by name from npm 12 on. */
function packedPaths(): string[] {
  const printed = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }));
  return Object.values<{ files: { path: string }[] }>(printed).flatMap(({ files }) => files.map(({ path }) => path));
}

/** Parts of a bundle are named by their content, and there is a declaration for each file of the source. */
function kindOf(path: string): string {
  if (/^dist\/chunks\/[\w.-]+-[A-Z0-9]{8}\.js(\.LEGAL\.txt)?$/.test(path)) return 'dist/chunks/*';
  return /^dist\/types\/[\w/.-]+\.d\.ts$/.test(path) ? 'dist/types/**/*.d.ts' : path;
}

describe('the package as it is published', () => {
  it('holds what package.txt lists', () => {
    const list = `${[...new Set(packedPaths().map(kindOf))].sort().join('\n')}\n`;
    expect(list).toBe(golden('package.txt', list));
  });

  it('has no fault that publint or are-the-types-wrong know', () => {
    expect(script('check-package.mjs')).toEqual({ status: 0, stderr: '' });
  }, 120_000);

  it('offers what docs/api says, and describes every symbol (else: npm run api-report)', () => {
    expect(script('api-report.mjs', '--check')).toEqual({ status: 0, stderr: '' });
  }, 120_000);
});

describe('the files of a release', () => {
  it('are made, name every shipped library with its licence, and carry checksums', () => {
    expect(script('release-files.mjs')).toEqual({ status: 0, stderr: '' });
    const release = join(root, 'release');
    const checked = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: release, encoding: 'utf8' });
    expect(checked.match(/: OK$/gm)).toHaveLength(readdirSync(release).length - 1);
    const licences = readFileSync(join(release, 'licences.txt'), 'utf8');
    for (const library of Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies)) {
      expect(licences).toMatch(new RegExp(`^${library} \\S+: \\S`, 'm'));
    }
    expect(JSON.parse(readFileSync(join(release, 'sbom.cdx.json'), 'utf8'))).toMatchObject({ bomFormat: 'CycloneDX' });
  }, 120_000);
});
