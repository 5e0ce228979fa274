import { assertNever } from '../core/assert-never.ts';
import type { RunEvent } from '../core/events.ts';
import type { Paint } from './paint.ts';
import { countOf, duration, figure } from './phrases.ts';
import { safeText } from './safe-text.ts';
import { placeWords } from './wording.ts';

/** How much is told: `each` has a line for every item, `exceptions` only for those that ended otherwise than wanted. */
export type Telling = 'each' | 'exceptions';

/** An event as one line for people; undefined for those that only move the progress on. */
export function eventLine(event: RunEvent, telling: Telling, paint: Paint): string | undefined {
  switch (event.event) {
    case 'TOOL':
    case 'PROGRESS':
    case 'PHASE':
    // What is wrong with a token is told by its checks, and in full by "doctor" and "expiry"; past runs and what would go back by the commands' own results.
    case 'MATRIX':
    case 'EXPIRY':
    case 'RUN':
    case 'WOULD_RESTORE':
    case 'CANNOT_RESTORE':
    case 'RUN_FINISHED':
      return undefined;
    case 'CHECK':
      return checkLine(event, paint);
    case 'KNOWN_FAILURE':
      return failureLine(event, paint);
    case 'UNREAD':
      return paint.yellow(safeText(`not read: ${event.what}: ${event.why}`));
    case 'EXPORTED':
      return safeText(exportedWords(event));
    case 'RUN_STARTED':
      return `run ${safeText(event.run)}: ${countOf(event.total, 'object')} to ${event.verb === 'rollback' ? 'restore' : 'change'}`;
    case 'ITEM':
      return itemLine(event, telling, paint);
    case 'TEST':
      return testLine(event, telling, paint);
    case 'BUILD':
      return buildLine(event, paint);
    case 'CHECKPOINT':
      return `batch ${figure(event.batch)}: ${figure(event.done)} of ${figure(event.total)} done, ${figure(event.failed)} failed`;
    case 'PACE':
      return paceLine(event, paint);
    case 'WARNING':
      return paint.yellow(`warning: ${safeText(event.detail)}`);
    case 'INTERRUPTED':
      return paint.yellow(safeText(event.detail));
    case 'ERROR':
      return errorText(event, paint);
    default:
      return assertNever(event);
  }
}

function failureLine({ failure, workspace, slug, count }: Extract<RunEvent, { event: 'KNOWN_FAILURE' }>, paint: Paint): string {
  return paint.yellow(safeText(`${failure}: ${[workspace, slug].filter((part) => part !== undefined).join('/')}: ${countOf(count, 'time')}`));
}

/** What exports have left on the server. */
export function exportedWords({ files, folders }: { readonly files: number; readonly folders: readonly string[] }): string {
  return `Bamboo was made to write ${countOf(files, 'exported document')} below its home, in ${folders.join(', ')}; they stay there`;
}

/** A failure for people: one sentence, what to do, and the word to search for. */
export function errorText({ code, detail, remedy }: { readonly code: string; readonly detail: string; readonly remedy: string }, paint: Paint): string {
  const lines = detail.split('\n').map(safeText).join('\n');
  return `${paint.red('Error:')} ${lines}\n${safeText(remedy)}\n${paint.dim(`(${code})`)}`;
}

function checkLine({ check, status, detail, remedy }: Extract<RunEvent, { event: 'CHECK' }>, paint: Paint): string | undefined {
  if (status === 'ok') return undefined;
  const line = safeText(`${status === 'failed' ? 'FAILED' : status}: ${check}: ${detail}${remedy === undefined ? '' : ` ${remedy}`}`);
  return status === 'failed' ? paint.red(line) : paint.yellow(line);
}

function itemLine(item: Extract<RunEvent, { event: 'ITEM' }>, telling: Telling, paint: Paint): string | undefined {
  const worth = item.outcome === 'failed' || item.outcome === 'unknown' || item.outcome === 'drifted';
  if (telling === 'exceptions' && !worth) return undefined;
  const colour = item.outcome === 'changed' ? paint.green : worth ? paint.red : paint.yellow;
  const reason = item.reason === undefined ? '' : `: ${safeText(item.reason)}`;
  return `${colour(item.outcome.padEnd(9))}  ${safeText(item.name)} (${placeWords(item)})${reason}`;
}

/** The way back is told when it is complete. */
function paceLine({ host, change, limit, most, ms = 0 }: Extract<RunEvent, { event: 'PACE' }>, paint: Paint): string | undefined {
  const server = safeText(host);
  switch (change) {
    case 'slower':
      return paint.yellow(`${server} is slow: ${countOf(limit, 'request')} at once instead of ${figure(most)}`);
    case 'faster':
      return limit === most ? `${server} keeps up again: ${countOf(limit, 'request')} at once` : undefined;
    case 'waiting':
      return paint.yellow(`${server} limits requests: nothing is sent to it for ${duration(ms)}`);
    default:
      return assertNever(change);
  }
}

/** A build that a person asked for, in one line. */
export function buildLine(
  { plan, result, state, detail }: Pick<Extract<RunEvent, { event: 'BUILD' }>, 'plan' | 'result' | 'state' | 'detail'>,
  paint: Paint,
): string {
  const line = safeText(`build ${result ?? `of ${plan}`}: ${state.replace('-', ' ')}: ${detail}`);
  if (state === 'queued') return line;
  return state === 'checked-out' ? paint.green(line) : paint.red(line);
}

function testLine({ name, secret, result, detail }: Extract<RunEvent, { event: 'TEST' }>, telling: Telling, paint: Paint): string | undefined {
  if (telling === 'exceptions' && result === 'reachable') return undefined;
  const line = `connection test with the ${secret} secret: ${safeText(name)} ${result}${detail === undefined ? '' : `: ${safeText(detail)}`}`;
  return result === 'reachable' ? line : paint.yellow(line);
}
