import { RekeyError } from '../../core/errors.ts';
import type { Listed, PlanName } from '../../core/ports.ts';
import { isCut, type PageDocument } from '../page/document.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';

/** Where a plan's repositories are listed: its own, and the linked ones that it uses [T]. */
const LIST = '/chain/admin/config/editChainRepository.action';

/** One repository of a list page. */
export interface ListEntry {
  readonly id: string;
  readonly name: string;
}

function linkId(href: string): string | undefined {
  return /[?&]repositoryId=([^&#]*)/.exec(href)?.[1];
}

/** The entries of a list page; undefined where the page has no list. The same markup with `{id}` stands in a template [D], which is no markup. */
export function readListEntries({ $ }: PageDocument): ListEntry[] | undefined {
  const items = $('li.item[data-item-id]');
  if (items.length === 0 && $('#panel-editor-list').length === 0) return undefined;
  const entries = items.toArray().map((item): ListEntry => {
    const link = linkId($(item).find('a[href*="repositoryId="]').attr('href') ?? '');
    const title = $(item).find('h3').first().clone();
    // The first item carries a marker span inside its heading [D].
    title.find('span').remove();
    return { id: link ?? item.attribs['data-item-id'] ?? '', name: title.text().trim() || $(item).find('h3').first().text().trim() };
  });
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()].filter((entry) => /^\d+$/.test(entry.id));
}

/** Reads the entries of a plan's repository page. @throws RekeyError when the page is not that list. */
export async function readPlanRepositories(session: Session, site: Site, plan: PlanName, signal?: AbortSignal): Promise<Listed[]> {
  const address = site.address(LIST, { buildKey: plan.key });
  const page = await session.page(address, signal);
  const what = `The repository list of plan ${plan.key}`;
  const entries = page.status < 400 ? readListEntries(page.document) : undefined;
  if (entries === undefined) throw pageProblem(pageKind(page.document, page.status), what);
  if (isCut(page.document.html)) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what} ends before its end.`);
  return entries.map(({ id, name }) => ({ place: { object: 'repository', id, level: 'plan', project: plan.project, plan: plan.key, name } }));
}
