import { RekeyError } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import { type BrowserCookie, wireText } from '../clear-text.ts';
import { oneLine } from '../words.ts';

/** The session of a servlet container. */
const SESSION = 'JSESSIONID';
/** What a copied Set-Cookie line holds besides the cookie. */
const ATTRIBUTES = /^(path|domain|expires|max-age|samesite|httponly|secure|priority|partitioned)$/i;
/** Characters that a cookie's name and value may hold on the wire. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\x21-\x7e ]*$/;

/** The line that begins a Cookie header, and the line of any other header. */
const COOKIE_LINE = /^\s*(?:set-)?cookie(?::\s*(.*)|\s*)$/i;
const HEADER_LINE = /^\s*:?[a-z][a-z0-9-]*:(\s|$)/i;

const refuse = (why: string) => new RekeyError('SESSION_INVALID', `bamboo.login.session is not the session of a browser: ${why}.`);

/** A row of a cookies.txt: domain, subdomains, path, secure, expiry, name, value. */
function rowsOfFile(lines: readonly string[]): string[][] {
  return lines.map((line) => line.replace(/^#HttpOnly_/, '').split('\t')).filter((row) => row.length === 7 && /^(true|false)$/i.test(row[1] ?? ''));
}

function serves(domain: string, host: string): boolean {
  const plain = domain.replace(/^\./, '').toLowerCase();
  return host === plain || host.endsWith(`.${plain}`);
}

function textOfFile(rows: readonly string[][], host: string): string {
  const own = rows.filter(([domain = '']) => serves(domain, host));
  if (own.length === 0) throw refuse(`its cookies are of ${oneLine(rows[0]?.[0] ?? '', 80)}, not of ${host}`);
  return own.map((row) => `${row[5]}=${row[6]}`).join('; ');
}

/** Where a copied request went: "Copy as cURL" and "Copy request headers" tell it. */
function hostOfRequest(text: string): string | undefined {
  const address = /\bcurl\s+(?:[^\n]*?\s)??["']?(https?:\/\/[^\s"']+)/.exec(text)?.[1];
  if (address !== undefined && URL.canParse(address)) return new URL(address).hostname;
  const header = /^\s*(?:host|:?authority):?\s+([^\s:]+|\[[^\]]+\])(?::\d+)?\s*$/im.exec(text)?.[1];
  return header?.toLowerCase();
}

/** The Cookie headers among lines, each as far as the next header: editors and browsers break long lines. */
function cookieLines(lines: readonly string[]): string[] {
  const found: string[] = [];
  let inside = false;
  for (const line of lines) {
    const start = COOKIE_LINE.exec(line);
    inside = start !== null || (inside && !HEADER_LINE.test(line));
    if (inside) found.push(start === null ? line : (start[1] ?? ''));
  }
  return found;
}

/** The part of a copied request that is its Cookie header; everything where nothing is marked as one. */
function cookieText(text: string): string {
  const quoted = [...text.matchAll(/(?:-H|--header)\s+\$?(["'])cookie:\s*(.*?)\1/gi), ...text.matchAll(/(?:-b|--cookie)\s+\$?(["'])(.*?)\1/g)];
  if (quoted.length > 0) return quoted.map((match) => match[2] ?? '').join('; ');
  const marked = cookieLines(text.split(/\r?\n/));
  return marked.length > 0 ? marked.join('\n') : text;
}

function pairs(text: string): [name: string, value: string][] {
  const parts = text.split(/[;\r\n]+/).filter((part) => part.includes('=') && !part.startsWith('#'));
  return parts.map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]);
}

function checked(name: string, value: string): BrowserCookie {
  if (!NAME.test(name) || !VALUE.test(value)) throw refuse('it holds characters that a Cookie header may not hold');
  return { name, value: new Secret(value) };
}

/**
 * Reads what a person copied from a browser: the value of the Cookie header with or without its name, in one line or many, the whole of the
 * request's headers, a cURL command, or a cookies.txt.
 * @throws RekeyError SESSION_INVALID when it holds no session, or says that it is of another host
 */
export function readBrowserCookies(copied: Secret, url: string): BrowserCookie[] {
  const text = wireText(copied);
  const host = new URL(url).hostname;
  const rows = rowsOfFile(text.split(/\r?\n/));
  const from = rows.length > 0 ? undefined : hostOfRequest(text);
  if (from !== undefined && from !== host) throw refuse(`it was copied from a request to ${oneLine(from, 80)}, not to ${host}`);
  const found = pairs(rows.length > 0 ? textOfFile(rows, host) : cookieText(text));
  const cookies = found.filter(([name]) => !ATTRIBUTES.test(name)).map(([name, value]) => checked(name, value));
  if (!cookies.some(({ name, value }) => name === SESSION && wireText(value) !== '')) throw refuse(`it holds no ${SESSION}`);
  return cookies;
}

/** Shorter values are settings, such as a language: taken out of everything that is printed, they would make it unreadable. */
export const LEAST_SECRET = 12;

/** The values that must not be printed. */
export function secretValues(cookies: readonly BrowserCookie[]): Secret[] {
  return cookies.map(({ value }) => value).filter((value) => wireText(value).length >= LEAST_SECRET);
}

/** What of a browser's cookies is not the person's: a load balancer's or an access proxy's, which a token's requests need, too. */
export function withoutPerson(cookies: readonly BrowserCookie[]): BrowserCookie[] {
  return cookies.filter(({ name }) => name !== SESSION && !/^(seraph|atl)\b/i.test(name));
}
