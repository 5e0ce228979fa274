import { closest, distance } from 'fastest-levenshtein';
import type { RunEvent } from '../core/events.ts';
import { createArguments, type RawArguments } from './arguments.ts';
import type { Flags } from './command.ts';
import { type AnyCommand, COMMANDS, type PreparedCommand } from './commands.ts';
import { GLOBAL_FLAGS, type GlobalFlags, readGlobalFlags } from './global-flags.ts';
import { parseRaw } from './parser.ts';
import { usageError } from './usage-error.ts';

/** A command line that can be carried out: a text to print, or a command with its checked request. */
export type CommandLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly global: GlobalFlags; readonly command: PreparedCommand; readonly repeats: readonly RunEvent['event'][] };

/** Farther away, a name is no misspelling of another. */
const FARTHEST = 3;

/** @throws RekeyError USAGE_INVALID that names what was not understood and what was expected */
export async function parseCommandLine(argv: readonly string[], version: string, columns?: number | undefined): Promise<CommandLine> {
  const line = await parseRaw(argv, version, columns);
  if (line.kind === 'text') return line;
  const { command, raw } = line;
  if (command === undefined) throw unknownCommand(raw.operands[0]);
  refuseUnknown(command, raw);
  refuseSwitchValues(command, argv);
  const args = createArguments(raw);
  return { kind: 'command', global: readGlobalFlags(args, command.severalConfigs), command: command.prepare(args), repeats: command.repeats ?? [] };
}

function unknownCommand(word: string | undefined): Error {
  const names = COMMANDS.map(({ name }) => name);
  if (word === undefined) return usageError(`Expected a command: ${names.join(', ')}.`);
  return usageError(`There is no command "${word}".${suggestion(word, names)}`);
}

function refuseUnknown(command: AnyCommand, { flags, operands }: RawArguments): void {
  const known: Flags = { ...GLOBAL_FLAGS, ...command.flags };
  const unknown = Object.keys(flags).find((flag) => known[flag] === undefined);
  if (unknown !== undefined) {
    const dashes = unknown.length === 1 ? '-' : '--';
    throw usageError(`${command.name} has no flag ${dashes}${unknown}.${suggestion(unknown, Object.keys(known), '--')}`, command.name);
  }
  const extra = operands[command.operand === undefined ? 0 : 1];
  if (extra !== undefined && command.operand?.many !== true) throw usageError(`${command.name}: "${extra}" is one value too many.`, command.name);
}

/** The parser takes `--dry-run=yes` for false: nothing may be written because of a misunderstanding. */
function refuseSwitchValues(command: AnyCommand, argv: readonly string[]): void {
  const known: Flags = { ...GLOBAL_FLAGS, ...command.flags };
  for (const word of argv.slice(0, argv.indexOf('--') === -1 ? undefined : argv.indexOf('--'))) {
    const name = /^--([^=]+)=/.exec(word)?.[1];
    if (name !== undefined && known[name] !== undefined && known[name].value === undefined)
      throw usageError(`--${name}: expected no value after it.`, command.name);
  }
}

function suggestion(word: string, names: readonly string[], dashes = ''): string {
  const nearest = closest(word, names);
  return distance(word, nearest) <= FARTHEST ? ` Did you mean "${dashes}${nearest}"?` : '';
}
