import { RekeyError } from '../../core/errors.ts';
import type { PageDocument } from '../page/document.ts';
import { hasLoginForm, pageKind } from '../page/page-kind.ts';
import { pageProblem } from '../page/page-problem.ts';
import { type Visitor, visit, visitLogin } from './visit.ts';

/** What the server shows where a person logs in. */
export type LoginScreen = { readonly kind: 'form'; readonly page: PageDocument } | { readonly kind: 'other'; readonly what: string };

/** One way into the web pages. */
export interface Door {
  /** What `doctor` calls it. */
  readonly name: string;
  /** Whether it is the door for a server with that login screen. */
  fits(screen: LoginScreen): boolean;
  /**
   * Goes in, once, and proves it; gives the headers that each page request carries from then on.
   * @throws RekeyError LOGIN_REFUSED | LOGIN_CAPTCHA | LOGIN_UNSUPPORTED
   */
  open(visitor: Visitor, screen: LoginScreen): Promise<Readonly<Record<string, string>>>;
}

/** `GET /userlogin.action`: `loginForm` occurs in the older screen only, not in the two-step one (10.1 and later) [D]. */
export async function readLoginScreen(visitor: Visitor): Promise<LoginScreen> {
  const found = await visitLogin(visitor, visitor.site.address('/userlogin.action'));
  if (found.kind === 'away') return { kind: 'other', what: `it sends people to ${found.origin} to log in (single sign-on, or an access proxy)` };
  if (found.kind !== 'page') return { kind: 'other', what: 'its login page answers 401' };
  const { document, status } = found.page;
  if (status < 400 && hasLoginForm(document)) return { kind: 'form', page: document };
  const kind = pageKind(document, status);
  if (kind.kind === 'captcha' || kind.kind === 'error') throw pageProblem(kind, 'The login page');
  return { kind: 'other', what: 'its login page holds no login form (two-step login, single sign-on, or an access proxy)' };
}

/** What the start page proves about a login. */
export type Proof = 'in' | 'out' | 'refused';

/** "Log Out" on `/` is the proof of a login [T]. A GET, so it changes nothing. */
export async function prove(visitor: Visitor): Promise<Proof> {
  const found = await visit(visitor, visitor.site.address('/'));
  if (found.kind === 'unauthorized') return 'refused';
  if (found.kind !== 'page') return 'out';
  const { document, status } = found.page;
  if (status < 400) return /\blog\s?out\b/i.test(document.html) ? 'in' : 'out';
  const kind = pageKind(document, status);
  if (kind.kind === 'captcha' || kind.kind === 'error') throw pageProblem(kind, 'The start page');
  return 'out';
}

/** The one sentence for a login that was refused. */
export function loginRefused(username: string, how: string): RekeyError {
  return new RekeyError('LOGIN_REFUSED', `Bamboo refused the login of "${username}" (${how}). Nothing more was tried.`);
}
