import type { Screen } from './screen.ts';

/** Of a terminal that does not say. */
const USUAL_COLUMNS = 80;

/** What is asked of a stream before text goes there. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The variables that speak about terminals. */
interface TerminalEnvironment {
  readonly NO_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
  readonly CI?: string | undefined;
}

/** What a stream can show: colours only on a terminal, where neither NO_COLOR nor --no-color nor a dumb terminal forbids them. */
export function screenOf(stream: OutputStream, env: TerminalEnvironment, noColor: boolean): Screen {
  if (stream.isTTY !== true) return { width: Number.POSITIVE_INFINITY, colors: false };
  return { width: stream.columns || USUAL_COLUMNS, colors: !noColor && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' };
}

/** Whether a line may move: on a terminal that can, that nobody records, and whose width is known (some say 0). */
export function canMove(stream: OutputStream, env: TerminalEnvironment): boolean {
  return stream.isTTY === true && (stream.columns ?? 0) > 0 && env.TERM !== 'dumb' && env.CI === undefined;
}
