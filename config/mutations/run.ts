// Takes protections out of the code by turns, each in a copy of the tree, and demands that the tests named for it fail: "npm run mutations [-- WORD]".
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTATIONS, mutated } from './all.ts';
import type { Mutation } from './mutation.ts';
import { type FileResult, TestCopy } from './test-copy.ts';

/** As many as Jest has workers. */
const COPIES = 2;

const root = join(import.meta.dirname, '../..');
// `--json` goes without saying: it is what other suites are called with.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, outputFile: { type: 'string' } } });
const chosen = MUTATIONS.filter((mutation) => positionals.every((word) => `${mutation.without} ${mutation.file}`.includes(word)));
const failures: string[] = [];
let passed = 0;

function tell(title: string, problem: string | undefined): void {
  if (problem === undefined) passed += 1;
  else failures.push(title);
  console.log(problem === undefined ? `ok        ${title}` : `NOT OK    ${title}: ${problem}`);
}

/** Without any change everything passes: else a failure would prove nothing. The same tests are run as with the changes. */
function unchanged(): ((copy: TestCopy) => Promise<void>)[] {
  const names = [...new Set(chosen.map(({ named }) => named))];
  return names.map((named) => async (copy) => {
    const files = new Set(chosen.filter((each) => each.named === named).flatMap(({ tests }) => tests));
    const wrong = (await copy.run([...files], named)).filter(({ kind }) => kind !== 'passed').map(describe);
    tell(`unchanged${named === undefined ? '' : ` (${named})`}`, wrong.length === 0 ? undefined : wrong.join('; '));
  });
}

async function takeOut(mutation: Mutation, copy: TestCopy): Promise<void> {
  const title = `without ${mutation.without} (${mutation.file})`;
  const original = await copy.read(mutation.file);
  const text = mutated(mutation, original);
  if (text === undefined) return tell(title, 'the text to be replaced does not stand there exactly once');
  await copy.write(mutation.file, text);
  try {
    const survived = (await copy.run(mutation.tests, mutation.named)).filter(({ kind }) => kind !== 'failed');
    tell(title, survived.length === 0 ? undefined : survived.map(describe).join('; '));
  } finally {
    await copy.write(mutation.file, original);
  }
}

function describe({ file, kind, told }: FileResult): string {
  return kind === 'passed' ? `${file} passes all the same` : `${file} ${kind === 'broken' ? 'cannot be run' : 'fails'}: ${told.join(', ')}`;
}

async function work(copy: TestCopy, jobs: ((copy: TestCopy) => Promise<void>)[]): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await job(copy);
}

const directory = await mkdtemp(join(tmpdir(), 'bamboo-rekey-mutations-'));
try {
  const copies = await Promise.all(Array.from({ length: COPIES }, (_, number) => TestCopy.make(root, join(directory, String(number)))));
  const jobs = [...unchanged(), ...chosen.map((mutation) => (copy: TestCopy) => takeOut(mutation, copy))];
  await Promise.all(copies.map((copy) => work(copy, jobs)));
} finally {
  await rm(directory, { recursive: true, force: true });
}
if (values.outputFile !== undefined) {
  const counts = { numPassedTests: passed, numFailedTests: failures.length, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };
  await writeFile(values.outputFile, JSON.stringify({ ...counts, success: failures.length === 0 }));
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
