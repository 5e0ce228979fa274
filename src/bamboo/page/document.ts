import { type Cheerio, type CheerioAPI, load } from 'cheerio';
import { parseTree, type TreeNode, UNSEEN } from './tree.ts';

type Root = ReturnType<CheerioAPI['root']> extends Cheerio<infer Document> ? Document : never;
/** Any node of a page. */
export type PageNode = Root | (Root extends { children: (infer Child)[] } ? Child : never);
/** An element of a page. */
export type PageElement = Extract<PageNode, { attribs: Record<string, string> }>;

/** A page as text and as a tree. The tree for selectors is built when it is first looked at: most pages are read for their forms alone. */
export interface PageDocument {
  readonly html: string;
  /** The text without what holds markup as text, that of edit forms too [D]: scripts, comments, text areas. */
  readonly markup: string;
  /** For selectors. */
  readonly $: CheerioAPI;
  /**
   * The tree for reading forms, built anew by each call and not kept: the promise that waited for the page holds on to it until V8 tidies up its old objects,
   * and would hold on to a tree of twenty times its size.
   */
  tree(): TreeNode;
}

/** Browsers stop at half of it. Whoever nests deeper wants the stack used up. */
const MOST_DEPTH = 1_000;
/** Elements that stay open until something else closes them, or that hold nothing. */
const OPEN_ENDED = new Set(
  'area base br col embed hr img input link meta param source track wbr html head body p li dt dd option optgroup tr td th thead tbody tfoot colgroup'.split(
    ' ',
  ),
);

/** The page as far as it is not nested deeper than any page is: what is left ends before its end, and is refused as such. */
function shallow(html: string): string {
  let depth = 0;
  for (const { 1: end, 2: name = '', index } of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    if (!OPEN_ENDED.has(name.toLowerCase())) depth = Math.max(0, depth + (end === '' ? 1 : -1));
    if (depth > MOST_DEPTH) return html.slice(0, index);
  }
  return html;
}

/** Takes a page as a browser with scripts does: what stands in script, noscript, template or a comment is no markup. */
export function parsePage(page: string): PageDocument {
  const html = shallow(page);
  let markup: string | undefined;
  let $: CheerioAPI | undefined;
  return {
    html,
    get markup() {
      markup ??= html.replace(INERT, '');
      return markup;
    },
    get $() {
      $ ??= withoutTemplates(load(html));
      return $;
    },
    tree: () => parseTree(html),
  };
}

function withoutTemplates($: CheerioAPI): CheerioAPI {
  $('template').remove();
  return $;
}

/** Whether a node is an element. */
export function isElement(node: PageNode): node is PageElement {
  return 'attribs' in node;
}

/** The children of a node, none for text. */
export function childrenOf(node: PageNode): readonly PageNode[] {
  return 'children' in node ? node.children : [];
}

/** The text of a part of the page that a person sees, without stack traces and inputs. */
export function visibleText(node: PageNode): string {
  if (!isElement(node)) return 'data' in node && node.type === 'text' ? node.data : childrenOf(node).map(visibleText).join('');
  return UNSEEN.has(node.name) ? '' : ` ${childrenOf(node).map(visibleText).join('')} `;
}

const INERT = /<(script|template|noscript|textarea|style|title)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;

/** Whether the n-th form of the page (from 0) has its closing tag; one without it was cut off on the way. */
export function formIsClosed({ markup }: PageDocument, index: number): boolean {
  let open = false;
  let forms = -1;
  for (const [tag] of markup.matchAll(/<\/?form\b/gi)) {
    const opens = tag[1] !== '/';
    if (opens && open) continue;
    if (opens) forms++;
    if (!opens && open && forms === index) return true;
    open = opens;
  }
  return false;
}

/** Whether a decorated page ends before its end. */
export function isCut(html: string): boolean {
  return /<html[\s>]/i.test(html) && !/<\/html\s*>/i.test(html);
}
