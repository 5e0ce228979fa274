import type { Change, RollbackGrade } from '../core/plan-file.ts';
import { foldBy, foldLines } from './fold.ts';
import type { Paint } from './paint.ts';
import { figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { placeWords, sideWords, usageWords } from './wording.ts';

/** Up to so many changes each has a line of its own; beyond, only counts and first names can be taken in at a glance. */
const EACH_SHOWN = 100;
const BUSIEST = 3;

const GRADES: Readonly<Record<RollbackGrade, string>> = { exact: 'exact', 'needs-secret': 'needs the old secret', 'configuration-only': 'configuration only' };

/** The changes, grouped by owner; only what changes is shown. */
export function changeSections(changes: readonly Change[], screen: Screen, paint: Paint): string[] {
  const everyOne = changes.length <= EACH_SHOWN;
  const groups = foldGroups(changes).map(([title, group]) => {
    const heading = `${paint.bold(title)} (${figure(group.length)})`;
    return `${heading}\n${
      everyOne
        ? table(
            group.map((change) => changeRow(change, paint)),
            screen,
          )
        : foldedGroup(group)
    }`;
  });
  return everyOne ? groups : [...overview(changes, paint), ...groups];
}

/** How many changes can be taken back, and how well. */
export function rollbackLine(changes: readonly Change[]): string {
  const grades = foldBy(
    changes,
    (change) => GRADES[change.rollback],
    (change) => change.id,
  );
  return `Rollback: ${grades.map(({ text, names }) => `${figure(names.length)} ${text}`).join(', ')}.`;
}

function foldGroups(changes: readonly Change[]): [string, Change[]][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const title = groupTitle(change);
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [change]);
    else group.push(change);
  }
  return [...groups];
}

function groupTitle({ object, level, project }: Change): string {
  const shared = object === 'shared-credential';
  if (level === 'global') return shared ? 'Shared credentials' : 'Linked repositories';
  const what =
    level === 'project' ? (shared ? 'Shared credentials of project' : 'Project') : level === 'plan' ? 'Plans of project' : 'Plan branches of project';
  return safeText(`${what} ${project ?? '?'}`);
}

/** Where the repository is named like its slug, the plan it belongs to tells more. */
function nameOf(change: Change): string {
  return safeText(change.plan === undefined ? change.name : `${change.plan} ${change.name}`);
}

function pairWords(change: Change): string {
  return `${sideWords(change.before)} -> ${sideWords(change.after)}`;
}

function changeRow(change: Change, paint: Paint): string[] {
  const grade = `rollback ${GRADES[change.rollback]}`;
  const path = change.slug === '' ? safeText(change.workspace) : safeText(`${change.workspace}/${change.slug}`);
  return [paint.cyan(nameOf(change)), path, pairWords(change), usageWords(change.usedBy), change.rollback === 'exact' ? grade : paint.yellow(grade)];
}

function foldedGroup(group: readonly Change[]): string {
  return foldLines(foldBy(group, pairWords, nameOf), { folds: 5, names: 3 }).join('\n');
}

function overview(changes: readonly Change[], paint: Paint): string[] {
  const pairs = foldBy(changes, pairWords, nameOf).map(({ text, names }) => `  ${figure(names.length).padStart(5)}  ${text}`);
  const weight = ({ usedBy }: Change): number => (usedBy === null ? 0 : usedBy.plans + usedBy.environments);
  const busiest = [...changes].sort((a, b) => weight(b) - weight(a)).slice(0, BUSIEST);
  return [
    `${paint.bold('What is written')}\n${pairs.join('\n')}`,
    `${paint.bold('Most used')}\n${busiest.map((change) => `  ${nameOf(change)} (${placeWords(change)}): ${usageWords(change.usedBy)}`).join('\n')}`,
  ];
}
