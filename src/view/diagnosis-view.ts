import { assertNever } from '../core/assert-never.ts';
import type { Diagnosis, FoundFailure, ReadLog } from '../core/log-diagnosis/diagnosis.ts';
import type { Place } from '../core/model.ts';
import { groupBy } from './fold.ts';
import { createPaint, type Paint } from './paint.ts';
import { countOf, figure, firstOf } from './phrases.ts';
import { safeText } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { placeWords } from './wording.ts';

const HEADINGS = ['times', 'repository', 'user', 'first', 'last'];
const MOST_ROWS = 50;
const MOST_HOLDERS = 3;

/** What the logs show: each known failure with what it means, what to do, and whom it hit; under it what could not be read. */
export function diagnosisView({ logs, failures, untold }: Diagnosis, screen: Screen): string {
  const paint = createPaint(screen);
  const groups = groupBy(failures, ({ failure }) => failure).sort(([, one], [, other]) => times(other) - times(one));
  const sections = [
    summary(logs, groups),
    ...groups.map(([failure, group]) => failureSection(failure, group, screen, paint)),
    untold === 0 ? '' : `${countOf(untold, 'sighting')} in too many different repositories to tell each: counted with the failure alone.`,
    logs
      .flatMap((log) => logLine(log) ?? [])
      .map(paint.yellow)
      .join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary(logs: readonly ReadLog[], groups: readonly (readonly [string, readonly FoundFailure[]])[]): string {
  const megabytes = Math.floor(logs.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
  const opened = logs.filter(({ state }) => state !== 'unreadable').length;
  const count = opened === logs.length ? countOf(opened, 'log') : `${figure(opened)} of ${countOf(logs.length, 'log')}`;
  const read = `Read ${count}, ${megabytes === 0 ? 'less than 1' : figure(megabytes)} MB`;
  if (groups.length === 0) return `${read}: no known failure.`;
  return `${read}: ${countOf(groups.length, 'known failure')}, ${countOf(times(groups.flatMap(([, group]) => group)), 'time')}.`;
}

function failureSection(failure: string, group: readonly FoundFailure[], screen: Screen, paint: Paint): string {
  const { means = '', remedy = '' } = group[0] ?? {};
  const changes = [...new Set(group.flatMap((each) => each.changes))].sort();
  const joined = group.some(({ holders }) => holders !== undefined);
  const headings = [...HEADINGS, ...(joined ? ['in Bamboo'] : [])].map(paint.dim);
  const more = group.length - MOST_ROWS;
  return [
    `${paint.bold(failure)}  ${countOf(times(group), 'time')}${changes.length === 0 ? '' : `, ${safeText(changes.join(', '))}`}`,
    `  ${means}`,
    `  ${paint.cyan('What to do:')} ${remedy}`,
    table([headings, ...group.slice(0, MOST_ROWS).map((found) => row(found, joined))], screen, 4),
    ...(more > 0 ? [`    and ${figure(more)} more; --format json has all`] : []),
    ...bambooUsers(group),
  ].join('\n');
}

function row({ count, workspace, slug, user, userInferred, first, last, holders }: FoundFailure, joined: boolean): string[] {
  const repository = [workspace, slug].filter((part) => part !== undefined).join('/');
  const who = user === undefined ? '-' : `${safeText(user)}${userInferred ? ' (from the failure before it)' : ''}`;
  return [figure(count), safeText(repository) || '-', who, moment(first), moment(last), ...(joined ? [holderWords(holders ?? [])] : [])];
}

function holderWords(holders: readonly Place[]): string {
  if (holders.length === 0) return 'not in the inventory';
  return firstOf(
    holders.map((holder) => `${safeText(holder.name)} (${holder.object === 'shared-credential' ? 'shared credential' : placeWords(holder)})`),
    MOST_HOLDERS,
  );
}

/** Who was at the page in Bamboo: whom to ask what they did. */
function bambooUsers(group: readonly FoundFailure[]): string[] {
  const users = [...new Set(group.flatMap((found) => found.bambooUsers))].sort();
  return users.length === 0 ? [] : [`    Logged in to Bamboo at the time: ${safeText(firstOf(users, 10))}`];
}

/** Why is told by the error that the command ends with. */
function logLine({ name, state }: ReadLog): string | undefined {
  const shown = safeText(name === '-' ? 'standard input' : name);
  switch (state) {
    case 'read':
      return undefined;
    case 'empty':
      return `${shown} is empty: there is nothing to recognise in it.`;
    case 'broken-off':
      return `Read only in part: ${shown}`;
    case 'unreadable':
      return `Not read: ${shown}`;
    default:
      return assertNever(state);
  }
}

function times(group: readonly FoundFailure[]): number {
  return group.reduce((sum, { count }) => sum + count, 0);
}

function moment(time: string | undefined): string {
  return time === undefined ? '-' : safeText(time.slice(0, 'YYYY-MM-DDThh:mm:ss'.length).replace('T', ' '));
}
