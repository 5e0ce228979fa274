import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { RunEvent } from '../../../src/core/events.ts';
import { type EventOutputOptions, openEventOutput } from '../../../src/view/event-output.ts';

const CHECK: RunEvent = { event: 'CHECK', check: 'token:ci', status: 'failed', detail: 'it ran out' };
const ERROR: RunEvent = { event: 'ERROR', code: 'LOCKED', detail: 'Another run\u001b[2J holds the lock.', remedy: 'Wait.' };
const FINISHED: RunEvent = { event: 'RUN_FINISHED', run: null, total: 0, changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0, exit: 6 };

/** What stands on stdout and stderr after some events. */
async function told(events: readonly RunEvent[], options: Partial<EventOutputOptions> = {}): Promise<{ out: string; error: string }> {
  const text = { out: '', error: '' };
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      text.error += String(chunk);
      done();
    },
  });
  const sink = await openEventOutput({
    tool: { name: 'bamboo-rekey', version: '0.1.0' },
    json: false,
    quiet: false,
    moving: false,
    colors: false,
    repeats: [],
    stderr,
    writeOut: (piece) => (text.out += piece),
    writeError: (piece) => (text.error += piece),
    now: () => 0,
    ...options,
  });
  for (const event of events) sink.tell(event);
  sink.close();
  return text;
}

describe('where events go', () => {
  it('gives people lines on stderr and leaves stdout to results', async () => {
    expect(await told([CHECK, FINISHED])).toEqual({ out: '', error: 'FAILED: token:ci: it ran out\n' });
  });

  it('gives programs NDJSON on stdout, the tool first, each line an event of the registry', async () => {
    const { out, error } = await told([CHECK, ERROR, FINISHED], { json: true });
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => RunEvent.parse(JSON.parse(line)));
    expect(events.map(({ event }) => event)).toEqual(['TOOL', 'CHECK', 'ERROR', 'RUN_FINISHED']);
    expect(events[2]).toEqual(ERROR);
    expect(out).not.toContain('\u001b');
    expect(error).toContain('Another run\\u001b[2J holds the lock.');
  });

  it('says nothing but failures when quiet', async () => {
    const { error } = await told([{ event: 'WARNING', detail: 'careful' }, CHECK, ERROR], { quiet: true });
    expect(error).toBe('Error: Another run\\u001b[2J holds the lock.\nWait.\n(LOCKED)\n');
  });

  it('does not tell people twice what the result tells, but tells programs', async () => {
    expect((await told([CHECK], { repeats: ['CHECK'] })).error).toBe('');
    expect((await told([CHECK], { repeats: ['CHECK'], json: true })).out).toContain('token:ci');
  });

  it('moves one line on a terminal, with lasting lines above it', async () => {
    const progress: RunEvent = { event: 'PROGRESS', phase: 'writing', done: 1, total: 3 };
    const { error } = await told([{ event: 'PHASE', phase: 'writing', total: 3 }, progress, { event: 'WARNING', detail: 'careful' }], { moving: true });
    expect(error).toMatch(/Writing: 0 of 3.*warning: careful\n.*Writing: 1 of 3/s);
  });
});
