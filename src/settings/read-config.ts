import { Config } from '../core/config.ts';
import { RekeyError } from '../core/errors.ts';
import { describeIssues } from './config-problems.ts';
import { configInvalid, decodeUtf8, fileReason, isMissing } from './file-text.ts';
import { type ParsedYaml, type Problem, parseYaml } from './parse-yaml.ts';
import { type TokenSources, tokenProblems } from './token-problems.ts';

/** Reads a file whole; rejects with the codes of node:fs. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** A larger file is no configuration. */
const MOST_BYTES = 1_000_000;
/** Brackets within brackets; the settings need four. */
const DEEPEST = 500;

/**
 * Reads and checks the settings file; with `sources`, what is wrong with its tokens is told beside whatever else is wrong.
 * @throws RekeyError CONFIG_MISSING | FILE_UNREADABLE, or CONFIG_INVALID with all problems at once.
 */
export async function readConfig(path: string, readFile: ReadFile, sources?: TokenSources): Promise<Config> {
  const yaml = parse(path, await readText(path, readFile));
  if (yaml.value === null || yaml.value === undefined) throw configInvalid(path, 'is empty.');
  const result = Config.safeParse(yaml.value);
  if (result.success) return result.data;
  const tokens = sources === undefined ? [] : await tokenProblems(yaml.value, sources);
  const inTokens = tokens.map(({ name, message }): Problem => ({ ...yaml.placeOf(['tokens', name]), path: `tokens.${name}`, message }));
  throw withProblems(path, [...describeIssues(result.error.issues, yaml), ...inTokens]);
}

async function readText(path: string, readFile: ReadFile): Promise<string> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw isMissing(thrown)
      ? new RekeyError('CONFIG_MISSING', `There is no configuration at ${path}.`)
      : new RekeyError('FILE_UNREADABLE', `${path} cannot be read: ${fileReason(thrown)}.`);
  });
  if (bytes.length > MOST_BYTES) throw configInvalid(path, 'is larger than 1 MB.');
  const text = decodeUtf8(bytes);
  if (text === undefined) throw configInvalid(path, 'is not UTF-8. Save it in that encoding.');
  return text;
}

function parse(path: string, text: string): ParsedYaml {
  if (isTooDeep(text)) throw configInvalid(path, 'is nested too deeply.');
  const parsed = parseYaml(text);
  if ('value' in parsed) return parsed;
  throw withProblems(path, parsed);
}

/** The parser refuses deep nesting by itself, but a hundred thousand brackets end the process before it can. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}

function withProblems(path: string, problems: readonly Problem[]): RekeyError {
  const sorted = [...problems].sort((one, other) => one.line - other.line || one.column - other.column);
  const lines = sorted.map(({ line, column, path: key, message }) => `  ${line}:${column} ${key === '' ? '' : `${key}: `}${message}`);
  return configInvalid(path, `has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${[...new Set(lines)].join('\n')}`);
}
