import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../src/cli/parse-command-line.ts';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { endRun } from '../../../src/cli/run-ending.ts';
import { selectionWords } from '../../../src/cli/selection-flags.ts';
import { shellWords, typedCommand } from '../../../src/cli/typed-command.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { runResult } from '../../support/view-samples.ts';

const ELSEWHERE = { configPath: 'other server.yaml', stateDir: '/srv/rekey' };

describe('a proposed command', () => {
  it('names the configuration and the state directory only where they were given', () => {
    expect(typedCommand('bamboo-rekey verify r1', { configPath: 'bamboo-rekey.yaml', stateDir: undefined })).toBe('bamboo-rekey verify r1');
    expect(typedCommand('bamboo-rekey verify r1', ELSEWHERE)).toBe("bamboo-rekey verify -c 'other server.yaml' --state-dir /srv/rekey r1");
  });

  it('comes back from a shell as it was', () => {
    expect(shellWords(['web-*', "it's", '', 'a/b.json', '$(id)'])).toBe(" 'web-*' 'it'\\''s' '' a/b.json '$(id)'");
  });

  it('repeats the selection so that it is understood as the same', async () => {
    const selection = { project: ['WEB', 'OPS'], level: ['plan'], kind: ['git'], repository: ['web *'], includeUsed: true } as const;
    const line = await parseCommandLine(['rollback', 'r1', ...selectionWords(selection)], '0.1.0');
    expect(line).toMatchObject({ command: { request: { options: { run: 'r1', selection } } } });
  });

  it('stands at the end of a run, of init and of the list of runs', async () => {
    const { session, seen } = fakeSession({ ...ELSEWHERE, noInput: true });
    await endRun(runResult([], { next: 'bamboo-rekey resume r1' }), session);
    await runCommandLine({ argv: ['init', '--no-input'], version: '0', write: () => undefined, open: async () => session });
    expect(seen.printed.join('')).toContain("Next: bamboo-rekey resume -c 'other server.yaml' --state-dir /srv/rekey r1");
    expect(seen.printed.join('')).toContain(`"bamboo-rekey doctor -c 'other server.yaml' --state-dir /srv/rekey"`);
  });
});
