import type { Report, ReportItem } from '../../core/report/report.ts';
import { groupBy } from '../fold.ts';
import { figure, firstOf } from '../phrases.ts';
import { safeText } from '../safe-text.ts';
import { sideWords, usageWords } from '../wording.ts';
import { evidenceLines } from './evidence-words.ts';
import { beforeWords, blastWords, factsOf, LISTS, outcomeWords, repositoryWords, shortened, titleOf, whereWords } from './words.ts';

/** A ticket takes some 32,000 characters. */
const MOST_ROWS = 60;
const FIRST_NAMES = 3;

/** The report as Markdown for a ticket: all counts, and as many lines as one wants to scroll through. */
export function reportMarkdown(report: Report): string {
  const parts = [
    `# ${escapeMarkdown(titleOf(report))}`,
    list(report.notices.map((notice) => `**${escapeMarkdown(notice)}**`)),
    table(['', ''], factsOf(report)),
    section('By level and project', groupTable(report)),
    section(
      'Blast radius',
      blastWords(report)
        .map((line) => escapeMarkdown(line))
        .join('\n'),
    ),
    section('Changes', changeTable(report)),
    section('Warnings', list(folded(report.items.flatMap((item) => item.warnings.map((warning) => [warning, item.name] as const))))),
    section('Left alone', list(folded(report.leftAlone.map((left) => [`${LISTS[left.list]}: ${left.why}`, left.name] as const)))),
    section('Tokens', tokenTable(report)),
    section('How to stop', list(report.stop.map(escapeMarkdown))),
    section('How to go back', list(report.goBack.map(escapeMarkdown))),
    section('Security evidence', list(evidenceLines(report.evidence).map(escapeMarkdown))),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Nothing in a name is markup, a link, an image or a tag. */
function escapeMarkdown(text: string): string {
  return safeText(text)
    .replace(/[\\`*_[\]<>|~#!&]/g, (character) => `\\${character}`)
    .replaceAll('://', ':\\//');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n${body}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map((row) => line(row.map((cell) => escapeMarkdown(shortened(cell)))))].join('\n');
}

function groupTable({ groups, tally }: Report): string {
  const ended = tally === null ? [] : ['changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown'];
  const rows = groups.map(({ level, project, changes, plans, tally: own }) => [
    project === undefined ? level : `${level} ${project}`,
    figure(changes),
    figure(plans),
    ...(own === null ? [] : [own.changed, own.unchanged, own.drifted, own.skipped, own.failed, own.unknown].map(figure)),
  ]);
  return table(['where', 'changes', 'plans', ...ended], rows);
}

/** What did not go well comes first, for a ticket may be cut. */
function changeTable(report: Report): string {
  const good = ({ outcome }: ReportItem): number => (outcome === 'changed' || outcome === 'unchanged' ? 1 : 0);
  const items = [...report.items].sort((one, other) => good(one) - good(other));
  const rows = items
    .slice(0, MOST_ROWS)
    .map((item) => [
      outcomeWords(item, report),
      whereWords(item),
      item.name,
      repositoryWords(item),
      beforeWords(item),
      sideWords(item.after),
      usageWords(item.usedBy),
      item.rollback,
      item.why ?? '',
    ]);
  const more = items.length - MOST_ROWS;
  const rest = more > 0 ? `\n\n${figure(more)} more are in the HTML, CSV and JSON reports.` : '';
  return table(['outcome', 'where', 'name', 'repository', 'before', 'after', 'used by', 'rollback', 'why'], rows) + rest;
}

function folded(pairs: readonly (readonly [string, string])[]): string[] {
  const names = (those: typeof pairs): string =>
    firstOf(
      those.map(([, name]) => shortened(name)),
      FIRST_NAMES,
    );
  return groupBy(pairs, ([text]) => text).map(([text, those]) => escapeMarkdown(`${shortened(text)} (${figure(those.length)}: ${names(those)})`));
}

function tokenTable({ tokens }: Report): string {
  return table(
    ['token', 'email', 'expires', 'days left', 'changes'],
    tokens.map(({ name, email, expires, daysLeft, changes }) => [name, email, expires, daysLeft === null ? 'not known' : String(daysLeft), figure(changes)]),
  );
}
