import type { Change, RollbackGrade } from '../core/plan-file.ts';
import { foldBy, groupBy } from './fold.ts';
import type { Paint } from './paint.ts';
import { figure, firstOf } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { fitsOn, table } from './table.ts';
import { ownerWords, placeWords, sideWords, usageWords } from './wording.ts';

/** Up to so many changes each has a line of its own; beyond, only counts and first names can be taken in at a glance. */
const EACH_SHOWN = 100;
const BUSIEST = 3;
const FIRST_NAMES = 2;

const GRADES: Readonly<Record<RollbackGrade, string>> = { exact: 'exact', 'needs-secret': 'needs the old secret', 'configuration-only': 'configuration only' };

/** The changes, grouped by owner; only what changes is shown. */
export function changeSections(changes: readonly Change[], screen: Screen, paint: Paint): string[] {
  if (changes.length === 0) return [];
  const groups = groupBy(changes, ownerWords);
  if (changes.length > EACH_SHOWN) return [whatIsWritten(changes, paint), mostUsed(changes, paint), byOwner(groups, screen, paint)];
  return groups.map(([owner, group]) => `${paint.bold(safeText(owner))} (${figure(group.length)})\n${eachOf(group, screen, paint)}`);
}

/** How many changes can be taken back, and how well. */
export function rollbackLine(changes: readonly Change[]): string {
  const grades = groupBy(changes, (change) => GRADES[change.rollback]);
  return `Rollback: ${grades.map(([grade, those]) => `${figure(those.length)} ${grade}`).join(', ')}.`;
}

/** A change's name; names of plans' own repositories repeat, so their plan stands before. */
export function changeName(change: Change): string {
  return safeText(change.plan === undefined ? change.name : `${change.plan} ${change.name}`);
}

function pairWords(change: Change): string {
  return change.before === null ? `made with ${sideWords(change.after)}` : `${sideWords(change.before)} -> ${sideWords(change.after)}`;
}

/** A line for each; where that is too wide, the pair stands above those that share it. */
function eachOf(group: readonly Change[], screen: Screen, paint: Paint): string {
  const rows = group.map((change) => [...facts(change, paint).slice(0, 2), pairWords(change), ...facts(change, paint).slice(2)]);
  if (fitsOn(screen, rows)) return table(rows, screen);
  const pairs = groupBy(group, pairWords);
  return pairs
    .map(
      ([pair, those]) =>
        `  ${pair}\n${table(
          those.map((change) => facts(change, paint)),
          screen,
          4,
        )}`,
    )
    .join('\n');
}

function facts(change: Change, paint: Paint): string[] {
  const path = safeText(change.slug === '' ? change.workspace : `${change.workspace}/${change.slug}`);
  const grade = `rollback ${GRADES[change.rollback]}`;
  return [paint.cyan(changeName(change)), path, usageWords(change.usedBy), change.rollback === 'exact' ? grade : paint.yellow(grade)];
}

function whatIsWritten(changes: readonly Change[], paint: Paint): string {
  const pairs = foldBy(changes, pairWords, changeName).map(({ text, names }) => `  ${figure(names.length).padStart(5)}  ${text}`);
  return [paint.bold('What is written'), ...pairs].join('\n');
}

function mostUsed(changes: readonly Change[], paint: Paint): string {
  const weight = ({ usedBy }: Change): number => (usedBy === null ? 0 : usedBy.plans + usedBy.environments);
  const busiest = [...changes].sort((a, b) => weight(b) - weight(a)).slice(0, BUSIEST);
  return [paint.bold('Most used'), ...busiest.map((change) => `  ${changeName(change)} (${placeWords(change)}): ${usageWords(change.usedBy)}`)].join('\n');
}

/** One line per owner and pair; the names are the first to go where the screen is narrow. */
function byOwner(groups: readonly (readonly [string, readonly Change[]])[], screen: Screen, paint: Paint): string {
  const rows = groups.flatMap(([owner, group]) =>
    foldBy(group, pairWords, changeName).map(({ text, names }, index) => [
      index === 0 ? safeText(owner) : '',
      figure(names.length).padStart(5),
      text,
      firstOf(names, FIRST_NAMES),
    ]),
  );
  return [
    paint.bold('Who owns what changes'),
    fitsOn(screen, rows)
      ? table(rows, screen)
      : table(
          rows.map((row) => row.slice(0, 3)),
          screen,
        ),
  ].join('\n');
}
