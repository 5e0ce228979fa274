// Judges the package as npm would publish it: publint, and whether its types are what its JavaScript is (are-the-types-wrong).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { pack } from './pack.mjs';

const root = join(import.meta.dirname, '..');

async function lint() {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}

/** The package is for `import`: resolvers that know no `exports`, and `require` on a Node without it for ES modules, are not served. */
const isServed = ({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs';

async function checkTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'check-package-'));
  try {
    const { path } = await pack(folder);
    const result = await checkPackage(createPackageFromTarballData(readFileSync(path)));
    if (result.types === false) return ['are the types wrong: there are none'];
    return result.problems.filter(isServed).map((problem) => `are the types wrong: ${JSON.stringify(problem)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const problems = (await Promise.all([lint(), checkTypes()])).flat();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
