import type { Evidence } from '../../core/report/evidence.ts';
import { figure } from '../phrases.ts';
import { findWords, searchLine, serverLine, sourceWords } from './evidence-words.ts';
import { type Markup, markup } from './markup.ts';
import { shortened } from './words.ts';

/** Why to believe that no secret leaked: origins, search, hosts, files on the server. */
export function evidenceSection(evidence: Evidence): Markup {
  const { secrets, searched, hosts } = evidence;
  const origins = (secrets ?? []).map((origin) => [origin.key, sourceWords(origin), findWords(origin)]);
  const files = searched.map(({ name, bytes, finds }) => [name, figure(bytes), finds.length === 0 ? 'none' : finds.join(', ')]);
  const calls = (hosts ?? []).map(({ host, requests, failures }) => [host, figure(requests), figure(failures)]);
  return markup`<section aria-labelledby="evidence"><h2 id="evidence">Security evidence</h2><p>${searchLine(evidence)}</p>
${smallTable('Where each secret comes from', ['secret', 'from', 'search'], origins)}
${smallTable('What was searched', ['file', 'bytes', 'secrets found'], files)}
${smallTable('Hosts contacted', ['host', 'requests', 'without an answer'], calls)}
${hosts === null ? markup`<p>Hosts contacted: not recorded.</p>` : undefined}<p>${serverLine(evidence)}</p></section>`;
}

function smallTable(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const body = rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${shortened(cell)}</td>`)}</tr>`);
  return markup`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${body}</tbody></table></div><p></p>`;
}
