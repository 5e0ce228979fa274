import type { OutcomeKind, Tally } from '../core/outcome.ts';
import type { ItemResult, RunResult } from '../core/run-result.ts';
import { buildLine } from './event-line.ts';
import { foldBy, foldLines } from './fold.ts';
import { createPaint, type Paint } from './paint.ts';
import { countOf, figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { placeWords } from './wording.ts';

/** Worst first: what a person has to look at stands on top. */
const TOLD: readonly OutcomeKind[] = ['unknown', 'failed', 'drifted', 'skipped'];
const LIMITS = { folds: 10, names: 10 };

/** How a run ended: counts that add up, and whatever did not go as wanted with its reason. */
export function runView(result: RunResult, screen: Screen): string {
  const paint = createPaint(screen);
  const title = paint.bold(result.run === null ? result.verb : `${result.verb}, run ${safeText(result.run)}`);
  const sections = [
    `${title}\n${result.verb === 'verify' ? verifiedLine(result.tally) : tallyLine(result.tally)}`,
    ...outcomeSections(result.items, screen, paint),
  ];
  if (result.build !== undefined) sections.push(buildLine({ ...result.build, state: result.build.kind }, paint));
  if (result.next !== undefined) sections.push(`${paint.bold('Next:')} ${safeText(result.next)}`);
  return `${sections.join('\n\n')}\n`;
}

/** The counts of a run as a sum. */
export function tallyLine(tally: Tally): string {
  return sumLine(tally.total, [`${figure(tally.changed)} changed`, `${figure(tally.unchanged)} unchanged`, ...exceptionCounts(tally)]);
}

/** Of objects that were only looked at, none is "changed". */
function verifiedLine(tally: Tally): string {
  return sumLine(tally.total, [`${figure(tally.changed + tally.unchanged)} as wanted`, ...exceptionCounts(tally)]);
}

function exceptionCounts(tally: Tally): string[] {
  return (['drifted', 'skipped', 'failed', 'unknown'] as const).map((kind) => `${figure(tally[kind])} ${kind}`);
}

function sumLine(total: number, parts: readonly string[]): string {
  return `${countOf(total, 'object')} = ${parts.join(' + ')}`;
}

/** Items that ended otherwise than wanted, by outcome and reason. */
function outcomeSections(items: readonly ItemResult[], { width }: Screen, paint: Paint): string[] {
  return TOLD.flatMap((outcome) => {
    const those = items.filter((item) => item.outcome === outcome);
    if (those.length === 0) return [];
    const colour = outcome === 'failed' || outcome === 'unknown' ? paint.red : paint.yellow;
    const folds = foldBy(
      those,
      (item) => safeText(item.reason ?? 'no reason given'),
      (item) => `${safeText(item.name)} (${placeWords(item)})`,
    );
    return [[colour(`${outcome} (${figure(those.length)})`), ...foldLines(folds, { ...LIMITS, width })].join('\n')];
  });
}
