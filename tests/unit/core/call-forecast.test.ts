import { describe, expect, it } from '@jest/globals';
import { callsBefore, callsLeft, forecastCalls, forecastText, judgeForecast } from '../../../src/core/call-forecast.ts';
import type { JournalEntry, TokenUse } from '../../../src/core/journal.ts';
import { config } from '../../support/core-samples.ts';

const { bitbucket } = config();

describe('forecastCalls', () => {
  it('counts identity, workspaces, a page for each hundred, and a probe for each repository', () => {
    expect(forecastCalls([334, 333, 333])).toEqual({ rest: 14, git: 1_000 });
    expect(forecastCalls([1, 100, 101])).toEqual({ rest: 6, git: 202 });
    expect(forecastCalls([])).toEqual({ rest: 2, git: 0 });
  });

  it('counts a sample of each workspace instead', () => {
    expect(forecastCalls([334, 2], 5)).toEqual({ rest: 7, git: 7 });
  });
});

describe('callsLeft', () => {
  it('keeps the reserve for Bamboo and never goes below nothing', () => {
    expect(callsLeft(bitbucket, { rest: 0, git: 0 })).toEqual({ rest: 800, git: 48_000 });
    expect(callsLeft({ ...bitbucket, reserve: 50 }, { rest: 100, git: 40_000 })).toEqual({ rest: 400, git: 0 });
  });
});

describe('callsBefore', () => {
  const calls = { rest: 14, git: 1_000 };
  const token = { name: 'ci', email: 'ci@acme.example', expires: '2027-01-01' };
  const resumed = (at: string, tokens: TokenUse[]): JournalEntry => ({ kind: 'resumed', at, tool: 'bamboo-rekey 1', tokens });
  const now = new Date('2026-11-24T12:00:00.000Z');

  it('takes what the last part of the run wrote down, which counts on from the parts before it', () => {
    const journal = [
      resumed('2026-11-24T11:10:00.000Z', [{ ...token, calls: { rest: 1, git: 1 } }]),
      resumed('2026-11-24T11:30:00.000Z', [{ ...token, calls }]),
    ];
    expect(callsBefore([...journal, { kind: 'intent', at: '2026-11-24T11:31:00.000Z', key: 'repository:1' }], now)).toEqual(new Map([['ci', calls]]));
  });

  it.each([
    ['what is older than an hour', [resumed('2026-11-24T11:00:00.000Z', [{ ...token, calls }])]],
    ['a journal that wrote none down', [resumed('2026-11-24T11:59:00.000Z', [token])]],
    ['an empty journal', []],
  ])('knows nothing from %s', (_what, journal) => {
    expect(callsBefore(journal, now)).toEqual(new Map());
  });
});

describe('judgeForecast', () => {
  const left = { rest: 10, git: 100 };
  it.each([
    [{ rest: 10, git: 100 }, 'fits'],
    [{ rest: 10, git: 101 }, 'probes-cut'],
    [{ rest: 11, git: 1 }, 'cannot-start'],
  ] as const)('%j', (forecast, fit) => {
    expect(judgeForecast(forecast, left)).toBe(fit);
  });

  it('does not start where not a single probe fits, unless none is wanted', () => {
    expect(judgeForecast({ rest: 1, git: 1 }, { rest: 10, git: 0 })).toBe('cannot-start');
    expect(judgeForecast({ rest: 1, git: 0 }, { rest: 10, git: 0 })).toBe('fits');
  });

  it('says it in one sentence', () => {
    const text = (forecast: Parameters<typeof judgeForecast>[0]) => forecastText(forecast, { rest: 800, git: 1_500 }, bitbucket);
    expect(text({ rest: 12, git: 1_200 })).toBe(
      "1,200 probes, 12 API calls: fits (1,500 and 800 are left this hour, 20 % of the quota being kept for Bamboo's own polling)",
    );
    expect(text({ rest: 1, git: 1 })).toMatch(/^1 probe, 1 API call: fits/);
    expect(text({ rest: 12, git: 2_000 })).toMatch(/only 1,500 probes fit .*the others are left out$/);
    expect(text({ rest: 900, git: 1 })).toMatch(/does not fit .*nothing was asked$/);
  });
});
