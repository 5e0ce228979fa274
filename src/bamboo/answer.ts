import type { HttpResponse } from '../core/ports.ts';

const utf8 = new TextDecoder('utf-8');

/** The body as text; everything that Bamboo sends is UTF-8. */
export function textOf(response: HttpResponse): string {
  return utf8.decode(response.body);
}

/** What a body is, by its content type and its first characters: the status alone says nothing [T]. */
export type BodyKind = 'json' | 'xml' | 'html' | 'other';

function kindByType(type: string): BodyKind {
  if (/\bjson\b/i.test(type)) return 'json';
  if (/\bx?html\b/i.test(type)) return 'html';
  return /\bxml\b/i.test(type) ? 'xml' : 'other';
}

/** Tells what a body is. A body that contradicts its content type counts as what it looks like. */
export function bodyKind(response: HttpResponse, text: string): BodyKind {
  const start = text.trimStart().slice(0, 200);
  if (/^<\?xml/i.test(start) && !/<html|<!doctype html/i.test(start)) return 'xml';
  if (/^</.test(start)) return kindByType(response.headers['content-type'] ?? '') === 'xml' ? 'xml' : 'html';
  if (/^[{[]/.test(start)) return 'json';
  return kindByType(response.headers['content-type'] ?? '');
}

/** "The maximum number of failed login attempts may have been reached" is Bamboo's CAPTCHA lock [D]. */
export function saysCaptcha(text: string): boolean {
  return /maximum number of failed login attempts/i.test(text);
}
