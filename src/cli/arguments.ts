import { usageError } from './usage-error.ts';

/** Reads the values of one command line, refusing what doesn't fit with the flag's name and what was expected. */
export interface Arguments {
  /** Whether a switch is set. */
  has(flag: string): boolean;
  text(flag: string): string | undefined;
  texts(flag: string): string[];
  number(flag: string, least: number, most?: number): number | undefined;
  oneOf<T extends string>(flag: string, choices: readonly T[]): T | undefined;
  manyOf<T extends string>(flag: string, choices: readonly T[]): T[];
  /** The value without a flag. */
  operand(): string | undefined;
  /** All of them, for a command that takes many. */
  operands(): readonly string[];
}

/** What the parser found: flags with their raw values, and the values without a flag. */
export interface RawArguments {
  readonly command: string;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
}

/** Wraps what the parser found into checked reading. */
export function createArguments({ command, flags, operands }: RawArguments): Arguments {
  const invalid = (flag: string, expected: string, got: string) => usageError(`--${flag}: expected ${expected}, got "${got}".`, command);
  const texts = (flag: string): string[] => {
    const values = [flags[flag] ?? []].flat();
    // The parser gives true where another flag, or nothing, follows.
    if (values.includes('') || values.includes(true)) throw usageError(`--${flag}: expected a value after it.`, command);
    return values.map(String);
  };
  const text = (flag: string): string | undefined => {
    const values = texts(flag);
    if (values.length > 1) throw usageError(`--${flag}: expected once, given ${values.length} times.`, command);
    return values[0];
  };
  const choose = <T extends string>(flag: string, choices: readonly T[], value: string): T => {
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw invalid(flag, choices.join(', '), value);
    return chosen;
  };
  return {
    has: (flag) => flags[flag] === true,
    text,
    texts,
    number: (flag, least, most = Number.MAX_SAFE_INTEGER) => {
      const value = text(flag);
      if (value === undefined) return undefined;
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= least && number <= most))
        throw invalid(flag, `a whole number ${most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`}`, value);
      return number;
    },
    oneOf: (flag, choices) => {
      const value = text(flag);
      return value === undefined ? undefined : choose(flag, choices, value);
    },
    manyOf: (flag, choices) => texts(flag).map((value) => choose(flag, choices, value)),
    operand: () => operands[0],
    operands: () => operands,
  };
}
