import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A node of a page's tree, as parse5 builds it: a quarter of the work of the tree that selectors need. */
export type TreeNode = DefaultTreeAdapterTypes.Node;
/** An element of a page's tree. */
export type TreeElement = DefaultTreeAdapterTypes.Element;

/** Parses a page as a browser with scripts does. What stands in a template is none of its children. */
export function parseTree(html: string): TreeNode {
  return parse(html);
}

/** Whether a node is an element. */
export function isTreeElement(node: TreeNode): node is TreeElement {
  return 'tagName' in node;
}

/** The children of a node, none for text. */
export function nodesIn(node: TreeNode): readonly TreeNode[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** The value of an attribute; undefined where the element has none of that name. */
export function attributeOf(element: TreeElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** Elements whose text nobody sees, or that would quote a stack trace or an input. */
export const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'noscript', 'head', 'pre', 'code', 'textarea', 'select']);

/** The text of a page that a person sees, without stack traces and inputs. */
export function seenText(node: TreeNode): string {
  if (!isTreeElement(node)) return node.nodeName === '#text' ? textBelow(node) : nodesIn(node).map(seenText).join('');
  return UNSEEN.has(node.tagName) ? '' : ` ${nodesIn(node).map(seenText).join('')} `;
}

/** All text below a node. */
export function textBelow(node: TreeNode): string {
  return node.nodeName === '#text' && 'value' in node ? node.value : nodesIn(node).map(textBelow).join('');
}
