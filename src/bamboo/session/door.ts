import { RekeyError } from '../../core/errors.ts';
import type { PageDocument } from '../page/document.ts';
import { hasLoginForm, pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import { refuseProxy, strangerAt } from './elsewhere.ts';
import { type Visitor, visit, visitLogin } from './visit.ts';

/** What the server shows where a person logs in; `script`: a page of its own that a script fills. */
export type LoginScreen =
  | { readonly kind: 'form'; readonly page: PageDocument }
  | { readonly kind: 'script'; readonly what: string }
  | { readonly kind: 'other'; readonly what: string };

/** Headers that each page request carries once somebody is in. */
export type DoorHeaders = Readonly<Record<string, string>>;

/** One way into the web pages for a user name and password. */
export interface Door {
  /** What `doctor` calls it. */
  readonly name: string;
  /** Whether it is a door for a server with that login screen. */
  fits(screen: LoginScreen): boolean;
  /**
   * Goes in, once, and proves it; `absent`: this server has no such door, and nothing was refused.
   * @throws RekeyError LOGIN_REFUSED | LOGIN_CAPTCHA | LOGIN_UNSUPPORTED | LOGIN_MISSING
   */
  open(visitor: Visitor, screen: LoginScreen): Promise<DoorHeaders | 'absent'>;
}

/** A field to type into, or a picture; a hidden field of that name asks for nothing. */
function showsCaptcha({ $ }: PageDocument): boolean {
  return $('form:has([name=os_password])').find('input[name*=captcha i]:not([type=hidden]), img[src*=captcha i]').length > 0;
}

/** `GET /userlogin.action`: `loginForm` occurs in the older screen only, not in the two-step one (10.1 and later) [D]. */
export async function readLoginScreen(visitor: Visitor): Promise<LoginScreen> {
  const found = await visitLogin(visitor, visitor.site.address('/userlogin.action'));
  const stranger = strangerAt(found);
  if (stranger !== undefined) await refuseProxy(visitor, stranger);
  if (found.kind === 'away') return { kind: 'other', what: `it sends people to ${found.origin} to log in (single sign-on)` };
  if (found.kind !== 'page') return { kind: 'other', what: 'its login page answers 401' };
  const { document, status } = found.page;
  if (status < 400 && hasLoginForm(document)) {
    // Without the picture's letters the login would be refused, and counted.
    if (showsCaptcha(document)) throw pageProblem({ kind: 'captcha' }, 'The login page');
    return { kind: 'form', page: document };
  }
  const kind = pageKind(document, status);
  if (kind.kind === 'captcha' || kind.kind === 'error') throw pageProblem(kind, 'The login page');
  const what = 'its login page holds no login form';
  return status < 400 ? { kind: 'script', what } : { kind: 'other', what };
}

/** What the start page proves about a login. */
export type Proof = 'in' | 'out' | 'refused';

/** "Log Out" on `/` is the proof of a login [T]. A GET, so it changes nothing. @throws RekeyError ACCESS_PROXY where something else answers */
export async function prove(visitor: Visitor): Promise<Proof> {
  const found = await visit(visitor, visitor.site.address('/'));
  const stranger = strangerAt(found);
  if (stranger !== undefined) await refuseProxy(visitor, stranger);
  if (found.kind === 'unauthorized') return 'refused';
  if (found.kind !== 'page') return 'out';
  const { document, status } = found.page;
  if (status < 400) return /\blog(\s|&nbsp;|&#160;)?out\b/i.test(document.html) ? 'in' : 'out';
  const kind = pageKind(document, status);
  if (kind.kind === 'captcha' || kind.kind === 'error') throw pageProblem(kind, 'The start page');
  return 'out';
}

/** The one sentence for a login that was refused. */
export function loginRefused(username: string, how: string): RekeyError {
  return new RekeyError('LOGIN_REFUSED', `Bamboo refused the login of "${username}" (${how}). Nothing more was tried.`);
}
