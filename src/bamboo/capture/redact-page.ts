import { alike } from '../page/control.ts';
import { childrenOf, isElement, type PageDocument, type PageElement, type PageNode } from '../page/document.ts';
import { type PageWords, readPageWords } from './page-words.ts';

/** What stays of an element besides its value: how it is built. Everything else may hold content. */
const KEPT = new Set(['name', 'type', 'class', 'id', 'for', 'method', 'enctype']);
const SWITCHES = new Set(['multiple', 'checked', 'selected', 'disabled', 'readonly', 'required', 'hidden']);
/** What no reader of forms needs, and what may hold anything. */
const LEFT_OUT = new Set(['script', 'style', 'noscript', 'template', 'head', 'svg', 'img', 'iframe', 'object']);
const VOID = new Set(['input', 'br', 'hr', 'meta', 'link', 'col', 'wbr']);

/** A stand-in that tells the shape of what stood there. */
function standIn(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  if (/^\d+$/.test(trimmed)) return '[number]';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return '[address]';
  if (/^[^\s@]+@[^\s@]+$/.test(trimmed)) return '[email]';
  return /^[^\s/]+\/[^\s/]+$/.test(trimmed) ? '[name/name]' : '[text]';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function holdsContent(text: string, { content, structural }: PageWords): boolean {
  const lower = text.toLowerCase();
  return !structural.has(text) && content.some((word) => lower.includes(word));
}

/** The form's action without its address: the last part names what the form does. */
function actionName(action: string): string {
  const last = /([A-Za-z]+\.action)(?:[?#;]|$)/.exec(action)?.[1];
  return last === undefined ? standIn(action) : `[address]/${last}`;
}

class Redaction {
  readonly #words: PageWords;

  constructor(words: PageWords) {
    this.#words = words;
  }

  node(node: PageNode, labelled: boolean): string {
    if (isElement(node)) return this.#element(node, labelled);
    if (!('data' in node))
      return childrenOf(node)
        .map((child) => this.node(child, labelled))
        .join('');
    if (node.type !== 'text' || node.data.trim() === '') return node.type === 'text' && node.data.includes('\n') ? '\n' : '';
    return labelled ? this.#label(node.data) : '[text]';
  }

  #element(element: PageElement, labelled: boolean): string {
    const { name } = element;
    if (LEFT_OUT.has(name)) return '';
    const start = `<${name}${this.#attributes(element)}>`;
    if (VOID.has(name)) return start;
    const isLabel = labelled || name === 'label' || name === 'legend';
    return `${start}${childrenOf(element)
      .map((child) => this.node(child, isLabel))
      .join('')}</${name}>`;
  }

  #label(text: string): string {
    return holdsContent(text, this.#words) ? '[label]' : escaped(text);
  }

  #attributes(element: PageElement): string {
    return Object.entries(element.attribs)
      .flatMap(([name, value]) => this.#attribute(element, name, value))
      .map((text) => ` ${text}`)
      .join('');
  }

  #attribute(element: PageElement, name: string, value: string): string[] {
    if (SWITCHES.has(name)) return [name];
    if (name === 'value') return [`value="${escaped(this.#value(element, value))}"`];
    if (name === 'action')
      return [`action="${escaped(this.#words.content.some((word) => actionName(value).toLowerCase().includes(word)) ? '[address]' : actionName(value))}"`];
    if (!KEPT.has(name)) return [];
    return [
      `${name}="${escaped(
        value
          .split(/(\s+)/)
          .map((word) => this.#word(word))
          .join(''),
      )}"`,
    ];
  }

  /** Choices that sections depend on, and the names in checkBoxFields and selectFields, say how the form works. */
  #value(element: PageElement, value: string): string {
    const type = element.attribs.type?.toLowerCase() ?? 'text';
    const mayStay =
      element.name === 'option' ||
      ['checkbox', 'radio'].includes(type) ||
      ['checkBoxFields', 'selectFields', 'selectedRepository'].includes(element.attribs.name ?? '');
    return mayStay && this.#words.structural.has(value) ? value : standIn(value);
  }

  /** `dependsOnX` and `showOnY` with a control and a choice of this page. */
  #isSection(word: string): boolean {
    const of = alike(/^(?:dependsOn|showOn)(.+)$/.exec(word)?.[1] ?? '');
    return of !== '' && [...this.#words.structural].some((known) => alike(known) === of);
  }

  #word(word: string): string {
    if (this.#isSection(word)) return word;
    const plain = /\d{3}/.test(word) ? word.replace(/\d{3,}/g, '0') : word;
    return holdsContent(word, this.#words) ? '[word]' : plain;
  }
}

/** A page's build without its content: names, types, classes and labels of its controls stay; values, addresses, options and texts do not. */
export function redactPage(page: PageDocument): string {
  const root = page.$.root().get(0);
  return root === undefined ? '' : `${new Redaction(readPageWords(page)).node(root, false)}\n`;
}
