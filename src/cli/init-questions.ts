import { Config, type SecretReference } from '../core/config.ts';
import { PLACE_HINT, placeProblem, readPlace } from './secret-place.ts';
import type { Questions } from './session.ts';

/** How a person gets into the web pages. */
export type WayIn = { readonly username: string; readonly password: SecretReference } | { readonly session: SecretReference };

/** What was answered; secrets only by where they are. */
export interface FirstAnswers {
  readonly url: string;
  readonly restToken?: SecretReference;
  readonly login?: WayIn;
  readonly token?: { readonly email: string; readonly token: SecretReference; readonly expires: string };
}

const WAYS = [
  ['password', 'with a user name and password'],
  ['session', 'by single sign-on: the session of a browser that is logged in'],
  ['none', 'not at all: only a personal access token'],
] as const;

/** What the schema says of one part of the configuration. */
function schemaProblem(part: unknown, at: string): string | undefined {
  const issues = Config.safeParse(part).error?.issues ?? [];
  return issues.find(({ path }) => path.join('.').startsWith(at))?.message;
}

const urlProblem = (url: string) => schemaProblem({ bamboo: { url } }, 'bamboo.url');
const dayProblem = (expires: string) =>
  schemaProblem({ bamboo: { url: 'https://x' }, tokens: { main: { email: 'x', token: { env: 'X' }, expires } } }, 'tokens.main.expires');
const emailProblem = (email: string) => (email === '' || /^[^@\s]+@[^@\s]+$/.test(email) ? undefined : 'expected an email address, or nothing');
const notEmpty = (text: string) => (text.trim() === '' ? 'expected a user name' : undefined);
const orNothing = (problem: (text: string) => string | undefined) => (text: string) => (text.trim() === '' ? undefined : problem(text));

async function place(questions: Questions, what: string, proposal: string): Promise<SecretReference> {
  return readPlace(await questions.text(`Where is ${what} (${PLACE_HINT})?`, { proposal, problem: placeProblem })) ?? { env: proposal };
}

async function askForLogin(questions: Questions): Promise<WayIn | undefined> {
  const way = await questions.choose('How do you log in to the web pages of Bamboo?', WAYS);
  if (way === 'none') return undefined;
  if (way === 'session') return { session: await place(questions, "the browser's Cookie header", 'file:./cookies') };
  const username = await questions.text('User name', { problem: notEmpty });
  return { username, password: await place(questions, 'its password', 'BAMBOO_PASSWORD') };
}

async function askForToken(questions: Questions): Promise<FirstAnswers['token']> {
  const email = await questions.text('Email of the Atlassian account whose API token Bamboo is to use (empty: later)', { problem: emailProblem });
  if (email === '') return undefined;
  const token = await place(questions, 'that API token', 'BITBUCKET_TOKEN');
  return { email, token, expires: await questions.text('The day it runs out, as YYYY-MM-DD', { problem: dayProblem }) };
}

/** Asks for the eight things, at most, that a first configuration needs. */
export async function askForFirst(questions: Questions): Promise<FirstAnswers> {
  const url = await questions.text('Address of Bamboo, with its context path', { problem: urlProblem });
  const typed = await questions.text(`Where is Bamboo's personal access token (${PLACE_HINT}; empty: there is none)?`, { problem: orNothing(placeProblem) });
  const restToken = readPlace(typed);
  const login = await askForLogin(questions);
  const token = await askForToken(questions);
  return { url, ...(restToken === undefined ? {} : { restToken }), ...(login === undefined ? {} : { login }), ...(token === undefined ? {} : { token }) };
}
