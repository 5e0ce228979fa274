import { RekeyError } from '../../core/errors.ts';
import type { CredentialUse } from '../../core/ports.ts';
import { childrenOf, isCut, isElement, type PageDocument, type PageElement, type PageNode, visibleText } from '../page/document.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { oneLine } from '../words.ts';

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th', 'dt', 'caption', 'legend', 'p', 'strong']);
const OUTSIDE = new Set(['header', 'footer', 'nav', 'aside', 'script', 'style', 'template', 'noscript', 'head']);

function textOf(node: PageNode): string {
  return oneLine(visibleText(node), 500);
}

/** Menus stand in lists, too. */
function isOutside({ name, attribs }: PageElement): boolean {
  return (
    OUTSIDE.has(name) || attribs.role === 'navigation' || /\b(aui-nav|aui-header|navigation|breadcrumbs?|menu|tabs-menu|sidebar)\b/i.test(attribs.class ?? '')
  );
}

function elementsIn(node: PageNode): PageElement[] {
  return childrenOf(node).flatMap((child) => (isElement(child) ? [child, ...elementsIn(child)] : []));
}

/** By where it leads, else by the heading above it, else by its own words. */
function kindOf(href: string, heading: string, text: string): CredentialUse['kind'] {
  if (/[?&]repositoryId=/.test(href)) return 'repository';
  if (/task|environment|deployment|buildKey=/i.test(href)) return 'task';
  for (const words of [heading, text]) {
    if (/repositor/i.test(words)) return 'repository';
    if (/\b(tasks?|jobs?|environments?|deployments?)\b/i.test(words)) return 'task';
  }
  return 'unclear';
}

function useOf(entry: PageElement, heading: string): CredentialUse[] {
  const inner = elementsIn(entry);
  const link = inner.find(({ name, attribs }) => name === 'a' && attribs.href !== undefined);
  const cell = inner.find(({ name }) => name === 'td');
  const name = textOf(link ?? cell ?? entry);
  const href = link?.attribs.href ?? '';
  const id = /[?&]repositoryId=(\d+)/.exec(href)?.[1];
  return name === '' ? [] : [{ kind: kindOf(href, heading, textOf(entry)), name, ...(id === undefined ? {} : { id }) }];
}

/** Entries of lists and rows of tables; an entry with a list inside is a heading of that list. */
function isEntry(element: PageElement): boolean {
  const inner = elementsIn(element);
  if (element.name === 'li') return !inner.some(({ name }) => name === 'li');
  return element.name === 'tr' && inner.some(({ name }) => name === 'td');
}

/** Its markup is not known, only that it lists every repository and task [D]: whatever is listed there counts, under the heading above it. */
export function readUses({ $ }: PageDocument): CredentialUse[] {
  const uses: CredentialUse[] = [];
  let heading = '';
  const walk = (node: PageNode): void => {
    if (isElement(node) && isOutside(node)) return;
    if (isElement(node) && isEntry(node)) {
      uses.push(...useOf(node, heading));
      return;
    }
    if (isElement(node) && HEADINGS.has(node.name)) heading = textOf(node);
    for (const child of childrenOf(node)) walk(child);
  };
  walk($.root().get(0) as PageNode);
  return uses;
}

/**
 * `GET /admin/confirmDeleteSharedCredentials.action` lists every repository and task that uses the credential: a safe read as long as its form is
 * never submitted [D]. Nothing but the id goes along: `confirm=true` might be taken for the answer. @throws RekeyError
 */
export async function readCredentialUses(session: Session, site: Site, id: string, signal?: AbortSignal): Promise<CredentialUse[]> {
  const page = await session.page(site.address('/admin/confirmDeleteSharedCredentials.action', { credentialsId: id }), signal);
  const { $, html } = page.document;
  const what = `The users of shared credential ${id}`;
  const shown =
    $('[name=credentialsId]')
      .toArray()
      .some((control) => control.attribs.value === id) || $(`[href*="credentialsId=${id}"], [action*="credentialsId=${id}"]`).length > 0;
  if (page.status >= 400 || !shown) throw pageProblem(pageKind(page.document, page.status), what);
  if (isCut(html)) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what}: the page ends before its end.`);
  return readUses(page.document);
}
