import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import { fakeSession, type Seen } from '../../support/fake-session.ts';

async function run(line: string, ...parts: Parameters<typeof fakeSession>): Promise<{ exit: number } & Seen> {
  const { session, seen } = fakeSession(...parts);
  const exit = await runCommandLine({ argv: line.split(' '), version: '0.1.0', write: (text) => seen.printed.push(text), open: async () => session });
  return { exit, ...seen };
}

function last(events: readonly RunEvent[]): RunEvent | undefined {
  return events.at(-1);
}

describe('a command line', () => {
  it('prints the version without making anything ready', async () => {
    const printed: string[] = [];
    const open = () => Promise.reject(new RekeyError('INTERNAL', 'opened'));
    expect(await runCommandLine({ argv: ['--version'], version: '1.2.3', write: (text) => printed.push(text), open })).toBe(0);
    expect(printed).toEqual(['1.2.3\n']);
  });

  it('ends with RUN_FINISHED and zero counts where there was no run', async () => {
    const { exit, events, closed } = await run('runs', { store: { list: async () => [] } });
    expect(exit).toBe(0);
    expect(last(events)).toEqual({
      event: 'RUN_FINISHED',
      run: null,
      total: 0,
      changed: 0,
      unchanged: 0,
      drifted: 0,
      skipped: 0,
      failed: 0,
      unknown: 0,
      exit: 0,
    });
    expect(closed()).toBe(true);
  });

  it('tells a failure as an event with its remedy before the last line, and exits with its code', async () => {
    const { exit, events } = await run('doctor', { configFailure: new RekeyError('CONFIG_MISSING', 'There is no bamboo-rekey.yaml.') });
    expect(exit).toBe(2);
    expect(events.map(({ event }) => event).slice(-2)).toEqual(['ERROR', 'RUN_FINISHED']);
    expect(events.at(-2)).toMatchObject({
      code: 'CONFIG_MISSING',
      detail: 'There is no bamboo-rekey.yaml.',
      remedy: expect.stringContaining('bamboo-rekey init'),
    });
  });

  it('tells a wrong command line the same way', async () => {
    const { exit, events } = await run('plan --rotat');
    expect(exit).toBe(2);
    expect(events).toMatchObject([
      { event: 'ERROR', code: 'USAGE_INVALID' },
      { event: 'RUN_FINISHED', exit: 2 },
    ]);
  });

  it('gives an unexpected failure the code INTERNAL and exit 1', async () => {
    const { exit, events } = await run('doctor', { configFailure: new TypeError('x is not a function') });
    expect(exit).toBe(1);
    expect(events.at(-2)).toMatchObject({ event: 'ERROR', code: 'INTERNAL', detail: 'x is not a function' });
  });

  it('calls what breaks after Ctrl-C an interrupt', async () => {
    const { exit, events } = await run('doctor', { configFailure: new TypeError('aborted'), stop: AbortSignal.abort() });
    expect(exit).toBe(130);
    expect(events.at(-2)).toMatchObject({ event: 'ERROR', code: 'INTERRUPTED' });
  });

  it('goes on without the log file to tell that it cannot be written', async () => {
    const { session, seen } = fakeSession();
    const open = async (flags: { readonly logFile?: string }) => {
      if (flags.logFile !== undefined) throw new RekeyError('FILE_UNWRITABLE', 'Could not write /no/log.');
      return session;
    };
    expect(await runCommandLine({ argv: ['doctor', '--log-file', '/no/log'], version: '0', write: () => undefined, open })).toBe(2);
    expect(seen.events).toMatchObject([
      { event: 'ERROR', code: 'FILE_UNWRITABLE' },
      { event: 'RUN_FINISHED', exit: 2 },
    ]);
  });
});

describe('simulator', () => {
  it('says where it is on its first line, runs until it is stopped, and closes', async () => {
    const { exit, printed, simulators } = await run('simulator --repositories 60', { stop: AbortSignal.abort() });
    expect(exit).toBe(0);
    expect(JSON.parse(printed[0] ?? '')).toEqual({ bamboo: 'http://127.0.0.1:1' });
    expect(simulators).toEqual([{ request: { repositories: 60 }, closed: true }]);
  });
});
