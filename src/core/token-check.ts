import { daysUntil } from './days.ts';
import type { Secret } from './secret.ts';

/** What can be said of a token without asking anyone. The value itself is never part of a message. */
export interface TokenProblem {
  /** `failed`: the token must not be written anywhere. */
  readonly severity: 'failed' | 'warning';
  readonly message: string;
}

/** A token as configured. */
export interface TokenToCheck {
  readonly email: string;
  /** Left out where it could not be read: the rest is checked all the same. */
  readonly value?: Secret;
  /** Blanks around the value have been left out already. */
  readonly trimmed?: boolean;
  /** The day it runs out, as YYYY-MM-DD; left out where what is stated is no day. */
  readonly expires?: string;
}

/** Bitbucket's API tokens are about 192 characters long today [T]. */
const USUAL_LEAST_LENGTH = 150;
/** Some prompts clip what is pasted at this length [T]. */
const CLIPPED_LENGTH = 128;

/** Checks prefix, blanks, length, email and stated expiry. Bamboo itself decides by the prefix ATAT whether a password is a token [D]. */
export function checkTokenLocally(token: TokenToCheck, today: Date): TokenProblem[] {
  const rest = [...inEmail(token.email), ...inExpiry(token.expires, today)];
  if (token.value === undefined) return rest;
  const raw = token.value.reveal();
  const value = raw.trim();
  return [...aroundValue(raw !== value || token.trimmed === true, value), ...inValue(value), ...rest];
}

function aroundValue(blanks: boolean, value: string): TokenProblem[] {
  if (!blanks || value === '') return [];
  return [
    warning('There are blanks or a line end around the token; they are left out. Bamboo would take a token that begins with a blank for an app password.'),
  ];
}

function inValue(value: string): TokenProblem[] {
  if (value === '') return [failed('The token is empty.')];
  const kind = wrongKind(value);
  if (kind !== undefined) return [failed(kind)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f-\u009f]/.test(value)) return [failed('There is a blank or a control character inside the token; copy it again as one piece.')];
  if (!/^[\x21-\x7e]+$/.test(value)) return [failed('The token holds characters that no API token has; copy it again.')];
  return length(value);
}

/** The prefixes are Atlassian's [D, Atlassian staff, Aug 2025]. */
function wrongKind(value: string): string | undefined {
  if (value.startsWith('ATBB'))
    return 'This is an app password (ATBB…), which Bitbucket no longer takes. Create an API token with scopes in the Atlassian account.';
  if (value.startsWith('ATCT'))
    return "This is an access token (ATCT…), which Bamboo's Bitbucket Cloud type does not support. Create an API token with scopes in the Atlassian account.";
  if (!value.startsWith('ATAT')) return 'This is not an API token: it does not begin with ATAT. Create an API token with scopes in the Atlassian account.';
  return undefined;
}

function length(value: string): TokenProblem[] {
  if (value.length >= USUAL_LEAST_LENGTH) return [];
  const clipped = value.length === CLIPPED_LENGTH ? ` Some prompts clip what is pasted at ${CLIPPED_LENGTH} characters.` : '';
  return [warning(`The token has only ${value.length} characters; about 192 are usual. Check that it was copied whole.${clipped}`)];
}

function inEmail(email: string): TokenProblem[] {
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return [];
  return [failed('The email is not an email address. Bitbucket takes a token only with the email of its Atlassian account, not with a user name.')];
}

function inExpiry(expires: string | undefined, today: Date): TokenProblem[] {
  if (expires === undefined) return [];
  const days = daysUntil(today, expires);
  if (Number.isNaN(days)) return [failed(`The day it runs out is not a date: ${expires}.`)];
  if (days < 0) return [failed(`The token ran out on ${expires}, as stated under expires. Create a new one.`)];
  if (days === 0) return [warning(`The token runs out today (${expires}).`)];
  if (days <= 30) return [warning(`The token runs out in ${days} ${days === 1 ? 'day' : 'days'} (${expires}).`)];
  if (days > 366) return [failed(`The stated day ${expires} is more than a year away, and no API token lives longer than one year: check expires.`)];
  return [];
}

function failed(message: string): TokenProblem {
  return { severity: 'failed', message };
}

function warning(message: string): TokenProblem {
  return { severity: 'warning', message };
}
