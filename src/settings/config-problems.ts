import type { z } from 'zod';
import { knownKeys, unknownKeyMessage } from './known-keys.ts';
import type { ParsedYaml, Problem } from './parse-yaml.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Tells each thing that the schema does not like, with its place; values are never repeated. */
export function describeIssues(issues: readonly Issue[], yaml: ParsedYaml): Problem[] {
  return issues.flatMap((issue) => expand(issue, [], yaml.value)).flatMap((issue) => describe(issue, yaml));
}

function describe(issue: Issue, yaml: ParsedYaml): Problem[] {
  const { path } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ ...yaml.placeOf(path), path: dotted(path), message: sentence(issue, valueAt(yaml.value, path)) }];
  const parent = valueAt(yaml.value, path);
  return issue.keys.map((key) => ({
    ...yaml.placeOfKey(path, key),
    path: dotted(path),
    message: unknownKeyMessage(key, valueAt(parent, [key]) !== null, knownKeys(path)),
  }));
}

function sentence(issue: Issue, value: unknown): string {
  const wanted = issue.code === 'too_small' && issue.origin === 'string' ? 'expected a text that is not empty' : issue.message;
  const plain = wanted.replace(/^Invalid (input|option): /, '').replace(/, received \w+$/, '');
  if (value === undefined) return `is missing; ${plain}`;
  const isUnquoted = issue.code === 'invalid_type' && issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  return isUnquoted ? `${plain}; put it in quotes` : plain;
}

/** Where alternatives were possible, the problems of the one that was meant are told; when that is not clear, what is possible. */
function expand(issue: Issue, prefix: Path, root: unknown): Issue[] {
  const path = [...prefix, ...issue.path];
  const here = { ...issue, path } as Issue;
  if (here.code !== 'invalid_union') return [here];
  const value = valueAt(root, path);
  if (!isTable(value)) return [here];
  const meant = alternativeMeant(here.errors, Object.keys(value).length);
  if (meant !== undefined) return meant.flatMap((each) => expand(each, path, root));
  return [here, ...unknownToAll(here.errors, path)];
}

/** The one alternative that knows the most of the given keys, if it knows any and is alone in that. */
function alternativeMeant(alternatives: readonly (readonly Issue[])[], keys: number): readonly Issue[] | undefined {
  const ranked = alternatives.map((issues) => ({ issues, unknown: unknownTo(issues).length })).sort((one, other) => one.unknown - other.unknown);
  const [first, second] = ranked;
  if (first === undefined || first.unknown === keys || first.unknown === second?.unknown) return undefined;
  return first.issues;
}

function unknownToAll(alternatives: readonly (readonly Issue[])[], path: Path): Issue[] {
  const [first = [], ...others] = alternatives.map(unknownTo);
  const keys = first.filter((key) => others.every((other) => other.includes(key)));
  return keys.length === 0 ? [] : [{ code: 'unrecognized_keys', keys, path: [...path], message: '' }];
}

function unknownTo(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []));
}

function isTable(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, segment) ? (value as Record<PropertyKey, unknown>)[segment] : undefined,
    root,
  );
}

/** `assign[0].token` */
function dotted(path: Path): string {
  return path
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${String(segment)}`))
    .join('')
    .replace(/^\./, '');
}
