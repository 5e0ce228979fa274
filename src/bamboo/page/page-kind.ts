import { saysCaptcha } from '../answer.ts';
import { firstSentence, oneLine } from '../words.ts';
import { isCut, type PageDocument, visibleText } from './document.ts';
import { seenText } from './tree.ts';

/** What a page is that is not the page that was asked for. */
export type PageKind =
  | { readonly kind: 'captcha' }
  | { readonly kind: 'login' }
  | { readonly kind: 'elevation' }
  | { readonly kind: 'xsrf' }
  | { readonly kind: 'error'; readonly words: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-permission' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'foreign'; readonly title: string }
  | { readonly kind: 'other'; readonly title: string };

const ELEVATION = /web-?sudo|secure administrator session|administrator access|(confirm|re-?enter) your password|elevate.{0,20}permission/i;
const XSRF = /xsrf|security token (is )?(missing|invalid|expired)/i;
const BAMBOO_MARK = /bamboo|atlassian|atl_token|\bajs-|class=["'][^"']*\baui\b/i;

/** Bamboo's own login form: `os_username` and `os_password` [D]. A prompt for the password of one who is logged in asks for no name. */
export function hasLoginForm({ $ }: PageDocument): boolean {
  return $('form:has([name=os_username]) [name=os_password]').length > 0 || $('#loginForm, form[name=loginForm]').length > 0;
}

/** Addresses and host names: another's login page names Bamboo's, too. */
const ADDRESSES = /(https?:)?\/\/[^\s"'<>]+|[\w-]+(\.[\w-]+)+(:\d+)?|["'][^"'<>]*[/%][^"'<>]*["']/gi;

/** Controls that nobody else's page has: they spare most pages the closer look. */
const OWN_CONTROL = /name=["']?(atl_token|selectedRepository)\b/;

function hasBambooMark(html: string): boolean {
  return OWN_CONTROL.test(html) || BAMBOO_MARK.test(html.replace(ADDRESSES, ' '));
}

/** A whole page without any sign of Bamboo. */
export function isForeign({ html }: PageDocument): boolean {
  return /<(html|form|body|title)[\s>]/i.test(html) && !hasBambooMark(html);
}

function asksForCaptcha(page: PageDocument, text: string): boolean {
  return saysCaptcha(text) || (hasLoginForm(page) && page.$('[name*=captcha i], [id*=captcha i], img[src*=captcha i]').length > 0);
}

/** A prompt for the password of one who is logged in: it says so, or it asks for a password and for no name. */
function asksForElevation({ $, html }: PageDocument, text: string): boolean {
  if (ELEVATION.test(text) || $('form[action*=websudo i], form[id*=websudo i], form[name*=websudo i], input[name*=websudo i]').length > 0) return true;
  const lone = $('input[type=password]').length === 1 && $('input:not([type]), input[type=text], input[type=email]').length === 0;
  return lone && hasBambooMark(html);
}

/** The words of an error page: its message or heading, never what stands below it; empty where it has neither. */
function errorWords({ $ }: PageDocument): string {
  for (const selector of ['div.aui-message.error', '.aui-message-error', 'h1', 'h2', 'title']) {
    const node = $(selector).get(0);
    const words = node === undefined ? '' : firstSentence(selector === 'title' ? $(node).text() : visibleText(node));
    if (words !== '') return words;
  }
  return '';
}

function isErrorPage({ $ }: PageDocument, status: number, text: string): boolean {
  return status >= 500 || /system error has occurred/i.test(text) || $('div.aui-message.error, .aui-message-error').length > 0;
}

/** Recognises a page that is not the one that was asked for. Never call it on a page that was understood: it only looks for signs. */
export function pageKind(page: PageDocument, status: number): PageKind {
  const text = seenText(page.tree());
  const title = oneLine(page.$('title').first().text(), 80);
  if (asksForCaptcha(page, text)) return { kind: 'captcha' };
  if (hasLoginForm(page)) return { kind: 'login' };
  if (status === 404) return { kind: 'missing' };
  if (status < 500 && asksForElevation(page, text)) return { kind: 'elevation' };
  if (status < 500 && XSRF.test(text)) return { kind: 'xsrf' };
  if (status < 500 && (status === 403 || page.$('a[href*="viewAdministrators.action"]').length > 0)) return { kind: 'no-permission' };
  if (isErrorPage(page, status, text)) return { kind: 'error', words: errorWords(page) };
  if (isCut(page.html)) return { kind: 'cut' };
  return hasBambooMark(page.html) ? { kind: 'other', title } : { kind: 'foreign', title };
}
