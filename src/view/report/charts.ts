import type { Tally } from '../../core/outcome.ts';
import type { Report, TokenDays } from '../../core/report/report.ts';
import { figure } from '../phrases.ts';
import { type Markup, markup } from './markup.ts';
import { momentWords, shortened } from './words.ts';

const WIDTH = 560;
const OUTCOMES = ['changed', 'unchanged', 'drifted', 'skipped', 'failed', 'unknown'] as const;
/** A token lives one year at most. */
const YEAR = 365;
const MOST_BARS = 20;

/** How the items ended, as one bar with its legend. */
export function outcomeChart(tally: Tally): Markup | undefined {
  if (tally.total === 0) return undefined;
  const there = OUTCOMES.filter((word) => tally[word] > 0);
  let left = 0;
  const bars = there.map((word) => {
    const width = (tally[word] / tally.total) * WIDTH;
    left += width;
    return markup`<rect class="${word}" x="${(left - width).toFixed(1)}" y="0" width="${width.toFixed(1)}" height="28"/>`;
  });
  const words = there.map((word) => `${figure(tally[word])} ${word}`);
  return markup`<div><h3>Outcomes</h3><svg viewBox="0 0 ${WIDTH} 28" role="img" aria-label="Outcomes: ${words.join(', ')}">${bars}</svg>
<p>${there.map((word) => markup`<span class="o ${word}">${figure(tally[word])} ${word}</span> &nbsp; `)}</p></div>`;
}

/** How many items were done at which time. */
export function progressChart({ progress }: Report): Markup | undefined {
  const [first, last] = [progress[0], progress.at(-1)];
  if (first === undefined || last === undefined || progress.length < 2) return undefined;
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (at: string): number => 6 + ((Date.parse(at) - start) / Math.max(1, end - start)) * (WIDTH - 12);
  const y = (done: number): number => 130 - (done / Math.max(1, last.done)) * 112;
  const path = progress.map(({ at, done }) => `${x(at).toFixed(1)},${y(done).toFixed(1)}`).join(' ');
  return markup`<div><h3>Progress over time</h3><svg viewBox="0 0 ${WIDTH} 156" role="img" aria-label="${figure(last.done)} items done between ${momentWords(first.at)} and ${momentWords(last.at)}">
<line class="axis" x1="6" y1="130" x2="${WIDTH - 6}" y2="130"/><line class="axis" x1="6" y1="18" x2="${WIDTH - 6}" y2="18"/><polyline class="curve" points="${path}"/>
<text x="6" y="13">${figure(last.done)} items</text><text x="6" y="150">${momentWords(first.at)}</text><text x="${WIDTH - 6}" y="150" text-anchor="end">${momentWords(last.at)}</text></svg></div>`;
}

/** How many days each token has left; what ends soon stands first and is red. */
export function tokenChart(tokens: readonly TokenDays[]): Markup | undefined {
  const known = tokens.filter((token) => token.daysLeft !== null).slice(0, MOST_BARS);
  if (known.length === 0) return undefined;
  const bars = known.map(({ name, daysLeft }, index) => tokenBar(shortened(name).slice(0, 40), daysLeft ?? 0, index * 40));
  const words = known.map(({ name, daysLeft }) => `${shortened(name)} ${daysLeft}`);
  return markup`<div><h3>Days left per token</h3><svg viewBox="0 0 ${WIDTH} ${known.length * 40}" role="img" aria-label="Days left: ${words.join(', ')}">${bars}</svg></div>`;
}

function tokenBar(name: string, days: number, top: number): Markup {
  const width = Math.max(2, (Math.min(YEAR, Math.max(0, days)) / YEAR) * WIDTH);
  const colour = days <= 14 ? 'failed' : days <= 60 ? 'drifted' : 'changed';
  return markup`<text x="0" y="${top + 13}">${name}</text><text x="${WIDTH}" y="${top + 13}" text-anchor="end">${days < 0 ? `ended ${-days} days ago` : `${days} days`}</text>
<rect class="back" x="0" y="${top + 19}" width="${WIDTH}" height="10" rx="3"/><rect class="${colour}" x="0" y="${top + 19}" width="${width.toFixed(1)}" height="10" rx="3"/>`;
}
