import type { z } from 'zod';

const SHOWN = 5;
/** Longer words are not repeated: a key that no schema knows may be a pasted secret. */
const SAFE_WORD = /^[A-Za-z][A-Za-z0-9_-]{0,23}$/;

/** Where a document breaks its schema: the first few places with their path, never a value that was met. */
export function schemaProblems(error: z.ZodError): string {
  const told = error.issues.slice(0, SHOWN).map((issue) => `${placeOf(issue.path)}: ${problemOf(issue)}`);
  const more = error.issues.length - told.length;
  return more > 0 ? `${told.join('; ')}; and ${more} more` : told.join('; ');
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'at the top' : path.map((part) => word(String(part))).join('.');
}

function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown key ${issue.keys.map(word).join(', ')}`;
  return issue.message.replace(/^Invalid [a-z]+( value)?[:.] /i, '');
}

function word(text: string): string {
  return SAFE_WORD.test(text) || /^\d+$/.test(text) ? text : '(not shown)';
}
