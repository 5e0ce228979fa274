import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import { validateXML } from 'xmllint-wasm';
import { Report } from '../../../../src/core/report/report.ts';
import { reportText } from '../../../../src/view/report/report-text.ts';
import { JUNIT_SCHEMA } from '../../../support/junit-schema.ts';
import { HOSTILE, planNamed, planOfTenThousand, planReport, runReport } from '../../../support/report-samples.ts';
import { planResult } from '../../../support/view-samples.ts';

const FORMATS = ['html', 'csv', 'junit', 'md', 'json'] as const;
/** What colours, reorders or hides when it is shown. */
const HARMFUL = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u;

async function junitProblems(xml: string): Promise<readonly string[]> {
  const result = await validateXML({ xml: [{ fileName: 'report.xml', contents: xml }], schema: [JUNIT_SCHEMA] });
  return result.errors.map(({ message }) => message);
}

describe('a report in every format', () => {
  it.each(FORMATS)('%s holds nothing that a hostile name could do harm with on a terminal', (format) => {
    expect(reportText(runReport(planNamed(HOSTILE)), format).replaceAll('\n', '')).not.toMatch(HARMFUL);
  });

  it.each(FORMATS)('%s of a plan without changes, and of a run without items, can be made', (format) => {
    const { plan } = planResult([]);
    expect(reportText(planReport(plan), format)).not.toBe('');
    expect(reportText(runReport(plan), format)).not.toBe('');
  });

  it.each(['html', 'md'] as const)('%s cuts a name of 10 kB and says so', (format) => {
    const text = reportText(runReport(planNamed('n'.repeat(10_240))), format);
    expect(text).not.toContain('n'.repeat(300));
    expect(text).toContain('(10,040 more characters)');
  });

  it.each(['csv', 'json', 'junit'] as const)('%s keeps a name of 10 kB whole', (format) => {
    expect(reportText(runReport(planNamed('n'.repeat(10_240))), format)).toContain('n'.repeat(10_240));
  });
});

describe('the HTML report', () => {
  it('needs nothing but itself', () => {
    const page = load(reportText(runReport(), 'html'));
    expect(page('[src], [href], link, iframe, object, form').length).toBe(0);
    expect(reportText(runReport(), 'html')).not.toMatch(/@import|url\(/);
    expect(page('meta[http-equiv="Content-Security-Policy"]').attr('content')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+';/,
    );
  });

  it('has no element and no attribute from a hostile name', () => {
    const tags = (html: string): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const element of load(html)('*').toArray()) if ('name' in element) counts[element.name] = (counts[element.name] ?? 0) + 1;
      return counts;
    };
    const hostile = reportText(runReport(planNamed(HOSTILE)), 'html');
    expect(tags(hostile)).toEqual(tags(reportText(runReport(planNamed('harmless')), 'html')));
    expect(load(hostile)('[onerror]').length).toBe(0);
  });

  it('gives the script every item, before and after, and a browser without scripts the same rows', () => {
    const page = load(reportText(runReport(), 'html'), { scriptingEnabled: false });
    const { columns, rows } = JSON.parse(page('script[type="application/json"]').first().text()) as { columns: { title: string }[]; rows: unknown[][] };
    expect(columns.map(({ title }) => title)).toContain('Before');
    expect(rows).toHaveLength(12);
    expect(rows[3]).toEqual(
      expect.arrayContaining(['drifted', 'shared-4', 'buildbot (app password)', 'ci@acme.example (API token "ci")', ['12 plans, 3 environments', 15]]),
    );
    expect(page('noscript').first().find('tbody tr')).toHaveLength(12);
  });

  it('shows facts, guidance and evidence', () => {
    const text = load(reportText(runReport(), 'html'))('main').text();
    for (const words of [
      'ended with exit code 5',
      'sha256:4f1c',
      'bamboo-rekey rollback r1 --dry-run',
      'none found',
      'environment variable BAMBOO_PASSWORD',
      '38 uses by plans',
    ])
      expect(text).toContain(words);
  });

  it('draws outcomes, progress and the days of tokens, each with words for those who do not see', () => {
    const labels = load(reportText(runReport(), 'html'))('svg[role=img]')
      .toArray()
      .map((svg) => svg.attribs['aria-label']);
    expect(labels).toEqual([
      'Outcomes: 7 changed, 1 unchanged, 1 drifted, 1 skipped, 1 failed, 1 unknown',
      '12 items done between 2026-11-24 21:03:11 UTC and 2026-11-24 21:03:45 UTC',
      'Days left: web 10, ci 309',
    ]);
  });

  it('of 10,000 items is no longer than 15 MB', () => {
    expect(Buffer.byteLength(reportText(runReport(planOfTenThousand()), 'html'))).toBeLessThan(15e6);
  });
});

describe('the JUnit report', () => {
  it.each([
    ['a run', runReport()],
    ['a run with hostile names', runReport(planNamed(HOSTILE))],
    ['a plan', planReport()],
    ['nothing', planReport(planResult([]).plan)],
  ])('of %s is what CI servers accept', async (_what, report) => {
    expect(await junitProblems(reportText(report, 'junit'))).toEqual([]);
  });

  it('is refused by the schema where it is broken, so the schema can refuse', async () => {
    expect(await junitProblems(reportText(runReport(), 'junit').replace(' errors="0"', ''))).not.toEqual([]);
  });

  it('counts drift and failure as failures, what is unknown as errors, the rest as skipped or passed', () => {
    const xml = load(reportText(runReport(), 'junit'), { xml: true });
    expect(xml('testsuites').attr()).toMatchObject({ tests: '14', failures: '2', errors: '1' });
    expect([xml('failure').length, xml('error').length, xml('skipped').length]).toEqual([2, 1, 3]);
    expect(
      xml('testsuite')
        .toArray()
        .map(({ attribs }) => attribs.name),
    ).toEqual(['global', 'project.WEB', 'plan.OPS', 'plan.LAB']);
  });
});

describe('the CSV report', () => {
  it('has a row for each item and for each thing left alone', () => {
    const rows = parse(reportText(runReport(), 'csv'), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(17);
    expect(rows[3]).toMatchObject({ outcome: 'drifted', name: 'shared-4', before: 'buildbot', after: 'ci@acme.example', plans: '12', milliseconds: '1250' });
    expect(rows.at(-1)).toMatchObject({ outcome: 'also-needed', name: 'platform' });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('has no formula in the name %j', (name) => {
    const rows = parse(reportText(runReport(planNamed(name)), 'csv'), { columns: true }) as Record<string, string>[];
    for (const row of rows.slice(0, 12)) expect(row.name).not.toMatch(/^[=+\-@\t\r]/);
  });
});

describe('the Markdown report', () => {
  it('shows what went wrong first', () => {
    const rows = reportText(runReport(), 'md')
      .split('\n')
      .filter((line) => /^\| (changed|unchanged|drifted|failed|skipped|unknown) /.test(line));
    expect(rows.map((row) => row.split(' ')[1]).slice(0, 5)).toEqual(['drifted', 'failed', 'skipped', 'unknown', 'changed']);
  });

  it('fits a ticket, and says what was left out', () => {
    const text = reportText(runReport(planOfTenThousand()), 'md');
    expect(text.length).toBeLessThan(32_000);
    expect(text).toContain('9,940 more are in the HTML, CSV and JSON reports.');
  });

  it('takes no tag, link or table cell from a name', () => {
    const text = reportText(runReport(planNamed(HOSTILE)), 'md');
    expect(text).not.toMatch(/[^\\]<(script|img)/);
    expect(text).not.toMatch(/[^\\]\]\(/);
    const cells = text
      .split('\n')
      .filter((line) => line.startsWith('| drifted'))
      .map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(cells).toEqual([11]);
  });
});

describe('the JSON report', () => {
  it('is the published document', () => {
    const text = reportText(runReport(), 'json');
    expect(Report.parse(JSON.parse(text))).toEqual(runReport());
  });
});
