import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../src/cli/parse-command-line.ts';
import { reportCommand } from '../../../src/cli/report.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { planText, samplePlan } from '../../support/sample-plan.ts';

async function request(...words: string[]): Promise<unknown> {
  const parsed = await parseCommandLine(['report', ...words], '0.1.0');
  return parsed.kind === 'command' ? parsed.command.request : parsed.text;
}

function session() {
  return fakeSession({ store: { list: async () => [] }, files: new Map([['plan.json', planText(samplePlan())]]) });
}

const REQUEST = { options: { target: 'plan.json' }, format: 'md', out: 'r.md', force: false } as const;

describe('the command line of report', () => {
  it.each([
    ['r.html', 'html'],
    ['r.CSV', 'csv'],
    ['r.xml', 'junit'],
    ['r.md', 'md'],
    ['r.json', 'json'],
    ['r.txt', 'html'],
  ])('takes the format of %s from its name: %s', async (out, format) => {
    expect(await request('latest', '-o', out)).toEqual({ options: { target: 'latest' }, format, out, force: false });
  });

  it('takes the format that is asked for, and leave to overwrite', async () => {
    expect(await request('latest', '-o', 'r.xml', '--format', 'html', '--force')).toMatchObject({ format: 'html', force: true });
  });

  it('asks for what is missing, and refuses what it does not know', async () => {
    await expect(request('-o', 'r.html')).rejects.toMatchObject({ code: 'USAGE_INVALID', message: expect.stringContaining('PLAN|RUN') });
    await expect(request('latest')).rejects.toMatchObject({ code: 'USAGE_INVALID', message: expect.stringContaining('-o FILE') });
    await expect(request('latest', '-o', 'r.pdf', '--format', 'pdf')).rejects.toMatchObject({ code: 'USAGE_INVALID' });
  });
});

describe('report', () => {
  it('writes the document and says where', async () => {
    const { session: given, seen } = session();
    expect(await reportCommand.run(REQUEST, given)).toEqual({ exit: 0 });
    expect(seen.files.get('r.md')).toMatch(/^# Plan: what will change\n/);
    expect(seen.printed.join('')).toBe('Wrote r.md.\n');
  });

  it('overwrites only with --force', async () => {
    const { session: given, seen } = session();
    seen.files.set('r.md', 'older');
    await expect(reportCommand.run(REQUEST, given)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(seen.files.get('r.md')).toBe('older');
    await reportCommand.run({ ...REQUEST, force: true }, given);
    expect(seen.files.get('r.md')).not.toBe('older');
  });
});
