import { isAscii, isUtf8 } from 'node:buffer';
import { beginsRecord } from '../../core/log-diagnosis/record-start.ts';
import type { TakeRecord } from '../../core/ports.ts';

/** Small enough for the string of a window to stay in the youngest part of the heap, which is what makes this fast. */
const WINDOW = 64 * 1024;
/** What is kept of a record that fills the window: its head, its end, and what stands around the first few marks. */
const HEAD = 8 * 1024;
const AROUND = 1024;
const MOST_MARKS = 8;
const GAP = Buffer.from(' [...] ');

/**
 * Cuts a log into records and gives on those that hold a mark. Looks for marks in whole windows and only then for the records around them, so that what
 * is of no interest is never cut at all.
 */
export class RecordScanner {
  readonly #marks: RegExp;
  readonly #take: TakeRecord;
  readonly #window = Buffer.allocUnsafe(WINDOW);
  #filled = 0;
  /** Whether a time stamp was met yet; in a log that has none, each line is a record. */
  #dated = false;
  #ascii = true;

  constructor(marks: RegExp, take: TakeRecord) {
    this.#marks = new RegExp(marks.source, 'g');
    this.#take = take;
  }

  /** Takes the next bytes of the log; keeps nothing of the buffer. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + WINDOW - this.#filled);
      this.#window.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === WINDOW) this.#work();
    }
  }

  /** Gives on what the end of the log leaves over. */
  end(): void {
    const text = this.#text();
    this.#give(text, text.length);
    this.#filled = 0;
  }

  #work(): void {
    const text = this.#text();
    const open = this.#startBefore(text, text.length);
    this.#give(text, open);
    if (open > 0) this.#filled = this.#window.copyWithin(0, open).length - open;
    else this.#shorten(text);
  }

  /** One character per byte, whatever the encoding, so that places in the text are places in the window. */
  #text(): string {
    const text = this.#window.toString('latin1', 0, this.#filled);
    this.#dated ||= hasRecordStart(text);
    this.#ascii = isAscii(this.#window.subarray(0, this.#filled));
    return text;
  }

  /** Gives on each record before `end` that holds a mark. */
  #give(text: string, end: number): void {
    let given = 0;
    this.#marks.lastIndex = 0;
    for (let found = this.#marks.exec(text); found !== null && found.index < end; ) {
      // Where one failure follows another the mark stands in the first line, and nothing need be looked for.
      const line = text.indexOf('\n', given);
      const inFirst = line < 0 || line >= found.index;
      const from = inFirst ? given : this.#startBefore(text, found.index, given);
      given = Math.min(this.#startAfter(text, inFirst ? line : text.indexOf('\n', found.index)), end);
      const marks = [found];
      for (found = this.#marks.exec(text); found !== null && found.index < given; found = this.#marks.exec(text)) marks.push(found);
      this.#take(this.#decode(text, from, given), marks);
    }
  }

  /** Where the record begins that holds the character before this place; no earlier than `least`, where one begins or which is all that there is. */
  #startBefore(text: string, place: number, least = 0): number {
    for (let end = place; end > least; ) {
      const start = text.lastIndexOf('\n', end - 1) + 1;
      if (start <= least) return least;
      if (this.#begins(text, start)) return start;
      end = start - 1;
    }
    return least;
  }

  /** Where the next record begins, at the end of this line or of a later one. */
  #startAfter(text: string, line: number): number {
    for (let at = line; at >= 0; at = text.indexOf('\n', at + 1)) if (this.#begins(text, at + 1)) return at + 1;
    return text.length;
  }

  /** UTF-8 where it is; else the one byte per character of older servers. */
  #decode(text: string, from: number, to: number): string {
    const utf8 = !this.#ascii && isUtf8(this.#window.subarray(from, to));
    return utf8 ? this.#window.toString('utf8', from, to) : text.slice(from, to);
  }

  #begins(text: string, at: number): boolean {
    return !this.#dated || beginsRecord(text, at);
  }

  #shorten(text: string): void {
    const parts = this.#keptRanges(text).map(([from, to]) => Buffer.from(this.#window.subarray(from, to)));
    const kept = Buffer.concat(parts.flatMap((part, place) => (place === 0 ? [part] : [GAP, part])));
    this.#window.set(kept);
    this.#filled = kept.length;
  }

  /** Ranges that do not overlap, in order; the last one ends where the window ends, in case a mark begins there. */
  #keptRanges(text: string): [number, number][] {
    const ranges: [number, number][] = [[0, HEAD]];
    const add = (from: number, to: number): void => {
      const last = ranges.at(-1);
      if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
      else ranges.push([from, to]);
    };
    this.#marks.lastIndex = 0;
    for (let marks = 0, found = this.#marks.exec(text); found !== null && marks < MOST_MARKS; found = this.#marks.exec(text), marks++)
      add(Math.max(0, found.index - AROUND), Math.min(text.length, found.index + AROUND));
    add(text.length - AROUND, text.length);
    return ranges;
  }
}

function hasRecordStart(text: string): boolean {
  for (let at = 0; ; ) {
    if (beginsRecord(text, at)) return true;
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return false;
  }
}
