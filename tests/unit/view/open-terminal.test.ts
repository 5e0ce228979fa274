import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createRedactor } from '../../../src/core/redactor.ts';
import { Secret } from '../../../src/core/secret.ts';
import { openTerminal, type TellingFlags, type Terminal } from '../../../src/view/open-terminal.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const VALUE = 'ATATT3-canary';
const temporary = temporaryDirectories();

/** Everything that can leave the process, with the secret in it. */
function say(terminal: Terminal): void {
  terminal.tell({ event: 'WARNING', detail: `the server said ${VALUE}` });
  terminal.tell({ event: 'ERROR', code: 'INTERNAL', detail: `it ended with ${VALUE}`, remedy: 'Look.' });
  terminal.print(`result ${VALUE}\n`);
  terminal.announce(`ready ${VALUE}`);
  terminal.debug('request', { path: `/${encodeURIComponent(VALUE)}/${Buffer.from(`ab${VALUE}`).toString('base64')}` });
}

interface Written {
  stdout: string;
  stderr: string;
}

async function told(flags: Partial<TellingFlags>): Promise<Written> {
  const { terminal, written } = await open(flags);
  say(terminal);
  terminal.close();
  return written;
}

async function open(flags: Partial<TellingFlags>): Promise<{ terminal: Terminal; written: Written }> {
  const written: Written = { stdout: '', stderr: '' };
  const stream = (name: keyof Written): NodeJS.WriteStream =>
    new Writable({
      write: (chunk, _encoding, done) => {
        written[name] += String(chunk);
        done();
      },
    }) as NodeJS.WriteStream;
  const redactor = createRedactor();
  redactor.register(new Secret(VALUE));
  const terminal = await openTerminal({
    tool: { name: 'bamboo-rekey', version: '0.0.0' },
    flags: { json: false, quiet: false, noColor: true, ...flags },
    repeats: [],
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    now: () => new Date(0),
    redact: redactor.redact,
  });
  return { terminal, written };
}

const leaks = (text: string): boolean => text.includes(VALUE) || text.includes(Buffer.from(`ab${VALUE}`).toString('base64').slice(4, -4));

describe('what leaves the process', () => {
  it.each([false, true])('holds no secret that is known, on stdout and stderr, at the most verbose level (--json: %s)', async (json) => {
    const { stdout, stderr } = await told({ json, logLevel: 'debug' });
    expect([leaks(stdout), leaks(stderr)]).toEqual([false, false]);
    expect(stdout).toContain('[secret]');
    expect(stderr).toContain('[secret]');
  });

  it('holds none in the log file, which is for its owner alone', async () => {
    const logFile = join(temporary(), 'run.log');
    await told({ logFile, logLevel: 'debug' });
    const log = readFileSync(logFile, 'utf8');
    expect(leaks(log)).toBe(false);
    expect(log.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(4);
    expect(statSync(logFile).mode & 0o777).toBe(0o600);
  });
});

describe('a log file that takes nothing more', () => {
  const FULL = { logFile: '/dev/full', logLevel: 'debug' } as const;
  const failure = { code: 'DISK_FAILED', message: expect.stringMatching(/Could not write the log .dev.full: .*ENOSPC/) };

  it('ends a run between two items, once, and lets what is under way end', async () => {
    const { terminal } = await open(FULL);
    terminal.debug('request', {});
    terminal.tell({ event: 'WARNING', detail: 'in the midst of an item' });
    const between = () => terminal.tell({ event: 'PHASE', phase: 'writing' });
    expect(between).toThrow(expect.objectContaining(failure));
    expect(between).not.toThrow();
  });

  it('is told before the end of a run, which nothing follows', async () => {
    const { terminal, written } = await open({ ...FULL, json: true });
    const tally = { total: 0, changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
    terminal.tell({ event: 'RUN_FINISHED', run: null, ...tally, exit: 0 });
    terminal.close();
    const events = written.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(['TOOL', 'ERROR', 'RUN_FINISHED']);
  });

  it('is told at the latest when the command ends', async () => {
    const { terminal, written } = await open(FULL);
    terminal.debug('request', {});
    terminal.close();
    expect(written.stderr).toMatch(/Could not write the log \/dev\/full: .*ENOSPC.*\n.*resume latest.*\n\(DISK_FAILED\)/);
  });
});
