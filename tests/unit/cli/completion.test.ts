import { describe, expect, it } from '@jest/globals';
import { completed } from '../../../src/cli/completion/complete.ts';
import { readUnfinished } from '../../../src/cli/completion/position.ts';
import type { GlobalFlags } from '../../../src/cli/global-flags.ts';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { sealPlan } from '../../../src/core/plan-codec.ts';
import type { RunStore } from '../../../src/core/ports.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { planText } from '../../support/sample-plan.ts';
import { planOfTwelve } from '../../support/view-samples.ts';

const RUNS = ['2026-11-24T21-03-11Z-1f3a9c', '2026-11-25T08-00-00Z-22aa01'];
const store: Partial<RunStore> = { list: async () => [...RUNS] };
const plan = planText(sealPlan(planOfTwelve().plan));

function complete(words: string[], files: Map<string, string> = new Map()): Promise<string[]> {
  return completed(words, async () => fakeSession({ store, files }).session);
}

describe('what a shell is offered', () => {
  it.each([
    ['commands', ['pl'], ['plan']],
    ['flags of the command and of every command', ['plan', '--ro'], ['--rotate']],
    ['the help', ['plan', '--he'], ['--help']],
    ['values that are listed', ['apply', 'plan.json', '--on-error', ''], ['stop', 'continue']],
    ['values after an equals sign', ['plan', '--level=pr'], ['--level=project']],
    ['values after an equals sign, as bash parts the words', ['plan', '--level', '=', 'pr'], ['project']],
    ['values of a short flag of every command', ['-c', 'other.yaml', 'ru'], ['runs']],
    ['runs, the newest first', ['show', ''], ['latest', RUNS[1], RUNS[0]]],
    ['runs that begin so', ['rollback', '2026-11-24'], [RUNS[0]]],
    ['shells', ['completion', 'f'], ['fish']],
    ['nothing for a file', ['plan', '-o', ''], []],
    ['nothing after the only operand', ['show', 'latest', ''], []],
  ])('%s', async (_what, words, expected) => {
    expect(await complete(words)).toEqual(expected);
  });

  it('are keys and workspaces of the plan that is kept under its usual name', async () => {
    const files = new Map([['plan.json', plan]]);
    const keys = new Set(planOfTwelve().plan.changes.flatMap(({ project }) => project ?? []));
    expect(await complete(['plan', '--project', ''], files)).toEqual(expect.arrayContaining([...keys]));
    expect(keys.size).toBeGreaterThan(0);
    expect(await complete(['plan', '--workspace', ''], files)).toContain(planOfTwelve().plan.changes[0]?.workspace);
  });

  it('are only names that need no quotes', async () => {
    const hostile = ['a b', '$(reboot)', 'x\u001b[31m', 'fine-1'];
    expect(await completed(['show', ''], async () => fakeSession({ store: { list: async () => hostile } }).session)).toEqual(['latest', 'fine-1']);
  });

  it('is nothing, and no failure, where the session cannot be opened', async () => {
    expect(await completed(['show', ''], () => Promise.reject(new RangeError('no')))).toEqual([]);
  });

  it('opens what the flags of the unfinished line name', () => {
    const { values } = readUnfinished(['-c', 'a.yaml', '--state-dir=/srv', 'show', '']);
    expect(Object.fromEntries(values)).toEqual({ config: 'a.yaml', 'state-dir': '/srv' });
  });
});

describe('the hidden command', () => {
  it('writes a candidate a line and ends well', async () => {
    const written: string[] = [];
    const open = async (_flags: GlobalFlags) => fakeSession({ store }).session;
    expect(await runCommandLine({ argv: ['__complete', 'r'], version: '0.0.0', write: (piece) => void written.push(piece), open })).toBe(0);
    expect(written).toEqual(expect.arrayContaining(['resume\n', 'rollback\n', 'runs\n']));
  });
});
