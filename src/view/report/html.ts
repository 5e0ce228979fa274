import { createHash } from 'node:crypto';
import type { Report, ReportItem } from '../../core/report/report.ts';
import { figure } from '../phrases.ts';
import { sideWords, usageWords } from '../wording.ts';
import { outcomeChart, progressChart, tokenChart } from './charts.ts';
import { evidenceSection } from './html-evidence.ts';
import { type Cell, type Column, longTable } from './long-table.ts';
import { Markup, markup } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { beforeWords, blastWords, factsOf, LISTS, outcomeWords, repositoryWords, shortened, titleOf, whereWords } from './words.ts';

/** Only our own script runs, by its digest; nothing is loaded, sent or framed. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The report as one HTML file that needs nothing else. */
export function reportHtml(report: Report): string {
  const title = titleOf(report);
  return markup`${Markup.own('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${Markup.own(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title} – ${report.server.url}</title><style>${Markup.own(STYLE)}</style></head>
<body><header><h1>${title}</h1><p class="by">${report.server.url}</p></header>
<main>
${noticeSection(report)}
<section aria-labelledby="facts"><h2 id="facts">Facts</h2><dl>${factsOf(report).map(([name, value]) => markup`<dt>${name}</dt><dd class="${name === 'Digest' ? 'mono' : ''}">${shortened(value)}</dd>`)}</dl></section>
${overview(report)}
${groupSection(report)}
${itemSection(report)}
${leftSection(report)}
<section aria-labelledby="stop"><h2 id="stop">How to stop</h2>${list(report.stop)}</section>
<section aria-labelledby="back"><h2 id="back">How to go back</h2>${list(report.goBack)}</section>
${evidenceSection(report.evidence)}
</main><footer><p>Made by ${report.madeBy}. This file loads nothing and sends nothing.</p></footer>
<script>${Markup.own(SCRIPT)}</script></body></html>
`.text;
}

function noticeSection({ notices }: Report): Markup | undefined {
  return notices.length === 0
    ? undefined
    : markup`<section class="notices" aria-labelledby="notices"><h2 id="notices">Read this first</h2>${list(notices)}</section>`;
}

function list(lines: readonly string[]): Markup {
  return markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

function overview(report: Report): Markup {
  const { items, leftAlone, blastRadius, rollback, tally, tokens } = report;
  const figures: readonly (readonly [number, string])[] = [
    [items.length, 'to change'],
    [leftAlone.length, 'left alone'],
    [blastRadius.plans, 'uses by plans'],
    [blastRadius.projects.length, 'projects touched'],
    [rollback.exact, 'exact to go back'],
    [rollback['needs-secret'], 'need the old secret'],
    [rollback['configuration-only'], 'configuration only'],
  ];
  return markup`<section aria-labelledby="overview"><h2 id="overview">Overview</h2><ul class="figures">${figures.filter(([value]) => value > 0).map(([value, words]) => markup`<li><b>${figure(value)}</b><span>${words}</span></li>`)}</ul>
${blastWords(report).map((words) => markup`<p>${words}</p>`)}<div class="charts">${tally === null ? undefined : outcomeChart(tally)}${progressChart(report)}${tokenChart(tokens)}</div></section>`;
}

function groupSection({ groups, tally }: Report): Markup {
  const heads = ['changes', 'uses by plans', ...(tally === null ? [] : ['changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown'])];
  const rows = groups.map((group) => {
    const own = group.tally;
    const ended = own === null ? [] : [own.changed, own.unchanged, own.drifted, own.skipped, own.failed, own.unknown];
    const numbers = [group.changes, group.plans, ...ended];
    return markup`<tr><td>${group.level} ${shortened(group.project ?? '')}</td>${numbers.map((number) => markup`<td class="n">${figure(number)}</td>`)}</tr>`;
  });
  return markup`<section aria-labelledby="groups"><h2 id="groups">By level and project</h2><div class="scroll" tabindex="0" role="region" aria-label="Table: by level and project"><table><thead><tr><th scope="col">where</th>${heads.map((head) => markup`<th scope="col" class="n">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

const ITEM_COLUMNS: readonly Column[] = [
  { title: 'Outcome', kind: 'outcome' },
  { title: 'Where', kind: 'text' },
  { title: 'Name', kind: 'text' },
  { title: 'Repository', kind: 'text' },
  { title: 'Before', kind: 'text' },
  { title: 'After', kind: 'text' },
  { title: 'Used by', kind: 'text' },
  { title: 'Rollback', kind: 'text' },
  { title: 'Took', kind: 'number' },
  { title: 'Why, warnings', kind: 'text' },
];

function itemSection(report: Report): Markup {
  const rows = report.items.map((item) => itemRow(item, report));
  return markup`<section aria-labelledby="changes"><h2 id="changes">Changes, before and after</h2>${longTable('changes-search', ITEM_COLUMNS, rows)}</section>`;
}

function itemRow(item: ReportItem, report: Report): Cell[] {
  const { name, after, usedBy, rollback, ms, why, warnings } = item;
  const remarks = [why ?? '', ...warnings].filter((each) => each !== '').join('; ');
  const took: Cell = ms === undefined ? ['', -1] : [`${(ms / 1000).toFixed(1)} s`, ms];
  const texts = [outcomeWords(item, report), whereWords(item), name, repositoryWords(item), beforeWords(item), sideWords(after)].map(shortened);
  return [...texts, [usageWords(usedBy), usedBy === null ? -1 : usedBy.plans + usedBy.environments], rollback, took, shortened(remarks)];
}

const LEFT_COLUMNS: readonly Column[] = [
  { title: 'List', kind: 'text' },
  { title: 'Where', kind: 'text' },
  { title: 'Name', kind: 'text' },
  { title: 'Why', kind: 'text' },
];

function leftSection({ leftAlone }: Report): Markup | undefined {
  if (leftAlone.length === 0) return undefined;
  const rows = leftAlone.map((left) => [LISTS[left.list], whereWords(left), left.name, left.why].map(shortened));
  return markup`<section aria-labelledby="left"><h2 id="left">Left alone, and why</h2>${longTable('left-search', LEFT_COLUMNS, rows)}</section>`;
}
