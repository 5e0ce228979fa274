import type { Flag, Flags } from '../command.ts';
import { type AnyCommand, COMMANDS } from '../commands.ts';
import { GLOBAL_FLAGS } from '../global-flags.ts';

/** What can stand where the cursor is. */
export type Position =
  | { readonly kind: 'command' }
  | { readonly kind: 'flag'; readonly flags: Flags }
  | { readonly kind: 'value'; readonly name: string; readonly flag: Flag }
  | { readonly kind: 'operand'; readonly command: AnyCommand }
  | { readonly kind: 'nothing' };

/** A command line that is not finished. */
export interface Unfinished {
  readonly position: Position;
  /** Begun, and to be completed. */
  readonly begun: string;
  /** What stands between the dashes' word and the value, as in `--level=pr`; candidates begin with it. */
  readonly before: string;
  /** Values of flags so far. */
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the words so far. bash gives `--level=pr` as three words, the others as one. */
export function readUnfinished(words: readonly string[]): Unfinished {
  const [last = '', ...rest] = [...words].reverse();
  const values = new Map<string, string>();
  let command: AnyCommand | undefined;
  let operands = 0;
  let open: readonly [string, Flag] | undefined;
  for (const word of rest.reverse().filter((each) => each !== '=')) {
    const flags: Flags = { ...GLOBAL_FLAGS, ...command?.flags };
    if (open !== undefined) {
      values.set(open[0], word);
      open = undefined;
    } else if (word.startsWith('-')) open = opened(word, flags, values);
    else if (command === undefined) command = COMMANDS.find(({ name }) => name === word);
    else operands += 1;
  }
  const flags: Flags = { ...GLOBAL_FLAGS, ...command?.flags };
  const [, name, begun] = /^--([^=]+)=(.*)$/.exec(last) ?? [];
  const assigned = name === undefined ? undefined : flags[name];
  if (name !== undefined && assigned?.value !== undefined)
    return { position: { kind: 'value', name, flag: assigned }, begun: begun ?? '', before: `--${name}=`, values };
  return { position: positionOf(last, open, command, operands, flags), begun: last === '=' ? '' : last, before: '', values };
}

function positionOf(last: string, open: readonly [string, Flag] | undefined, command: AnyCommand | undefined, operands: number, flags: Flags): Position {
  if (open !== undefined) return { kind: 'value', name: open[0], flag: open[1] };
  if (last.startsWith('-')) return { kind: 'flag', flags };
  if (command === undefined) return { kind: 'command' };
  return command.operand !== undefined && (operands === 0 || command.operand.many === true) ? { kind: 'operand', command } : { kind: 'nothing' };
}

/** The flag that waits for its value; one that has it keeps it. */
function opened(word: string, flags: Flags, values: Map<string, string>): readonly [string, Flag] | undefined {
  const [, name, value] = /^--?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
  const found = Object.entries(flags).find(([each, { alias }]) => each === name || alias === name);
  if (found?.[1].value === undefined) return undefined;
  if (value !== undefined) values.set(found[0], value);
  return value === undefined ? found : undefined;
}
