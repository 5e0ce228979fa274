import { describe, expect, it } from '@jest/globals';
import { diagnoseCommand } from '../../../src/cli/diagnose.ts';
import { parseCommandLine } from '../../../src/cli/parse-command-line.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { LogFiles, LogReading } from '../../../src/core/ports.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { marksOf } from '../../support/recognise-record.ts';

async function request(...words: string[]): Promise<unknown> {
  const parsed = await parseCommandLine(['diagnose', ...words], '0.1.0');
  return parsed.kind === 'command' ? parsed.command.request : parsed.text;
}

const RECORD = "2026-08-09 10:00:00,000 ERROR fatal: Authentication failed for 'https://buildbot@bitbucket.org/acme/shop.git/'";

/** A log that holds one failure and then ends as is said. */
function logs(reading: LogReading): LogFiles {
  return {
    scan: async (_name, _marks, take) => {
      take(RECORD, marksOf(RECORD));
      return reading;
    },
  };
}

function session(reading: LogReading) {
  const { session: whole, seen } = fakeSession();
  const written: string[] = [];
  const documents = { ...whole.runtime.documents, write: async (path: string, text: string) => void written.push(path, text) };
  return { session: { ...whole, runtime: { ...whole.runtime, documents, logs: async () => logs(reading) } }, seen, written };
}

const OPTIONS = { logs: ['bamboo.log'] };

describe('the command line of diagnose', () => {
  it('takes any number of logs, standard input among them', async () => {
    expect(await request('bamboo.log')).toEqual({ options: { logs: ['bamboo.log'] }, format: 'table' });
    expect(await request('-')).toEqual({ options: { logs: ['-'] }, format: 'table' });
    expect(await request('b.log.1', '-', 'b.log', '--format', 'json')).toEqual({ options: { logs: ['b.log.1', '-', 'b.log'] }, format: 'json' });
    expect(await request('--inventory', 'i.json', 'b.log', '-o', 'd.json')).toEqual({
      options: { logs: ['b.log'], inventory: 'i.json' },
      format: 'json',
      out: 'd.json',
    });
  });

  it('asks for a log where none is named, and refuses an unknown format', async () => {
    await expect(request()).rejects.toMatchObject({ code: 'USAGE_INVALID', message: expect.stringContaining('LOGFILE') });
    await expect(request('b.log', '--format', 'csv')).rejects.toMatchObject({ code: 'USAGE_INVALID' });
  });

  it('shows in its help that there may be many', async () => {
    expect(await request('--help')).toContain('diagnose LOGFILE... [flags]');
  });
});

describe('diagnose', () => {
  it('prints what it found and ends with 0', async () => {
    const { session: given, seen } = session({ kind: 'read', bytes: 100 });
    expect(await diagnoseCommand.run({ options: OPTIONS, format: 'table' }, given)).toEqual({ exit: 0 });
    expect(seen.printed.join('')).toMatch(/GIT_REFUSED {2}1 time[\s\S]*acme\/shop +buildbot/);
  });

  it('writes a document where one is asked for, and prints nothing', async () => {
    const { session: given, seen, written } = session({ kind: 'read', bytes: 100 });
    await diagnoseCommand.run({ options: OPTIONS, format: 'json', out: 'd.json' }, given);
    expect(seen.printed).toEqual([]);
    expect(written[0]).toBe('d.json');
    expect(JSON.parse(written[1] ?? '')).toMatchObject({ format: 1, failures: [{ failure: 'GIT_REFUSED', slug: 'shop', count: 1 }] });
  });

  it('prints what it could read of a damaged log before it fails', async () => {
    const problem = new RekeyError('LOG_DAMAGED', 'Could read only the first part of bamboo.log.');
    const { session: given, seen } = session({ kind: 'broken-off', bytes: 100, problem });
    await expect(diagnoseCommand.run({ options: OPTIONS, format: 'table' }, given)).rejects.toBe(problem);
    expect(seen.printed.join('')).toContain('acme/shop');
  });

  it('says nothing but the error where nothing could be read, and still gives programs their document', async () => {
    const problem = new RekeyError('FILE_UNREADABLE', 'Could not read bamboo.log.');
    const { session: given, seen } = session({ kind: 'unreadable', bytes: 0, problem });
    await expect(diagnoseCommand.run({ options: OPTIONS, format: 'table' }, given)).rejects.toBe(problem);
    expect(seen.printed).toEqual([]);
    await expect(diagnoseCommand.run({ options: OPTIONS, format: 'json' }, given)).rejects.toBe(problem);
    expect(seen.printed.join('')).toContain('"state": "unreadable"');
  });
});
