import { RekeyError } from '../../core/errors.ts';
import type { HttpResponse } from '../../core/ports.ts';
import { textOf } from '../answer.ts';
import { type Login, wireText } from '../clear-text.ts';
import { type PageDocument, parsePage } from '../page/document.ts';
import { hasLoginForm, pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import { type Door, loginRefused, prove } from './door.ts';
import { type Visitor, visitLogin } from './visit.ts';

function hiddenFields({ $ }: PageDocument): Map<string, string> {
  const form = $('[name=os_password], #loginForm, form[name=loginForm]').closest('form');
  const inputs = form.find('input[type=hidden][name]').toArray();
  return new Map(inputs.map((input) => [input.attribs.name ?? '', input.attribs.value ?? '']));
}

/** The hidden fields of the login form; clients open the `!doDefault` page for its `atl_token` [T]. */
async function loginFields(visitor: Visitor, page: PageDocument): Promise<Map<string, string>> {
  const fields = hiddenFields(page);
  if (fields.has('atl_token')) return fields;
  const other = await visitLogin(visitor, visitor.site.address('/userlogin!doDefault.action'));
  return other.kind === 'page' && hasLoginForm(other.page.document) ? hiddenFields(other.page.document) : fields;
}

function refuse(response: HttpResponse, visitor: Visitor, username: string): void {
  if (response.status === 401) throw loginRefused(username, 'login form, 401');
  if (response.status === 429) throw new RekeyError('RATE_LIMITED', 'The login: Bamboo answered 429.');
  if (response.status >= 300 && response.status < 400) {
    const to = visitor.site.destination(response.url, response.headers.location ?? '');
    if (to.kind === 'login') throw loginRefused(username, 'login form');
    return;
  }
  const page = parsePage(textOf(response));
  const found = pageKind(page, response.status);
  if (found.kind === 'login') throw loginRefused(username, 'login form');
  if (found.kind === 'captcha' || response.status >= 400) throw pageProblem(found, 'The login');
}

/** The older login form: 302 on success, the page again on failure, a CAPTCHA after too many [D]. */
export function createFormDoor(login: Login): Door {
  return {
    name: 'login form',
    fits: (screen) => screen.kind === 'form',
    async open(visitor, screen) {
      const url = visitor.site.address('/userlogin.action');
      const fields = screen.kind === 'form' ? await loginFields(visitor, screen.page) : new Map<string, string>();
      const body = new URLSearchParams([...fields].filter(([name]) => !['os_username', 'os_password', 'save'].includes(name)));
      body.append('os_username', login.username);
      body.append('os_password', wireText(login.password));
      if (!fields.has('os_destination')) body.append('os_destination', '/start.action');
      body.append('save', 'Log in');
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', 'X-Atlassian-Token': 'no-check' };
      const response = await visitor.http.send({ effect: 'write', method: 'POST', url, headers, body: body.toString() });
      refuse(response, visitor, login.username);
      if ((await prove(visitor)) === 'in') return {};
      // The header is a hint beside the page, not a replacement for it [T, seen on 6.10].
      if (/FAILED/i.test(response.headers['x-seraph-loginreason'] ?? '')) throw loginRefused(login.username, 'login form');
      throw new RekeyError('LOGIN_UNSUPPORTED', 'Bamboo took the login form without an error, but its start page shows no sign of a login.');
    },
  };
}
