import { parse } from 'lossless-json';
import type { z } from 'zod';
import { canonicalDigest } from './canonical-json.ts';
import { RekeyError } from './errors.ts';
import { jsonPieces } from './json-pieces.ts';
import { Change, changeKey, NotChanged, PlanFile } from './plan-file.ts';
import { schemaProblems } from './schema-problems.ts';

/** A plan that has not been sealed yet. */
export type UnsealedPlan = Omit<PlanFile, 'digest'>;

/** Seals a plan with its digest, so that a later edit is noticed. */
export function sealPlan(plan: UnsealedPlan): PlanFile {
  const sealed = { ...plan, digest: planDigest(plan) };
  refuseContradictions(sealed, 'The new plan');
  return sealed;
}

/** The text of a plan file, in pieces: equal plans give equal bytes, and what could not be read back is not written. */
export function encodePlan(plan: PlanFile): Iterable<string> {
  const { changes, unchanged, cannot, alsoNeeded } = plan;
  return jsonPieces({
    ...PlanFile.parse({ ...plan, changes: [], unchanged: [], cannot: [], alsoNeeded: [] }),
    changes: parsed(changes, Change),
    unchanged: parsed(unchanged, NotChanged),
    cannot: parsed(cannot, NotChanged),
    alsoNeeded: parsed(alsoNeeded, NotChanged),
  });
}

/** Entry by entry: a second plan of 10,000 changes beside the first would take many megabytes. */
function* parsed<T>(entries: readonly T[], schema: z.ZodType<T>): Generator<T> {
  for (const entry of entries) yield schema.parse(entry);
}

/**
 * Reads a plan file; `name` is what the messages call it.
 * @throws RekeyError PLAN_INVALID when it is not exactly what `encodePlan` wrote (layout aside).
 */
export function decodePlan(text: string, name: string): PlanFile {
  const document = parseDocument(text, name);
  refuseOtherFormats(document, name);
  const parsed = PlanFile.safeParse(document);
  if (!parsed.success) throw invalid(`${name} is not a plan: ${schemaProblems(parsed.error)}.`);
  if (parsed.data.digest !== planDigest(parsed.data)) throw invalid(`${name} was edited after it was made: its content does not belong to its digest.`);
  refuseContradictions(parsed.data, name);
  return parsed.data;
}

/** `createdAt` is left out, so that the same findings at another time are the same plan. */
function planDigest(plan: UnsealedPlan & { readonly digest?: string }): string {
  const { createdAt: _createdAt, digest: _digest, ...content } = plan;
  return `sha256:${canonicalDigest(content)}`;
}

function parseDocument(text: string, name: string): unknown {
  // A byte order mark is what some Windows editors and shells put in front.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return parse(json, null, {
      parseNumber: Number,
      onDuplicateKey: () => {
        throw invalid(`${name} says the same key twice with different values: it was edited.`);
      },
    });
  } catch (thrown) {
    if (thrown instanceof RekeyError) throw thrown;
    // The parser's own message is dropped: it repeats a piece of the text, which may be anything.
    throw invalid(json.trimEnd().endsWith('}') ? `${name} is not valid JSON.` : `${name} is not a whole JSON document: it is truncated, or no plan at all.`);
  }
}

function refuseOtherFormats(document: unknown, name: string): void {
  if (typeof document !== 'object' || document === null || !('format' in document) || typeof document.format !== 'number') return;
  if (document.format > 1)
    throw invalid(`${name} has format ${document.format}, and this version of bamboo-rekey reads format 1. It was made by a later version.`);
}

function refuseContradictions(plan: PlanFile, name: string): void {
  for (const [word, list] of [
    ['change', plan.changes],
    ['unchanged', plan.unchanged],
    ['cannot', plan.cannot],
  ] as const) {
    if (plan.summary[word] !== list.length)
      throw invalid(`${name} contradicts itself: its summary counts ${plan.summary[word]} under ${word}, and it lists ${list.length}.`);
  }
  const keys = new Set<string>();
  for (const change of plan.changes) {
    if (keys.has(changeKey(change))) throw invalid(`${name} changes the same object twice: ${changeKey(change)}.`);
    keys.add(changeKey(change));
  }
}

function invalid(detail: string): RekeyError {
  return new RekeyError('PLAN_INVALID', detail);
}
