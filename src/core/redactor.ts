import { CUT_MARK } from './cut.ts';
import type { Secret } from './secret.ts';

/** The second fence: takes registered secrets out of anything that is about to be written or printed. */
export interface Redactor {
  register(secret: Secret): void;
  redact(text: string): string;
}

const PRINTED = '[secret]';
/** Shorter values are not looked for: they would be found everywhere and make every line unreadable. */
export const LEAST_LENGTH = 4;
/** Shorter starts of a value may be common words. */
const LEAST_QUOTED = 8;
/** Forms are found by their first characters, so that a thousand secrets cost no more than one. */
const INDEX_LENGTH = 4;

/** Makes an empty redactor. */
export function createRedactor(): Redactor {
  const formsByStart = new Map<string, readonly string[]>();
  return {
    register(secret) {
      const value = secret.reveal();
      if (value.length < LEAST_LENGTH) return;
      for (const form of formsOf(value)) {
        const start = form.slice(0, INDEX_LENGTH);
        const known = formsByStart.get(start) ?? [];
        if (!known.includes(form))
          formsByStart.set(
            start,
            [...known, form].sort((one, other) => other.length - one.length),
          );
      }
    },
    redact: (text) => (formsByStart.size === 0 ? text : blankOut(text, formsByStart)),
  };
}

/** Overlapping finds become one mark, so that no end of a secret is left standing. */
function blankOut(text: string, formsByStart: ReadonlyMap<string, readonly string[]>): string {
  const parts: string[] = [];
  let kept = 0;
  let covered = 0;
  for (let at = 0; at <= text.length - INDEX_LENGTH; at++) {
    const length = lengthAt(text, at, formsByStart.get(text.slice(at, at + INDEX_LENGTH)) ?? []);
    if (length === 0) continue;
    if (at >= covered) {
      parts.push(text.slice(kept, at), PRINTED);
    }
    covered = Math.max(covered, at + length);
    kept = covered;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

/** How much of the text is a form, whole or up to where the text was cut: words are cut by whoever reads them, before the redactor sees them. */
function lengthAt(text: string, at: number, forms: readonly string[]): number {
  const whole = forms.find((form) => text.startsWith(form, at));
  if (whole !== undefined) return whole.length;
  const cutLengths = forms.map((form) => sharedLength(text, at, form)).filter((length) => text.startsWith(CUT_MARK, at + length));
  return Math.max(0, ...cutLengths);
}

/** How many characters of the form stand here. */
function sharedLength(text: string, at: number, form: string): number {
  let length = 0;
  while (length < form.length && text[at + length] === form[length]) length++;
  return length;
}

/** Every way in which a value may stand in a log, an answer, a form or a header. */
export function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const form = new URLSearchParams({ v: value }).toString().slice('v='.length);
  const urls = [encodeURIComponent(wellFormed(value)), form, form.replaceAll('+', '%20')];
  const all = [
    value,
    ...quotedForms(value),
    json,
    JSON.stringify(json).slice(1, -1),
    asciiJson(json),
    ...urls,
    ...urls.map(lowerCaseEscapes),
    ...htmlForms(value),
    ...base64Forms(value),
  ];
  return [...new Set(all)].filter((each) => each.length >= INDEX_LENGTH);
}

/** Words are told on one line, only up to the end of a sentence, and without the full stop where the sentence around them has one. */
function quotedForms(value: string): string[] {
  const line = value.replace(/\s+/g, ' ').trim();
  const end = line.search(/[.!?]\s/);
  return [line, end === -1 ? line : line.slice(0, end)].map((told) => told.replace(/[.\s]+$/, '')).filter((told) => told.length >= LEAST_QUOTED);
}

/** A lone surrogate cannot be percent-encoded; everybody sends the replacement character in its place. */
function wellFormed(value: string): string {
  return Buffer.from(value, 'utf8').toString('utf8');
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function asciiJson(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Serialisers differ in how they write quotes. */
function htmlForms(value: string): string[] {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const doubles = ['"', '&quot;', '&#34;', '&#x22;'].map((quote) => escaped.replaceAll('"', quote));
  return doubles.flatMap((text) => ["'", '&#39;', '&#x27;', '&apos;'].map((quote) => text.replaceAll("'", quote)));
}

/** Inside a longer base64 text a value looks different at each of three offsets; only the characters that it alone decides are taken. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const own = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
