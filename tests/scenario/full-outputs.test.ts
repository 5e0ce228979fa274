import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const BIN = join(import.meta.dirname, '../../dist/main.js');
const temporary = temporaryDirectories();

describe('what a full disk takes no more of', () => {
  let world: BinWorld;

  beforeEach(async () => {
    world = await startBinWorld(temporary(), { repositories: 40, seed: 'full' });
    await world.run('plan', '-q', '-o', 'plan.json');
  });

  afterEach(() => world.stop());

  /** Runs a line of bash, in which "$@" is the bin. */
  async function shell(line: string): Promise<{ exit: number | null; stderr: string }> {
    const child = spawn('bash', ['-c', line, 'bash', process.execPath, BIN], { cwd: world.directory, stdio: ['ignore', 'ignore', 'pipe'] });
    const exit = once(child, 'exit') as Promise<[number | null]>;
    const [stderr, [code]] = await Promise.all([text(child.stderr), exit]);
    keepPrinted(world.directory, line, stderr);
    return { exit: code, stderr };
  }

  it('a result cut short in its file is told, and is no success', async () => {
    const { exit, stderr } = await shell('trap "" XFSZ; ulimit -f 4; "$@" inventory --format json > cut.json');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/could not be written whole to standard output: .*EFBIG.*\n.+\n\(DISK_FAILED\)\n$/);
  });

  it.each(['inventory', '--help', '--json inventory'])('so is one that a device does not take: %s', async (words) => {
    const { exit, stderr } = await shell(`"$@" ${words} > /dev/full`);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/standard output: .*ENOSPC.*\n.+\n\(DISK_FAILED\)\n$/);
  });

  it('a log that takes nothing more stops a run cleanly, and resume goes on', async () => {
    // The limit holds for each file: only the log is near it.
    world.write('run.log', '.'.repeat(385_000));
    const stopped = await shell('trap "" XFSZ; ulimit -f 400; "$@" apply plan.json --yes --log-level debug --log-file run.log');
    expect(stopped.exit).toBe(1);
    expect(stopped.stderr).toMatch(/Could not write the log run\.log: EFBIG.*\n.*resume latest/);
    expect(stopped.stderr).not.toContain('INTERNAL');
    expect(world.read('run.log')).toContain('"outcome":"changed"');
    expect((await world.run('plan', '-q', '--exit-code')).exit).toBe(10);
    expect((await world.run('resume', 'latest', '--yes')).exit).toBe(0);
    expect((await world.run('plan', '-q', '--exit-code')).exit).toBe(0);
  });

  it('a log that takes nothing from the start ends a command before it writes', async () => {
    const { exit, stderr } = await shell('"$@" plan --log-file /dev/full');
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/Could not write the log \/dev\/full: ENOSPC/)]);
  });

  it('a run goes on to its end where its events are not taken', async () => {
    const { exit, stderr } = await shell('"$@" --json apply plan.json --yes > /dev/full');
    expect(exit).toBe(1);
    expect(stderr).toContain('(DISK_FAILED)');
    expect((await world.run('plan', '-q', '--exit-code')).exit).toBe(0);
  });
});
