import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const decisions = readFileSync(join(root, 'docs/decisions.md'), 'utf8');

describe('the package', () => {
  it('is locked without the address of any registry', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const addressed = Object.entries<{ resolved?: string }>(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
    expect(addressed).toEqual([]);
  });

  it('brings no library that runs a script when it is installed', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const shipped = Object.entries<{ dev?: boolean; hasInstallScript?: boolean }>(lock.packages).filter(([path, entry]) => path !== '' && entry.dev !== true);
    expect(shipped.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    expect(shipped.filter(([, entry]) => entry.hasInstallScript === true)).toEqual([]);
  });

  it('runs nothing of its own when it is installed from a registry', () => {
    expect(Object.keys(manifest.scripts).filter((name) => /install$/.test(name))).toEqual([]);
  });

  const libraries = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) => !name.startsWith('@types/'));

  it.each(libraries)('says in docs/decisions.md why it uses %s', (library) => {
    expect(decisions).toContain(`\`${library}\``);
  });
});
