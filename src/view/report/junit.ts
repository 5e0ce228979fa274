import { assertNever } from '../../core/assert-never.ts';
import type { Report, ReportItem } from '../../core/report/report.ts';
import { Markup, markup } from './markup.ts';
import { repositoryWords, titleOf, whereWords } from './words.ts';

/** What a CI server counts. */
interface Verdict {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly why: string;
}

/** The report as JUnit XML: a suite for each level and project, a test for each item. */
export function reportJunit(report: Report): string {
  const suites = suitesOf(report);
  const all = [...suites.values()].flat();
  const body = markup`<testsuites name="bamboo-rekey ${titleOf(report)}" tests="${all.length}" failures="${count(all, 'failure')}" errors="${count(all, 'error')}" time="${time(all)}">
${[...suites].map(([name, tests]) => suite(name, tests, report))}</testsuites>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body.text}`;
}

/** One test: an item, or something that was left alone. */
interface Test {
  readonly name: string;
  readonly ms: number;
  readonly verdict: Verdict;
}

function suitesOf(report: Report): Map<string, Test[]> {
  const suites = new Map<string, Test[]>();
  const add = (place: Pick<ReportItem, 'level' | 'project'>, test: Test): void => {
    const name = place.project === undefined ? place.level : `${place.level}.${place.project}`;
    const suite = suites.get(name);
    if (suite === undefined) suites.set(name, [test]);
    else suite.push(test);
  };
  for (const item of report.items) add(item, { name: testName(item), ms: item.ms ?? 0, verdict: verdictOf(item) });
  for (const left of report.leftAlone.filter(({ list }) => list === 'cannot'))
    add(left, { name: `${whereWords(left)}: ${left.name}`, ms: 0, verdict: { kind: 'skipped', why: left.why } });
  return suites;
}

function testName(item: ReportItem): string {
  return `${whereWords(item)}: ${item.name} (${repositoryWords(item)}) ${item.object} ${item.id}`;
}

function verdictOf({ outcome, why = '' }: ReportItem): Verdict {
  switch (outcome) {
    case undefined:
    case 'changed':
    case 'unchanged':
      return { kind: 'passed', why };
    case 'drifted':
    case 'failed':
      return { kind: 'failure', why: `${outcome}: ${why}` };
    case 'unknown':
      return { kind: 'error', why: `unknown: ${why}` };
    case 'skipped':
      return { kind: 'skipped', why };
    default:
      return assertNever(outcome);
  }
}

function suite(name: string, tests: readonly Test[], { run, madeAt, digest, server }: Report): Markup {
  const at = (run?.startedAt ?? madeAt).slice(0, 19);
  return markup`<testsuite name="${name}" tests="${tests.length}" failures="${count(tests, 'failure')}" errors="${count(tests, 'error')}" skipped="${count(tests, 'skipped')}" time="${time(tests)}" timestamp="${at}">
<properties><property name="server" value="${server.url}"/><property name="digest" value="${digest}"/></properties>
${tests.map((test) => testCase(test, name))}</testsuite>
`;
}

function testCase({ name, ms, verdict }: Test, suiteName: string): Markup {
  const head = markup`<testcase classname="bamboo-rekey.${suiteName}" name="${name}" time="${seconds(ms)}"`;
  if (verdict.kind === 'passed') return markup`${head}/>\n`;
  const tag = Markup.own(verdict.kind);
  return markup`${head}><${tag} message="${verdict.why}"/></testcase>\n`;
}

function count(tests: readonly Test[], kind: Verdict['kind']): number {
  return tests.filter(({ verdict }) => verdict.kind === kind).length;
}

function time(tests: readonly Test[]): string {
  return seconds(tests.reduce((sum, { ms }) => sum + ms, 0));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
