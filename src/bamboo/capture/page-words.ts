import { alike } from '../page/control.ts';
import { childrenOf, isElement, type PageDocument, type PageElement, type PageNode } from '../page/document.ts';

/** Words of a page that are its build, not its content: names of its controls, choices that a section depends on, and module keys. */
export interface PageWords {
  /** Values that may stay: they say how the page works. */
  readonly structural: ReadonlySet<string>;
  /** What must not be left anywhere, in lower case. */
  readonly content: readonly string[];
}

/** Shorter pieces of content stand in any word. */
const SHORTEST = 3;
const MODULE_KEY = /^com\.atlassian\.[\w.-]+:[\w.-]+$/;
const SWITCHES = ['true', 'false', 'on'];

function elementsIn(node: PageNode): PageElement[] {
  return childrenOf(node).flatMap((child) => (isElement(child) ? [child, ...elementsIn(child)] : []));
}

/** What stands after `showOn` in a section's class, in the spelling of classes. */
function shownOn(elements: readonly PageElement[]): Set<string> {
  const classes = elements.flatMap(({ attribs }) => (attribs.class ?? '').split(/\s+/));
  return new Set(classes.filter((word) => word.startsWith('showOn')).map((word) => alike(word.slice('showOn'.length))));
}

function isChoice({ name, attribs }: PageElement): boolean {
  return name === 'option' || ['checkbox', 'radio'].includes(attribs.type?.toLowerCase() ?? '');
}

function structuralWords(elements: readonly PageElement[]): Set<string> {
  const names = elements.flatMap(({ attribs }) => attribs.name ?? []);
  const shown = shownOn(elements);
  const choices = elements.filter(isChoice).flatMap(({ attribs }) => attribs.value ?? []);
  const modules = elements.flatMap(({ attribs }) => attribs.value ?? []).filter((value) => MODULE_KEY.test(value));
  return new Set([...SWITCHES, ...names, ...choices.filter((value) => shown.has(alike(value))), ...modules]);
}

function textsIn(node: PageNode): string[] {
  if (!isElement(node)) return 'data' in node ? [node.data] : childrenOf(node).flatMap(textsIn);
  return node.name === 'label' || node.name === 'legend' ? [] : childrenOf(node).flatMap(textsIn);
}

/** Finds both kinds of words. What is content somewhere is content everywhere: a label that repeats a repository's name is none to keep. */
export function readPageWords({ $ }: PageDocument): PageWords {
  const root = $.root().get(0);
  const elements = root === undefined ? [] : elementsIn(root);
  const structural = structuralWords(elements);
  const values = elements.flatMap(({ attribs }) => [
    attribs.value,
    attribs.href,
    attribs.src,
    attribs.title,
    attribs.alt,
    attribs.placeholder,
    attribs.content,
  ]);
  const texts = root === undefined ? [] : textsIn(root);
  const content = [...values, ...texts].map((text) => (text ?? '').trim()).filter((text) => text.length >= SHORTEST && !structural.has(text));
  // A word that stands in the name of a control, such as "password", stays with that name.
  const names = elements.map(({ attribs }) => (attribs.name ?? '').toLowerCase());
  const foreign = [...new Set(content.map((text) => text.toLowerCase()))].filter((word) => !names.some((name) => name.includes(word)));
  return { structural, content: foreign };
}
