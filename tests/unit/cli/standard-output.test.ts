import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { resultLost, wholeOutput } from '../../../src/cli/standard-output.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const pipe = (): NodeJS.WriteStream => new PassThrough() as unknown as NodeJS.WriteStream;

/** A file as a shell opens one for standard output. */
function file(flags: 'r' | 'w'): { readonly fd: number; readonly path: string } {
  const path = join(temporary(), 'out');
  writeFileSync(path, '');
  return { fd: openSync(path, flags), path };
}

/** How a write ends. */
const written = (stream: NodeJS.WriteStream, text: string): Promise<unknown> =>
  new Promise((resolve) => {
    stream.once('error', resolve);
    stream.write(text, (problem) => resolve(problem ?? 'written'));
  });

describe('standard output that is a file', () => {
  it('holds all that was printed, in its order', async () => {
    const { fd, path } = file('w');
    const stdout = wholeOutput(pipe(), fd);
    const long = 'x'.repeat(1_000_000);
    await Promise.all([written(stdout, long), written(stdout, 'the end')]);
    closeSync(fd);
    expect(readFileSync(path, 'utf8')).toBe(`${long}the end`);
  });

  it('says so when it takes nothing more', async () => {
    const { fd } = file('r');
    const problem = await written(wholeOutput(pipe(), fd), 'result');
    closeSync(fd);
    expect(problem).toMatchObject({ code: 'EBADF' });
    expect(resultLost(problem as Error)).toMatchObject({
      code: 'DISK_FAILED',
      message: expect.stringContaining('could not be written whole to standard output'),
    });
  });
});

describe('standard output that is none', () => {
  it('is left to Node', () => {
    const stdout = pipe();
    const fd = openSync('/dev/null', 'w');
    expect(wholeOutput(stdout, fd)).toBe(stdout);
    closeSync(fd);
    const terminal = Object.assign(pipe(), { isTTY: true as const });
    expect(wholeOutput(terminal, -1)).toBe(terminal);
  });
});
