import { describe, expect, it } from '@jest/globals';
import type { ExpiryReport, ExpiryRow } from '../../../src/core/expiry-report.ts';
import type { MatrixRow } from '../../../src/core/token-matrix.ts';
import { expiryText } from '../../../src/view/expiry-view.ts';
import { matrixText } from '../../../src/view/token-matrix-view.ts';
import { PIPE } from '../../support/view-samples.ts';

const TYPED = (command: string): string => `${command} -c here.yaml`;

function row(part: Partial<ExpiryRow> = {}): ExpiryRow {
  return {
    server: 'https://bamboo.example.com',
    token: 'ci',
    email: 'ci@acme.example',
    expires: '2026-12-01',
    daysLeft: 7,
    state: 'soon',
    configured: true,
    repositories: 1200,
    sharedCredentials: 0,
    plans: 340,
    unsettled: 0,
    writtenBy: [{ run: '2026-01-01T10-00-00Z-1f3a9c', at: '2026-01-01T10:00:00.000Z', objects: 1200, tokenId: 't-1' }],
    ...part,
  };
}

function report(tokens: readonly ExpiryRow[], unread: ExpiryReport['unread'] = []): ExpiryReport {
  return { format: 1, readAt: '2026-11-24T21:03:11.000Z', withinDays: 30, tokens: [...tokens], unread };
}

describe('when tokens run out', () => {
  it('shows what stands on each token, who wrote it, and what to do next', () => {
    expect(
      expiryText(
        report([row(), row({ token: 'web', expires: '2027-06-01', daysLeft: 189, state: 'ok', repositories: 0, plans: 0, writtenBy: [] })]),
        'table',
        TYPED,
        PIPE,
      ),
    ).toBe(`token  runs out    days left  repositories  plans      written by
ci     2026-12-01  7          1,200         up to 340  2026-01-01T10-00-00Z-1f3a9c (token id t-1)
web    2027-06-01  189        0             0          -

Next: make a new token, put it into the configuration beside the old one, and run "bamboo-rekey plan --rotate -o plan.json -c here.yaml" (docs/rotation.md).
`);
  });

  it('tells of tokens that are gone from the configuration, of writes without an end, and of runs that cannot be read', () => {
    const text = expiryText(
      report(
        [
          row({ daysLeft: -3, state: 'expired', configured: false, unsettled: 2 }),
          row({ token: 'old', expires: '', daysLeft: null, state: 'unknown', configured: false }),
        ],
        [{ what: 'run 7', why: 'damaged' }],
      ),
      'table',
      TYPED,
      PIPE,
    );
    expect(text).toContain('ran out 3 days ago');
    expect(text).toMatch(/old +not known +not known/);
    expect(text).toContain('"ci" that runs out on 2026-12-01 is no longer in the configuration');
    expect(text).toContain('2 objects may stand on "ci"');
    expect(text).toContain('Not read: run 7: damaged');
  });

  it('names the server where there are several', () => {
    expect(expiryText(report([row(), row({ server: 'https://other.example.com' })]), 'table', TYPED, PIPE)).toMatch(
      /^server .*\nhttps:\/\/bamboo\.example\.com +ci .*\nhttps:\/\/other/,
    );
  });

  it('says when there is nothing to fear, or nothing at all', () => {
    expect(expiryText(report([row({ state: 'ok', daysLeft: 100 })]), 'table', TYPED, PIPE)).toMatch(/No token runs out within 30 days\.\n$/);
    expect(expiryText(report([]), 'table', TYPED, PIPE)).toMatch(/^There are no tokens/);
  });

  it('gives the whole report as JSON', () => {
    expect(JSON.parse(expiryText(report([row()]), 'json', TYPED))).toEqual(report([row()]));
  });

  it('makes what came from files harmless', () => {
    expect(expiryText(report([row({ token: '\u001b[2Jci' })]), 'table', TYPED, PIPE)).toContain('\\u001b[2Jci');
  });
});

it('shows what each token can do in each workspace, with counts', () => {
  const counts = { token: 'ci', repositories: 1200, reachable: 1100, public: 60, unreachable: 30, undecided: 10, probed: 1150 };
  const rows: MatrixRow[] = [
    { ...counts, workspace: 'acme', verdict: 'partly' },
    { ...counts, workspace: 'globex', verdict: 'refused', why: 'no' },
  ];
  expect(matrixText(rows, [{ token: 'ci', rest: 14, git: 1 }], PIPE)).toBe(`Tokens and workspaces
  token  workspace  verdict  reaches  of     public  not  untold  by git
  ci     acme       partly   1,100    1,200  60      30   10      1,150
  ci     globex     REFUSED  1,100    1,200  60      30   10      1,150
  ci: 14 API calls and 1 git probe within this hour`);
});
