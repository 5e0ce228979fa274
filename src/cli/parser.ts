import yargs, { type Argv, type Options } from 'yargs';
import type { RawArguments } from './arguments.ts';
import type { Flags } from './command.ts';
import { type AnyCommand, COMMANDS } from './commands.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';

/** What a command line turned out to be. */
export type RawCommandLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'arguments'; readonly command: AnyCommand | undefined; readonly raw: RawArguments };

/** Longer lines are hard to read, shorter ones leave no room for what stands beside the flags. */
const WIDTH = { least: 60, most: 100 };

/** Values stay text and names stay as written: what they mean is for the commands to say. */
const PARSER = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
};

/** Splits a command line into command, flags and operands, or answers --help and --version, as wide as the terminal. Judges nothing. */
export async function parseRaw(argv: readonly string[], version: string, columns?: number | undefined): Promise<RawCommandLine> {
  let text = '';
  let helped: AnyCommand | undefined;
  let command: AnyCommand | undefined;
  const parser = COMMANDS.reduce((line, each) => register(line, each, { met: () => (helped = each), chosen: () => (command = each) }), basis(version, columns));
  const parsed = await parser.parseAsync(withHelpFlag(argv), {}, (_error: unknown, _parsed: unknown, output: string) => {
    text = output;
  });
  if (text !== '') return { kind: 'text', text: `${text}\n${text === version ? '' : examplesOf(helped)}` };
  const { _: words, $0: _program, ...rest } = parsed;
  const named = operandKeys(command)
    .flatMap((key) => (typeof rest[key] === 'string' ? [rest[key]] : []))
    .slice(0, 1);
  const flags = Object.fromEntries(Object.entries(rest).filter(([key]) => !operandKeys(command).includes(key)));
  const operands = [...named, ...words.map(String).slice(command === undefined ? 0 : 1)];
  return { kind: 'arguments', command, raw: { command: command?.name ?? '', flags, operands } };
}

/** `help plan` is how many other tools spell `plan --help`. */
function withHelpFlag(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
}

function basis(version: string, columns = WIDTH.most): Argv {
  return yargs([])
    .scriptName('bamboo-rekey')
    .detectLocale(false)
    .updateStrings({ 'Positionals:': 'Operand:' })
    .parserConfiguration(PARSER)
    .usage('Moves the Bitbucket Cloud repositories of a Bamboo server from app passwords to API tokens, and back.\n\nbamboo-rekey COMMAND [flags]')
    .options(optionsOf(GLOBAL_FLAGS, 'Global flags:'))
    .version('version', 'show the version', version)
    .help('help', 'show this help')
    .alias('help', 'h')
    .group(['help', 'version'], 'Global flags:')
    .epilogue('Start with "bamboo-rekey simulator" to rehearse, or "bamboo-rekey init" and "bamboo-rekey doctor". Exit codes: docs/exit-codes.md.')
    .exitProcess(false)
    .wrap(Math.max(WIDTH.least, Math.min(WIDTH.most, columns)));
}

function register(line: Argv, command: AnyCommand, { met, chosen }: { met(): void; chosen(): void }): Argv {
  const { name, operand } = command;
  const build = (inner: Argv): Argv => {
    met();
    const call = operand === undefined ? name : `${name} ${operandWords(operand)}`;
    const many = operand?.many === true ? `\n\n${operand.name}: ${operand.describe}` : '';
    const described = inner.usage(`bamboo-rekey ${call} [flags]\n\n${command.summary}${many}`).options(optionsOf(command.flags, 'Flags:')).epilogue('');
    if (operand !== undefined && operand.many !== true) described.positional(operandKeys(command)[0] ?? '', { describe: operand.describe });
    return described;
  };
  // The operand is optional for the parser: the command itself says what it misses. Where there are many it is not told of them: it loses a lone "-".
  return line.command(operand === undefined || operand.many === true ? name : `${name} [${operand.name}]`, command.summary, build, chosen);
}

/** Each line as it is typed: the parser's columns would break a command where none may be broken. */
function examplesOf(command: AnyCommand | undefined): string {
  if (command === undefined) return '';
  return `\nExamples:\n${command.examples.map(([line, effect]) => `  # ${effect}\n  ${line}\n`).join('')}`;
}

function operandWords({ name, optional, many }: NonNullable<AnyCommand['operand']>): string {
  const words = many === true ? `${name}...` : name;
  return optional === true ? `[${words}]` : words;
}

/** `PLAN|RUN` is one operand under two names. */
function operandKeys(command: AnyCommand | undefined): string[] {
  return command?.operand === undefined || command.operand.many === true ? [] : command.operand.name.split('|');
}

function optionsOf(flags: Flags, group: string): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { describe, value, alias }]) => {
      const type = value === undefined ? ({ boolean: true } as const) : {};
      return [name, { ...type, group, describe: value === undefined ? describe : `${value}: ${describe}`, ...(alias === undefined ? {} : { alias }) }];
    }),
  );
}
