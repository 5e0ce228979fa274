import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { parseCommandLine } from '../../../src/cli/parse-command-line.ts';
import { KINDS, LEVELS } from '../../../src/cli/selection-flags.ts';
import type { RekeyError } from '../../../src/core/errors.ts';
import { Kind, Level } from '../../../src/core/model.ts';

const PACE = { onError: 'continue', test: 'sample', yes: false };

async function request(line: string): Promise<unknown> {
  const parsed = await parseCommandLine(line.split(' '), '0.1.0');
  return parsed.kind === 'command' ? parsed.command.request : parsed.text;
}

async function refusal(line: string): Promise<{ code: string; message: string; remedy: string; exit: number }> {
  try {
    await request(line);
  } catch (thrown) {
    const { code, message, remedy, exit } = thrown as RekeyError;
    return { code, message, remedy, exit };
  }
  return { code: 'none', message: 'it was accepted', remedy: '', exit: 0 };
}

describe('flags become requests', () => {
  it.each([
    ['doctor', {}],
    ['doctor --sample 3', { sample: 3 }],
    ['doctor --prove', { prove: true }],
    ['expiry', { others: [], withinDays: 30, exitCode: false, format: 'table' }],
    ['expiry -c a.yaml -c b.yaml --within 4w --exit-code -o e.json', { others: ['b.yaml'], withinDays: 28, exitCode: true, format: 'json', out: 'e.json' }],
    ['runs', null],
    ['show 2026-11-24T21-03-11Z-1f3a9c', '2026-11-24T21-03-11Z-1f3a9c'],
    ['init --no-input', null],
    ['inventory', { options: { selection: {} }, format: 'table' }],
    ['inventory --format csv', { options: { selection: {} }, format: 'csv' }],
    ['inventory -o all.json', { options: { selection: {} }, format: 'json', out: 'all.json' }],
    ['inventory -o all.json --format csv', { options: { selection: {} }, format: 'csv', out: 'all.json' }],
    [
      'inventory --project WEB --project OPS --workspace acme --level plan --kind git --repository web-* --include-used',
      {
        options: { selection: { project: ['WEB', 'OPS'], workspace: ['acme'], level: ['plan'], kind: ['git'], repository: ['web-*'], includeUsed: true } },
        format: 'table',
      },
    ],
    ['plan', { options: { selection: {}, rotate: false, asGit: false }, exitCode: false, requireComplete: false }],
    [
      'plan -o plan.json --rotate --exit-code --require-complete',
      { options: { selection: {}, rotate: true, asGit: false }, out: 'plan.json', exitCode: true, requireComplete: true },
    ],
    ['apply plan.json', { plan: 'plan.json', ...PACE, selection: {} }],
    ['apply --project WEB plan.json', { plan: 'plan.json', ...PACE, selection: { project: ['WEB'] } }],
    [
      'apply plan.json --concurrency 20 --batch 50 --canary 0 --max-failures 0 --on-error stop --test all --yes --break-lock n1 --expect-digest sha256:4f',
      {
        plan: 'plan.json',
        expectDigest: 'sha256:4f',
        concurrency: 20,
        batch: 50,
        canary: 0,
        maxFailures: 0,
        onError: 'stop',
        test: 'all',
        yes: true,
        breakLock: 'n1',
        selection: {},
      },
    ],
    ['apply -- -odd-.json', { plan: '-odd-.json', ...PACE, selection: {} }],
    ['resume 007 --yes', { run: '007', ...PACE, yes: true }],
    ['verify plan.json', { target: 'plan.json', test: 'sample', selection: {} }],
    ['verify r1 --test none --level global', { target: 'r1', test: 'none', selection: { level: ['global'] } }],
    ['rollback r1 --dry-run', { options: { run: 'r1', ...PACE, selection: {} }, dryRun: true }],
    ['rollback --snapshot snapshot.jsonl --yes', { options: { snapshot: 'snapshot.jsonl', ...PACE, yes: true, selection: {} }, dryRun: false }],
    ['simulator', {}],
    [
      'simulator --port 0 --repositories 60 --seed 7 --profile modern --latency 100 --write-config c.yaml',
      { port: 0, repositories: 60, seed: '7', profile: 'modern', latency: 100, writeConfig: 'c.yaml' },
    ],
  ])('%s', async (line, expected) => {
    expect(await request(line)).toEqual(expected);
  });

  it('knows every level and kind of the model', () => {
    expect(LEVELS).toEqual(Level.options);
    expect(KINDS).toEqual(Kind.options);
  });
});

describe('global flags', () => {
  async function globals(line: string): Promise<unknown> {
    const parsed = await parseCommandLine(line.split(' '), '0.1.0');
    return parsed.kind === 'command' ? parsed.global : undefined;
  }

  it('have defaults', async () => {
    expect(await globals('doctor')).toEqual({ config: 'bamboo-rekey.yaml', json: false, quiet: false, noColor: false, noInput: false });
  });

  it('stand before or after the command', async () => {
    const expected = { config: 'a.yaml', stateDir: 's', json: true, quiet: true, noColor: true, noInput: true, logLevel: 'debug', logFile: 'l' };
    expect(await globals('-c a.yaml --json -q --no-color doctor --no-input --state-dir s --log-level debug --log-file l')).toEqual(expected);
    expect(await globals('doctor --config a.yaml --json --quiet --no-color --no-input --state-dir s --log-level debug --log-file l')).toEqual(expected);
  });
});

describe('what is not understood is refused with exit 2, naming what was expected', () => {
  it.each([
    ['aply plan.json', 'There is no command "aply". Did you mean "apply"?'],
    ['levitate', 'There is no command "levitate".'],
    ['plan --rotat', 'plan has no flag --rotat. Did you mean "--rotate"?'],
    ['plan --nonsense-flag', 'plan has no flag --nonsense-flag.'],
    ['plan plan.json', 'plan: "plan.json" is one value too many.'],
    ['apply a.json b.json', 'apply: "b.json" is one value too many.'],
    ['apply', 'apply: expected PLAN, the file that "bamboo-rekey plan -o plan.json" wrote.'],
    ['apply p --concurrency 0', '--concurrency: expected a whole number from 1 to 64, got "0".'],
    ['apply p --concurrency 65', '--concurrency: expected a whole number from 1 to 64, got "65".'],
    ['apply p --concurrency 1e1', '--concurrency: expected a whole number from 1 to 64, got "1e1".'],
    ['apply p --batch -1', '--batch: expected a whole number of at least 1, got "-1".'],
    ['apply p --on-error ignore', '--on-error: expected stop, continue, got "ignore".'],
    ['apply p --test some', '--test: expected canary, sample, all, none, got "some".'],
    ['apply p --expect-digest', '--expect-digest: expected a value after it.'],
    ['apply p --break-lock --yes', '--break-lock: expected a value after it.'],
    ['rollback', 'rollback: expected either RUN, as "bamboo-rekey runs" lists it, or --snapshot FILE.'],
    ['rollback r1 --snapshot s', 'rollback: expected either RUN, as "bamboo-rekey runs" lists it, or --snapshot FILE.'],
    ['rollback r1 --dry-run=yes', '--dry-run: expected no value after it.'],
    ['inventory --level linked', '--level: expected global, project, plan, branch, got "linked".'],
    ['inventory --format xml', '--format: expected table, json, csv, got "xml".'],
    ['doctor --log-level loud', '--log-level: expected debug, info, warn, error, got "loud".'],
    ['expiry --within soon', '--within: expected days or weeks, as 30d or 4w, got "soon".'],
    ['doctor -c a -c b', '--config: expected once, given 2 times.'],
    ['simulator --port 70000', '--port: expected a whole number from 0 to 65535, got "70000".'],
  ])('%s', async (line, message) => {
    expect(await refusal(line)).toMatchObject({ code: 'USAGE_INVALID', exit: 2, message });
  });

  it('points to the help of the command', async () => {
    expect((await refusal('apply')).remedy).toBe('See "bamboo-rekey apply --help".');
    expect((await refusal('aply')).remedy).toBe('See "bamboo-rekey --help".');
  });
});

describe('help and version', () => {
  it('answer without judging the rest of the line', async () => {
    expect(await request('--version')).toBe('0.1.0\n');
    expect(await request('apply --help --concurrency zero')).toContain('bamboo-rekey apply PLAN [flags]');
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))('%s has examples that the parser takes', async (_name, { examples }) => {
    for (const [line] of examples) {
      const [program, ...argv] = (line.split(' | ').at(-1) ?? line).replace(/ > .*/, '').trim().split(/\s+/);
      expect([program, (await parseCommandLine(argv, '0.1.0')).kind]).toEqual(['bamboo-rekey', 'command']);
    }
  });
});
