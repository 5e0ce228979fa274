import type { Screen } from './screen.ts';

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
  return { width: stream.columns ?? 80, colors: !noColor && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' };
}

/** Whether a line may move: on a terminal that can, and that nobody records. */
export function canMove(stream: OutputStream, env: TerminalEnvironment): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined;
}
