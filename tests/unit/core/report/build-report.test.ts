import { describe, expect, it } from '@jest/globals';
import { buildReport } from '../../../../src/core/report/build-report.ts';
import { Report } from '../../../../src/core/report/report.ts';
import { TODAY } from '../../../support/core-samples.ts';
import { EVIDENCE, journalOf, planNamed, planOfTenThousand, planReport, runReport } from '../../../support/report-samples.ts';
import { planOfTwelve, planResult } from '../../../support/view-samples.ts';

describe('the report of a run', () => {
  it('keeps to its published schema', () => {
    expect(Report.parse(runReport())).toEqual(runReport());
    expect(Report.parse(planReport())).toEqual(planReport());
  });

  it('tells of each item how it ended, why, and how long it took', () => {
    const { items } = runReport();
    expect(items[0]).toMatchObject({ name: 'shared-1', outcome: 'changed', ms: 1250 });
    expect(items[3]).toMatchObject({ name: 'shared-4', outcome: 'drifted', why: expect.stringContaining('repository.branch') });
    expect(items[11]).toMatchObject({ outcome: 'unknown', why: 'a write got no answer' });
  });

  it('counts by level and project, and all of it adds up', () => {
    const { groups, tally, items } = runReport();
    expect(groups.map(({ level, project, changes }) => [level, project, changes])).toEqual([
      ['global', undefined, 4],
      ['project', 'WEB', 4],
      ['plan', 'OPS', 4],
    ]);
    expect(tally).toEqual({ total: 12, changed: 7, unchanged: 1, drifted: 1, skipped: 1, failed: 1, unknown: 1 });
    expect(groups.reduce((sum, group) => sum + (group.tally?.total ?? 0), 0)).toBe(items.length);
  });

  it('adds up what depends on the changes, and how well they can be taken back', () => {
    const { blastRadius, rollback } = runReport();
    expect(blastRadius).toMatchObject({ plans: 38, environments: 6, hidden: 0, notKnown: 0 });
    expect(rollback).toEqual({ exact: 10, 'needs-secret': 0, 'configuration-only': 2 });
  });

  it('counts what is not known apart from what is nothing', () => {
    const { plan } = planResult(planOfTwelve().plan.changes.map((change) => ({ ...change, usedBy: null })));
    expect(planReport(plan).blastRadius).toEqual({ plans: 0, environments: 0, projects: [], hidden: 0, notKnown: 12 });
  });

  it('lists everything that was left alone, with its reason', () => {
    const lists = runReport().leftAlone.map(({ list, name }) => `${list} ${name}`);
    expect(lists).toEqual(['cannot orphan', 'cannot vault', 'unchanged done-1', 'unchanged done-2', 'also-needed platform']);
  });

  it('tells the days of a token from what the run noted, soonest end first', () => {
    expect(runReport().tokens.map(({ name, daysLeft, changes }) => [name, daysLeft, changes])).toEqual([
      ['web', 10, 4],
      ['ci', 309, 8],
    ]);
    expect(planReport().tokens.map(({ name, daysLeft }) => [name, daysLeft])).toEqual([
      ['web', 188],
      ['ci', 309],
    ]);
  });

  it('says of a run without an end that it is still running or broken off, and how to go on', () => {
    const report = runReport(planOfTwelve().plan, { ended: false });
    expect(report.run).toMatchObject({ state: 'open', startedAt: '2026-11-24T21:03:11.000Z' });
    expect(report.notices[0]).toMatch(/has not ended: it is still running, or it was broken off/);
    expect(report.stop.join(' ')).toContain('bamboo-rekey resume r1');
    expect(report.evidence.hosts).toEqual(EVIDENCE.hosts);
  });

  it.each([
    ['drifted', 3, false],
    ['changed', 5, false],
    ['failed', 5, true],
    ['changed', 7, true],
  ] as const)('names resume only where going on would do anything: %s, exit code %i', (kind, exit, named) => {
    const { plan } = planResult(planOfTwelve().plan.changes.slice(0, 1));
    const outcome = kind === 'changed' ? { kind } : { kind, why: 'some reason' };
    const items = new Map([['repository:1', { kind: 'done', outcome }]] as const);
    const frame = { run: 'r1', verb: 'apply', server: plan.server.url, digest: plan.digest, startedAt: '2026-11-24T21:03:11.000Z' } as const;
    const state = { ...frame, items, intended: [], exit };
    const report = buildReport({ plan, run: { state, journal: journalOf(plan) }, now: TODAY, tool: 't', evidence: EVIDENCE });
    expect(report.stop.join(' ').includes('bamboo-rekey resume r1')).toBe(named);
  });

  it('puts a secret that was found before everything else', () => {
    const searched = [{ name: 'journal.jsonl', bytes: 10, finds: ['tokens.ci.token'] }];
    expect(runReport(undefined, { evidence: { ...EVIDENCE, searched } }).notices[0]).toMatch(/SECRET WAS FOUND in journal.jsonl: tokens.ci.token/);
  });

  it('says what it could not tell without a configuration', () => {
    const report = buildReport({ plan: planOfTwelve().plan, now: TODAY, tool: 't', evidence: { ...EVIDENCE, secrets: null, searched: [] } });
    expect(report.notices.join()).toMatch(/configuration could not be read/);
    expect(report.tokens.map(({ daysLeft }) => daysLeft)).toEqual([null, null]);
  });

  it('thins the progress of a large run, and keeps its beginning and its end', () => {
    const { progress } = runReport(planOfTenThousand());
    expect(progress.length).toBeLessThanOrEqual(200);
    expect(progress[0]).toMatchObject({ done: 0 });
    expect(progress.at(-1)).toMatchObject({ done: 10_000 });
  });

  it('takes a name of 10 kB as it is', () => {
    const name = 'n'.repeat(10_240);
    expect(runReport(planNamed(name)).items[0]?.name).toBe(name);
  });

  it('counts an item once that was tried again, and times the last attempt', () => {
    const { plan } = planResult(planOfTwelve().plan.changes.slice(0, 1));
    const journal = journalOf(plan);
    const again = [
      { kind: 'resumed', at: '2026-11-24T22:00:00.000Z', tool: 'bamboo-rekey 0.2.0' },
      { kind: 'intent', at: '2026-11-24T22:00:01.000Z', key: 'repository:1' },
      { kind: 'outcome', at: '2026-11-24T22:00:03.000Z', key: 'repository:1', outcome: { kind: 'changed' } },
    ] as const;
    const items = new Map([['repository:1', { kind: 'done', outcome: { kind: 'changed' } }]] as const);
    const state = {
      run: 'r1',
      verb: 'apply',
      server: plan.server.url,
      digest: plan.digest,
      startedAt: '2026-11-24T21:03:11.000Z',
      items,
      intended: [],
    } as const;
    const report = buildReport({ plan, run: { state, journal: [...journal, ...again] }, now: TODAY, tool: 't', evidence: EVIDENCE });
    expect(report.items[0]).toMatchObject({ outcome: 'changed', ms: 2000 });
    expect(report.progress.at(-1)).toMatchObject({ done: 1 });
    expect(report.run).toMatchObject({ resumed: 1, tools: ['bamboo-rekey 0.1.0', 'bamboo-rekey 0.2.0'], lastAt: '2026-11-24T22:00:03.000Z' });
  });
});
