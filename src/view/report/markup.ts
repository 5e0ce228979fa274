import { safeText } from '../safe-text.ts';

/** Finished HTML. Only `markup` makes it, so that text gets into a page escaped or not at all. */
export class Markup {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** For text that is ours from beginning to end: a style sheet, a script. */
  static own(text: string): Markup {
    return new Markup(text);
  }
}

type Value = string | number | Markup | undefined | readonly Value[];

/** A template whose values are escaped, for content and for quoted attributes alike; nested templates stay as they are. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return Markup.own(strings.map((piece, index) => piece + render(values[index])).join(''));
}

function render(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML and XML: nothing in it is markup, moves a cursor or turns the direction of writing. */
function escapeText(text: string): string {
  return safeText(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
