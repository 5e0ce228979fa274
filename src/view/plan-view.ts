import type { NotChanged } from '../core/plan-file.ts';
import type { PlanResult } from '../core/plan-result.ts';
import { exportedWords } from './event-line.ts';
import { type FoldLimits, foldBy, foldLines } from './fold.ts';
import { createPaint, type Paint } from './paint.ts';
import { figure } from './phrases.ts';
import { changeName, changeSections, rollbackLine } from './plan-changes.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { placeWords } from './wording.ts';

const LIMITS = { folds: 10, names: 5 };

/** The dry run as people read it: counts on top, then only what changes, then what was left out and why. */
export function planView(result: PlanResult, next: string, screen: Screen): string {
  const paint = createPaint(screen);
  const { plan } = result;
  const sections = [
    heading(result, paint),
    ...changeSections(plan.changes, screen, paint),
    ...remarks(result, screen, paint),
    `${plan.changes.length === 0 ? 'Nothing to change.' : `${rollbackLine(plan.changes)}\nDigest: ${plan.digest}`}\n${paint.bold('Next:')} ${safeText(next)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading({ plan, unread, versionProblem, exported }: PlanResult, paint: Paint): string {
  const { change, unchanged, cannot } = plan.summary;
  const title = `${plan.purpose === 'rollback' ? 'Rollback' : 'Plan'} for ${plan.server.url} (Bamboo ${plan.server.version})`;
  const counts = [
    paint.green(`${figure(change)} to ${plan.purpose === 'rollback' ? 'restore' : 'change'}`),
    `${figure(unchanged)} unchanged`,
    cannot > 0 ? paint.yellow(`${figure(cannot)} cannot be changed`) : '0 cannot be changed',
    ...(unread.length > 0 ? [paint.yellow(`${figure(unread.length)} not read`)] : []),
  ];
  const problem = versionProblem === undefined ? [] : [paint.red(safeText(versionProblem))];
  const told = exported === undefined ? [] : [safeText(`${exportedWords(exported)}.`)];
  return [paint.bold(safeText(title)), ...problem, counts.join(', '), ...told].join('\n');
}

function remarks({ plan, unread, suggestions }: PlanResult, { width }: Screen, paint: Paint): string[] {
  const limits = { ...LIMITS, width };
  const warnings = plan.changes.flatMap((change) => change.warnings.map((warning) => ({ warning, name: changeName(change) })));
  const section = (title: string, lines: readonly string[]): string => (lines.length === 0 ? '' : [paint.bold(title), ...lines].join('\n'));
  return [
    section(
      'Warnings',
      foldLines(
        foldBy(
          warnings,
          ({ warning }) => safeText(warning),
          ({ name }) => name,
        ),
        limits,
      ),
    ),
    section('Left alone, nothing to do', folded(plan.unchanged, limits)),
    section('Cannot be changed', folded(plan.cannot, limits)),
    section(
      'To take these too, add to assign in the configuration',
      suggestions.map((line) => `  ${safeText(line)}`),
    ),
    section('Also needed: used here, owned elsewhere; --include-used takes them', folded(plan.alsoNeeded, limits)),
    section(
      'Could not be read',
      foldLines(
        foldBy(
          unread,
          ({ why }) => safeText(why),
          ({ what }) => safeText(what),
        ),
        limits,
      ),
    ),
  ];
}

function folded(objects: readonly NotChanged[], limits: FoldLimits): string[] {
  const nameOf = (object: NotChanged): string => `${safeText(object.name)} (${placeWords(object)})`;
  return foldLines(
    foldBy(objects, ({ why }) => safeText(why), nameOf),
    limits,
  );
}
