import { execFile } from 'node:child_process';
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

/** Not copied: what is large, made anew, or nobody's business. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'release', '.git', 'target']);
/** A test that waits for ever is ended by its own limit long before. */
const LONGEST_MS = 300_000;

const Results = z.object({
  testResults: z.array(z.object({ name: z.string(), message: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
});

/** What became of one test file. `broken`: it could not even be loaded, which proves nothing. */
export interface FileResult {
  readonly file: string;
  readonly kind: 'passed' | 'failed' | 'broken';
  /** Names of the tests that failed, or why it is broken. */
  readonly told: readonly string[];
}

/** A copy of the repository in which files may be changed, and its tests run. */
export class TestCopy {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Copies the working tree as it is into a directory that is not there yet. */
  static async make(root: string, directory: string): Promise<TestCopy> {
    await cp(root, directory, {
      recursive: true,
      filter: (path) =>
        !relative(root, path)
          .split('/')
          .some((part) => LEFT_OUT.has(part)),
    });
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    return new TestCopy(directory);
  }

  read(file: string): Promise<string> {
    return readFile(join(this.#directory, file), 'utf8');
  }

  write(file: string, text: string): Promise<void> {
    return writeFile(join(this.#directory, file), text);
  }

  /** Runs some test files; `named` as Jest's `-t`. */
  async run(files: readonly string[], named?: string): Promise<FileResult[]> {
    const output = join(this.#directory, 'results.json');
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--config', 'config/jest.config.json'];
    const options = ['--runInBand', '--forceExit', '--silent', '--json', `--outputFile=${output}`, ...(named === undefined ? [] : ['-t', named])];
    await rm(output, { force: true });
    await this.#execute([...jest, ...options, '--runTestsByPath', ...files]);
    const text = await readFile(output, 'utf8').catch(() => '{"testResults":[]}');
    const { testResults } = Results.parse(JSON.parse(text));
    return files.map((file) =>
      resultOf(
        file,
        testResults.find(({ name }) => name === join(this.#directory, file)),
      ),
    );
  }

  #execute(parameters: readonly string[]): Promise<void> {
    // What tests note for others comes from the code as it is.
    const { RELIABILITY_FIGURES: _figures, IMPORT_BODIES: _bodies, ...env } = process.env;
    return new Promise((resolve) => {
      execFile(process.execPath, [...parameters], { cwd: this.#directory, env, timeout: LONGEST_MS, maxBuffer: 2 ** 28 }, () => resolve());
    });
  }
}

function resultOf(file: string, found: z.infer<typeof Results>['testResults'][number] | undefined): FileResult {
  if (found === undefined) return { file, kind: 'broken', told: ['it did not come to an end'] };
  const failed = found.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const ran = found.assertionResults.some(({ status }) => status === 'passed' || status === 'failed');
  if (!ran) return { file, kind: 'broken', told: [found.message.split('\n').slice(0, 6).join(' ').trim() || 'no test of it ran'] };
  return { file, kind: failed.length > 0 ? 'failed' : 'passed', told: failed };
}
