import { endsEverything, RekeyError, toRekeyError } from '../../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../core/ports.ts';
import type { CredentialGuard } from '../credential-guard.ts';
import { pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import type { Site } from '../site.ts';
import { type Door, readLoginScreen } from './door.ts';
import { type Visit, visit, type WebPage } from './visit.ts';

/** Bamboo's web pages, for one who is logged in. */
export interface Session {
  /** Goes in where nobody has yet; gives the name of the door. */
  open(): Promise<string>;
  /** GETs a page; a session that was lost is renewed once. @throws RekeyError as the login does, or when the page leads away. */
  page(address: string, signal?: AbortSignal): Promise<WebPage>;
  /** Sends one write and lets its answer be judged; a refused login found there ends the credential. @throws RekeyError as the login does, or when no answer came. */
  write<Answer>(request: Pick<HttpRequest, 'url' | 'headers' | 'body'>, judge: (response: HttpResponse) => Answer): Promise<Answer>;
}

/** What the session works with; doors are tried in order, the first that fits the login screen is the only one used. */
export interface SessionParts {
  readonly http: Http;
  readonly site: Site;
  readonly doors: readonly Door[];
  readonly guard: CredentialGuard;
  readonly username: string;
}

interface Inside {
  readonly door: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function goIn({ http, site, doors }: SessionParts): Promise<Inside> {
  const visitor = { http, site, headers: {} };
  const screen = await readLoginScreen(visitor);
  const door = doors.find((each) => each.fits(screen));
  if (door === undefined)
    throw new RekeyError('LOGIN_UNSUPPORTED', `No door fits this server: ${screen.kind === 'other' ? screen.what : 'it has a login form'}.`);
  return { door: door.name, headers: await door.open(visitor, screen) };
}

/** Whether it is of use to try again: a refusal ends the credential, and a server without a door stays one. */
function isFinal(thrown: unknown): boolean {
  return endsEverything(thrown) || toRekeyError(thrown).code === 'LOGIN_UNSUPPORTED';
}

/** Makes a session that logs in on first use; parallel users share one login. */
export function createSession(parts: SessionParts): Session {
  const { http, site, guard } = parts;
  let current: Promise<Inside> | undefined;

  function inside(): Promise<Inside> {
    guard.check();
    current ??= enter();
    return current;
  }

  function enter(): Promise<Inside> {
    const entering = goIn(parts).catch((thrown: unknown) => {
      if (!isFinal(thrown)) leave(entering);
      if (endsEverything(thrown)) guard.end(toRekeyError(thrown));
      throw thrown;
    });
    return entering;
  }

  function leave(lost: Promise<Inside>): void {
    if (current === lost) current = undefined;
  }

  function arrived(found: Visit, address: string): WebPage {
    const what = new URL(address).pathname;
    if (found.kind === 'unauthorized')
      return guard.end(new RekeyError('LOGIN_REFUSED', `${what}: Bamboo refused the login of "${parts.username}" (401). Nothing more was tried.`));
    if (found.kind === 'login') throw new RekeyError('LOGIN_ENDED', `${what}: Bamboo asks for a login again right after one that succeeded.`);
    if (found.kind === 'away') throw new RekeyError('REDIRECTED_AWAY', `${what}: the server redirects to ${found.origin}; no credential is sent there.`);
    if (found.page.status < 400) return found.page;
    const kind = pageKind(found.page.document, found.page.status);
    return kind.kind === 'captcha' ? guard.end(pageProblem(kind, what)) : found.page;
  }

  return {
    open: async () => (await inside()).door,
    async page(address, signal) {
      const entered = inside();
      const visitor = { http, site, headers: (await entered).headers, ...(signal === undefined ? {} : { signal }) };
      const found = await visit(visitor, address);
      if (found.kind !== 'login') return arrived(found, address);
      leave(entered);
      const { headers } = await inside();
      return arrived(await visit({ ...visitor, headers }, address), address);
    },
    async write(request, judge) {
      const { headers } = await inside();
      const response = await http.send({ effect: 'write', method: 'POST', ...request, headers: { ...request.headers, ...headers } });
      try {
        return judge(response);
      } catch (thrown) {
        throw endsEverything(thrown) ? guard.end(toRekeyError(thrown)) : thrown;
      }
    },
  };
}
