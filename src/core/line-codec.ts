import type { z } from 'zod';
import { sha256 } from './canonical-json.ts';
import { RekeyError } from './errors.ts';
import { schemaProblems } from './schema-problems.ts';

/** What the first line's checksum is chained to. */
export const CHAIN_START = '';

/** One line of a checked file, without its line break, and the checksum that the next line is chained to. */
export interface SealedLine {
  readonly text: string;
  readonly sum: string;
}

/** The lines of a checked file up to its torn tail, if it has one. */
export interface CheckedLines<T> {
  readonly entries: readonly T[];
  /** Checksum of the last line: what the next one is chained to. */
  readonly sum: string;
  /** Length of the good part: bytes and characters are the same, lines are pure ASCII. */
  readonly length: number;
}

const LINE = /^(\{.*),"sum":"([0-9a-f]{32})"\}$/;

/** Adds the checksum over this line and all before it. Non-ASCII is escaped, so a line torn inside a character is still text. */
export function sealLine(entry: object, previous: string): SealedLine {
  const body = JSON.stringify(entry).replace(/[\u007f-\uffff]/g, escaped);
  const sum = chained(previous, body);
  return { text: `${body.slice(0, -1)},"sum":"${sum}"}`, sum };
}

/**
 * Reads a checked file. What follows the last line break was never acknowledged to anyone, and is left out.
 * @throws RekeyError RUN_DAMAGED naming file and line when a line is not what was written, or is missing.
 */
export function readLines<T>(text: string, name: string, schema: z.ZodType<T>): CheckedLines<T> {
  const lines = text.split('\n');
  const tail = lines.pop() ?? '';
  let sum = CHAIN_START;
  const entries = lines.map((line, index) => {
    const [body, written] = takeApart(line);
    if (body === undefined || written !== chained(sum, body)) throw damaged(name, index, 'it is not what was written there, or a line before it is missing');
    sum = written;
    return parseEntry(body, name, index, schema);
  });
  return { entries, sum, length: text.length - tail.length };
}

function takeApart(line: string): [body: string, sum: string] | [] {
  const [, front, sum] = LINE.exec(line) ?? [];
  return front === undefined || sum === undefined ? [] : [`${front}}`, sum];
}

function parseEntry<T>(body: string, name: string, index: number, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(body));
  if (!parsed.success) throw damaged(name, index, `another version wrote it (${schemaProblems(parsed.error)})`);
  return parsed.data;
}

function chained(previous: string, body: string): string {
  return sha256(`${previous}${body}`).slice(0, 32);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function damaged(name: string, index: number, why: string): RekeyError {
  return new RekeyError('RUN_DAMAGED', `${name}, line ${index + 1}, cannot be trusted: ${why}.`);
}
