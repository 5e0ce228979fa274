import { RekeyError } from '../../core/errors.ts';
import type { Listed } from '../../core/ports.ts';
import { isCut, type PageDocument, type PageElement, visibleText } from '../page/document.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { oneLine } from '../words.ts';

/** A credential as a list names it. */
export interface NamedCredential {
  readonly id: string;
  readonly name: string;
}

/** One row of the list; `id` is undefined where the row and its link contradict each other, or tell nothing. */
interface CredentialRow {
  readonly id: string | undefined;
  readonly name: string;
  /** What stands in the other cells, the type among them. */
  readonly cells: readonly string[];
}

/** `table.aui tr#item-ID`: name cell, type cell, a link to the form [D]. */
function readRow({ $ }: PageDocument, row: PageElement): CredentialRow {
  const own = /^item-(\d+)$/.exec(row.attribs.id ?? '')?.[1];
  const linked = /[?&]credentialsId=(\d+)/.exec($(row).find('[href*="credentialsId="]').first().attr('href') ?? '')?.[1];
  const cells = $(row).children('td, th').toArray();
  const [name = '', ...others] = cells.map((cell) => oneLine(visibleText(cell), 1_000));
  return { id: linked !== undefined && own !== undefined && linked !== own ? undefined : (own ?? linked), name, cells: others };
}

/** Types that hold no user name and password. Whatever else stands there, the form tells. */
function isOtherType({ cells }: CredentialRow): boolean {
  return cells.some((text) => /\b(ssh|aws|amazon)\b/i.test(text)) && !cells.some((text) => /password/i.test(text));
}

/** The rows of the list; undefined where the page is another one. */
function readCredentialRows(page: PageDocument): CredentialRow[] | undefined {
  const { $ } = page;
  const rows = $('tr[id^="item-"]').toArray();
  if (rows.length === 0 && $('[href*="haredCredentials" i], [action*="haredCredentials" i]').length === 0) return undefined;
  return rows.map((row) => readRow(page, row));
}

function listedAs({ id, name }: CredentialRow): Listed[] {
  return id === undefined ? [] : [{ place: { object: 'shared-credential', id, level: 'global', name: name || id } }];
}

/** `GET /admin/configureSharedCredentials.action` [D]. @throws RekeyError */
async function readRows(session: Session, site: Site, signal?: AbortSignal): Promise<CredentialRow[]> {
  const page = await session.page(site.address('/admin/configureSharedCredentials.action'), signal);
  const what = 'The list of shared credentials';
  const rows = page.status < 400 ? readCredentialRows(page.document) : undefined;
  if (rows === undefined) throw pageProblem(pageKind(page.document, page.status), what);
  if (isCut(page.document.html)) throw new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what} ends before its end.`);
  const strange = rows.filter(({ id }) => id === undefined).length;
  if (strange > 0) throw new RekeyError('FORM_NOT_UNDERSTOOD', `${what} holds ${strange} row(s) that do not tell which credential they are about.`);
  return rows;
}

/** The credentials of the whole server that may hold a user name and password. @throws RekeyError */
export async function readSharedCredentials(session: Session, site: Site, signal?: AbortSignal): Promise<Listed[]> {
  return (await readRows(session, site, signal)).filter((row) => !isOtherType(row)).flatMap(listedAs);
}

/** The credentials of the whole server, of whatever type: an import goes by their names. @throws RekeyError */
export async function readCredentialNames(session: Session, site: Site, signal?: AbortSignal): Promise<NamedCredential[]> {
  return (await readRows(session, site, signal)).flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
}
