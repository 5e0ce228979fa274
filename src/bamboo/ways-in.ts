import { RekeyError } from '../core/errors.ts';
import type { Listed } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import { type BrowserCookie, basic, bearer, type Login } from './clear-text.ts';
import { CredentialGuard, guarded } from './credential-guard.ts';
import { editPage } from './form/edit-page.ts';
import { readLinkedRepositories, readProjectRepositories, readProjects } from './rest/lists.ts';
import { createRest, type Rest } from './rest/rest.ts';
import { withoutPerson } from './session/browser-cookies.ts';
import { type Entrance, enterByBrowser, enterByLogin, enterByToken } from './session/entrance.ts';
import { createSession, type Session } from './session/session.ts';
import type { Site } from './site.ts';
import { createSiteHttp, type SiteWire } from './site-http.ts';

/** What opens a server. */
export interface Credentials {
  /** Personal access token for REST; without one REST uses the login. */
  readonly restToken?: Secret;
  readonly login?: Login;
  /** Instead of a login: the session of a browser in which a person has logged in. */
  readonly browser?: readonly BrowserCookie[];
}

/** REST and the web pages, each with the credential that it is used with. */
export interface WaysIn {
  readonly rest: Rest;
  readonly session: Session;
}

/** The most projects that are looked into for one repository to try a token on. */
const MOST_PROJECTS = 20;

/** The first repository that REST names and that has an edit form. */
async function anyRepository(rest: Rest): Promise<Listed | undefined> {
  const [linked] = (await readLinkedRepositories(rest)).entries;
  if (linked !== undefined) return linked;
  for (const project of (await readProjects(rest)).entries.slice(0, MOST_PROJECTS)) {
    const [own] = (await readProjectRepositories(rest, project)).entries;
    if (own !== undefined) return own;
  }
  return undefined;
}

function byToken(token: Secret, rest: Rest, site: Site): Entrance {
  return enterByToken(token, async () => {
    const found = await anyRepository(rest);
    return found === undefined ? undefined : editPage(site, found.place);
  });
}

/** Opens nothing yet. @throws RekeyError CONFIG_INVALID without any credential */
export function waysIn({ restToken, login, browser }: Credentials, wire: SiteWire): WaysIn {
  const { site } = wire;
  const guard = new CredentialGuard();
  const tokenGuard = new CredentialGuard();
  const wireFor = (...guards: readonly CredentialGuard[]): SiteWire => ({ ...wire, http: guarded(wire.http, ...guards) });
  const session = (enter: Entrance, who: string, ...others: readonly CredentialGuard[]) =>
    createSession({ http: createSiteHttp(wireFor(guard, ...others), browser), site, enter, guard, who });
  const person = login !== undefined ? session(enterByLogin(login), `"${login.username}"`) : browser && session(enterByBrowser(), "the browser's session");
  if (restToken !== undefined) {
    // What a load balancer or an access proxy gave the browser is wanted here, too; whoever it was is not.
    const restHttp = createSiteHttp(wireFor(tokenGuard), withoutPerson(browser ?? []));
    const rest = createRest({ http: restHttp, site, authorization: bearer(restToken), guard: tokenGuard });
    // Pages that refuse a token say nothing of REST; a token that REST refuses is refused everywhere.
    return { rest, session: person ?? session(byToken(restToken, rest, site), 'the personal access token', tokenGuard) };
  }
  if (person === undefined) throw new RekeyError('CONFIG_INVALID', 'Neither bamboo.rest.token nor bamboo.login is configured: Bamboo would answer nobody.');
  // Basic is published for REST [P]; a second step or a browser's session passes by the session alone.
  if (login !== undefined && login.totp === undefined)
    return { rest: createRest({ http: createSiteHttp(wireFor(guard)), site, authorization: basic(login), guard }), session: person };
  return { rest: createRest({ http: person.http, site, guard }), session: person };
}
