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
