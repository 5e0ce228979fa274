import { CUTS, WIRE_FAULTS } from './fault-kinds.ts';

/** How a command ends when one kind of request meets faults: as usual, or in the way of that fault. */
export interface Endings {
  readonly usual: string;
  readonly [fault: string]: string;
}

/** That, at each 429. */
export const limited = (word: string): Readonly<Record<string, string>> =>
  Object.fromEntries(WIRE_FAULTS.filter(({ name }) => name.startsWith('429')).map(({ name }) => [name, word]));
/** That, at each of these faults. */
export const each = (word: string, ...names: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(names.map((name) => [name, word]));

/** The write was carried out: reading back settles it. */
export const DONE = each(
  '0 changed',
  ...['a truncated body', 'a wrong content type', 'broken gzip', 'gzip cut short'],
  ...['an answer cut after 20 bytes', 'an answer lost after it was carried out', 'a hang after the head'],
  ...CUTS.map(({ name }) => name),
);
/** What shows that nobody is logged in. */
export const LOGIN_PAGES = ['the login page', 'a redirect to the login page'] as const;

/** What tells in a page that a write was refused. */
export const REFUSED_BY_PAGE = ['403', 'the XSRF page'] as const;

/** A write that is sent once, whatever comes of it; `others` is what became of the other items, with a blank behind it. */
export const sentOnce = (others: string): Endings => ({
  usual: `5 ${others}unknown`,
  ...limited(`5 ${others}failed`),
  ...each(`5 ${others}failed`, ...REFUSED_BY_PAGE),
  ...DONE,
  '401': `7 LOGIN_REFUSED ${others}unknown`,
});

/** An import, which is no page: a redirect to the login page ends everything. */
export const imported = (others: string): Endings => ({ ...sentOnce(others), 'a redirect to the login page': `7 LOGIN_ENDED ${others}unknown` });

/** An edit form that is posted: where the session had ended before the action was reached, it is opened again, and the write sent once more. */
export const FORM_SAVED: Endings = { ...sentOnce('changed '), ...each('0 changed', ...LOGIN_PAGES, 'the WebSudo page') };

/** A list is left out of the inventory, which says so. */
export const LIST: Endings = { usual: '0 unread', '401': '7 LOGIN_REFUSED', 'a redirect to the login page': '7 LOGIN_ENDED', 'a wrong content type': '0' };
