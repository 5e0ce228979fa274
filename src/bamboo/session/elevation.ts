import { RekeyError } from '../../core/errors.ts';
import { type Login, wireText } from '../clear-text.ts';
import { pageKind } from '../page/page-kind.ts';
import { postStep } from './json-post.ts';
import type { Visitor, WebPage } from './visit.ts';

/** Signs of a prompt, looked for in the text first: most pages are not searched at all. */
const SIGNS = /type=["']?password|web-?sudo|secure admin|administrator access|elevat/i;
/** What stands on the pages that are asked for, and on no prompt. */
const UNDERSTOOD = '[name=selectedRepository], li.item[data-item-id], #panel-editor-list, [name=credentialsName], a.update-credentials';

/** Whether the page is the prompt of a secure administrator session (since 10.0, on by default) [D]; its markup is not known. */
export function promptsForPassword({ document, status }: WebPage): boolean {
  if (!SIGNS.test(document.html) || /name=["']?selectedRepository/.test(document.markup)) return false;
  return document.$(UNDERSTOOD).length === 0 && pageKind(document, status).kind === 'elevation';
}

/** What is told where nobody here can answer the prompt. */
export function elevationNeeded(what: string, why: string): RekeyError {
  return new RekeyError('ELEVATION_NEEDED', `${what}: Bamboo asks for the password again before it shows this page, and ${why}.`);
}

/**
 * Answers the prompt with the password, once [D, 10.1 and later].
 * @throws RekeyError ELEVATION_REFUSED | LOGIN_CAPTCHA, which end the run, or ELEVATION_NEEDED where the server has no such call
 */
export async function elevateByPassword(visitor: Visitor, login: Login): Promise<void> {
  const path = '/rest/tsv/latest/elevate-permissions/password';
  const answer = await postStep(visitor, path, { password: wireText(login.password) });
  if (answer.kind === 'taken') return;
  if (answer.kind === 'absent') throw elevationNeeded('Secure administrator session', 'this server has no call that takes it (10.1 and later have)');
  const why = `Bamboo refused to open a secure administrator session for "${login.username}" (${answer.status}). Nothing more was tried.`;
  throw new RekeyError('ELEVATION_REFUSED', why);
}
