import { describe, expect, it } from '@jest/globals';
import { compareRows, expiryRows } from '../../../src/core/expiry.ts';
import type { JournalEntry, TokenUse } from '../../../src/core/journal.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import { type Change, changeKey, type PlanFile } from '../../../src/core/plan-file.ts';
import type { StoredRun } from '../../../src/core/ports.ts';
import { judgeRevocable } from '../../../src/core/revocable.ts';
import { latestStandings } from '../../../src/core/token-standing.ts';
import { change, config, reading, TODAY, usage } from '../../support/core-samples.ts';

const CI: TokenUse = { name: 'ci', email: 'ci@acme.example', expires: '2027-09-30', id: 't-1' };
const WEB: TokenUse = { name: 'web', email: 'web@acme.example', expires: '2027-06-01', id: 't-2' };

const to = (use: TokenUse, part: Partial<Change> = {}): Change => change({ after: { username: use.email, credential: 'api-token', token: use.name }, ...part });

/** A run whose changes ended as said; `intended`: the outcome was never recorded. */
function run(name: string, tokens: readonly TokenUse[], ends: readonly (readonly [Change, Outcome['kind'] | 'intended'])[]): StoredRun {
  const at = `2026-${name}T10:00:00.000Z`;
  const journal: JournalEntry[] = [
    { kind: 'started', at, run: name, verb: 'apply', tool: 't', server: 's', digest: 'd', keys: ends.map(([each]) => changeKey(each)), tokens: [...tokens] },
    ...ends.flatMap(([each, end]): JournalEntry[] => [
      { kind: 'intent', at, key: changeKey(each) },
      ...(end === 'intended' ? [] : [{ kind: 'outcome', at, key: changeKey(each), outcome: { kind: end, why: 'so' } } as const]),
    ]),
  ];
  return { run: name, plan: { changes: ends.map(([each]) => each) } as unknown as PlanFile, journal, snapshots: [] };
}

function rows(runs: readonly StoredRun[], more: Parameters<typeof config>[0] = {}) {
  return expiryRows({ config: config(more), runs, today: TODAY, withinDays: 30 });
}

describe('expiryRows', () => {
  it('has a row for each configured token, what runs out first on top', () => {
    expect(rows([]).map(({ token, daysLeft, state, repositories }) => [token, daysLeft, state, repositories])).toEqual([
      ['web', 189, 'ok', 0],
      ['ci', 310, 'ok', 0],
    ]);
  });

  it.each([
    ['2026-11-23', -1, 'expired'],
    ['2026-11-24', 0, 'soon'],
    ['2026-12-24', 30, 'soon'],
    ['2026-12-25', 31, 'ok'],
  ])('counts the days to %s', (expires, daysLeft, state) => {
    const tokens = { ci: { email: 'ci@acme.example', token: { env: 'X' }, expires } };
    expect(rows([], { tokens })).toMatchObject([{ daysLeft, state }]);
  });

  it('puts what ran out first, whatever server it is on', () => {
    const [old] = rows([], { assign: [], tokens: { web: { email: 'web@acme.example', token: { env: 'X' }, expires: '2026-11-01' } } });
    const both = [...rows([]), ...(old === undefined ? [] : [old])];
    expect(both.sort(compareRows).map(({ daysLeft }) => daysLeft)).toEqual([-23, 189, 310]);
  });

  it('counts repositories and plans by the latest word on each object, and names the runs and token ids', () => {
    const first = run(
      '01-01',
      [CI, WEB],
      [
        [to(CI, { id: '1', usedBy: usage('A', 'B') }), 'changed'],
        [to(CI, { id: '2' }), 'changed'],
        [to(WEB, { id: '3' }), 'changed'],
      ],
    );
    const second = run('02-01', [WEB], [[to(WEB, { id: '2' }), 'changed']]);
    expect(rows([first, second])).toMatchObject([
      {
        token: 'web',
        repositories: 2,
        plans: 2,
        writtenBy: [
          { run: '02-01', objects: 1, tokenId: 't-2' },
          { run: '01-01', objects: 1, tokenId: 't-2' },
        ],
      },
      { token: 'ci', repositories: 1, plans: 2, writtenBy: [{ run: '01-01', objects: 1, tokenId: 't-1' }] },
    ]);
  });

  it('counts the users of a shared credential as the repositories that stand on it', () => {
    const user = { object: 'repository', id: '7', level: 'global', name: 'web', workspace: 'acme', slug: 'web' } as const;
    const shared = to(CI, { object: 'shared-credential', kind: 'credentials', users: [user, { ...user, id: '8' }] });
    expect(rows([run('01-01', [CI], [[shared, 'changed']])])[1]).toMatchObject({ repositories: 2, sharedCredentials: 1 });
  });

  it('changes nothing by what was not written', () => {
    const first = run('01-01', [CI], [[to(CI), 'changed']]);
    const skipped = run('02-01', [WEB], [[to(WEB), 'skipped']]);
    expect(rows([first, { ...skipped, journal: skipped.journal.filter(({ kind }) => kind !== 'intent') }])[1]).toMatchObject({ token: 'ci', repositories: 1 });
  });

  it.each(['intended', 'unknown', 'failed'] as const)('lets an object whose write ended as %s stand on neither token for sure', (end) => {
    const first = run('01-01', [CI], [[to(CI), 'changed']]);
    const second = run('02-01', [WEB], [[to(WEB), end]]);
    expect(rows([first, second])).toMatchObject([
      { token: 'web', repositories: 0, unsettled: 1 },
      { token: 'ci', repositories: 0, unsettled: 1 },
    ]);
  });

  it('keeps a row for a secret that was replaced under the same name as long as something stands on it', () => {
    const old = { ...CI, expires: '2026-12-01', id: 't-0' };
    expect(rows([run('01-01', [old], [[to(CI, { id: '1' }), 'changed']]), run('02-01', [CI], [[to(CI, { id: '2' }), 'changed']])])).toMatchObject([
      { token: 'ci', expires: '2026-12-01', configured: false, repositories: 1, state: 'soon' },
      { token: 'web', repositories: 0 },
      { token: 'ci', expires: '2027-09-30', configured: true, repositories: 1 },
    ]);
  });

  it('counts nothing for a token after a rollback to an app password', () => {
    const back = change({ before: to(CI).after, after: { username: 'buildbot', credential: 'app-password', previous: 'buildbot' } });
    expect(rows([run('01-01', [CI], [[to(CI), 'changed']]), run('02-01', [], [[back, 'changed']])])[1]).toMatchObject({ token: 'ci', repositories: 0 });
  });

  it('takes a journal that tells no tokens by the name in its plan', () => {
    const stored = run('01-01', [], [[to(CI), 'changed']]);
    expect(rows([stored])[1]).toMatchObject({ token: 'ci', configured: true, repositories: 1, writtenBy: [{ run: '01-01' }] });
  });
});

describe('judgeRevocable', () => {
  const held = (username: string, part: { id?: string } = {}) => reading({ credential: { kind: 'api-token', username }, ...part });
  const judge = (runs: readonly StoredRun[], readings: ReturnType<typeof reading>[], unread = 0) =>
    judgeRevocable(CI, { standings: latestStandings(runs), readings, unread });
  const rotated = [run('01-01', [CI], [[to(CI), 'changed']]), run('02-01', [WEB], [[to(WEB), 'changed']])];

  it('lets an old token go once everything stands on another one', () => {
    expect(judge(rotated, [held('web@acme.example')])).toEqual({ kind: 'revocable' });
  });

  it('takes the word of the journals for what no user name can be read of', () => {
    expect(judge(rotated, [reading({ credential: { kind: 'unknown' } })])).toEqual({ kind: 'revocable' });
  });

  it('counts what still stands on it', () => {
    expect(judge(rotated.slice(0, 1), [held('ci@acme.example')])).toEqual({ kind: 'in-use', objects: 1 });
  });

  it.each([
    ['a write that was never settled', [run('01-01', [CI], [[to(CI), 'changed']]), run('02-01', [WEB], [[to(WEB), 'unknown']])], [], 0, /never settled/],
    ['a user name of which no journal tells', rotated, [held('CI@acme.example', { id: '99' })], 0, /1 object\(s\) hold a user name .*: "web" \(acme\/web\)\.$/],
    ['a user name that somebody else put back', rotated, [held('ci@acme.example')], 0, /hold a user name that may be its/],
    ['a user name that nobody can read', rotated, [reading({ id: '99', credential: { kind: 'unknown' } })], 0, /or that can't be read/],
    ['something that could not be read', rotated, [], 2, /2 thing\(s\) on the server could not be read/],
  ])('proves nothing with %s', (_what, runs, readings, unread, why) => {
    expect(judge(runs, readings, unread)).toEqual({ kind: 'unproven', why: expect.stringMatching(why) });
  });

  it('names three of many, and says each reason in a sentence of its own', () => {
    const many = ['91', '92', '93', '94', '95'].map((id) => held('ci@acme.example', { id }));
    expect(judge(rotated, many, 1)).toMatchObject({
      why: expect.stringMatching(/^5 object.*: ("web" \(acme\/web\), ){2}"web" \(acme\/web\) and 2 more\. 1 thing.*\.$/),
    });
  });

  it('tells two tokens of one account apart by the journals', () => {
    const next = { ...CI, name: 'ci-2027', expires: '2027-11-01' };
    const runs = [run('01-01', [CI], [[to(CI), 'changed']]), run('02-01', [next], [[to(next), 'changed']])];
    expect(judge(runs, [held('ci@acme.example')])).toEqual({ kind: 'revocable' });
  });
});
