import { stringify } from 'yaml';
import type { Questions } from './session.ts';

const HEAD = `# Written by "bamboo-rekey init". Secrets never stand in this file: it only says where they are.
# Each reference is one of {env: NAME}, {file: PATH}, {command: [PROGRAM, ARGUMENT...]}, {stdin: true}.
`;

/** Asks the eight things that a first configuration needs, and gives its text. Secrets are not asked for, only where they are. */
export async function askForConfig(questions: Questions): Promise<string> {
  const url = await questions.text('Address of Bamboo, with its context path');
  const restToken = await questions.text("Environment variable that holds Bamboo's personal access token (empty: none)", 'BAMBOO_TOKEN');
  const username = await questions.text('User name for the edit forms (empty: none)');
  const password = username === '' ? '' : await questions.text('Environment variable that holds its password', 'BAMBOO_PASSWORD');
  const workspace = await questions.text('Bitbucket workspace of the repositories');
  const email = await questions.text('Email of the account that owns the API token');
  const token = await questions.text('Environment variable that holds the API token', 'BITBUCKET_TOKEN');
  const expires = await questions.text('Day the API token runs out, as YYYY-MM-DD');
  const config = {
    bamboo: {
      url,
      ...(restToken === '' ? {} : { rest: { token: { env: restToken } } }),
      ...(username === '' ? {} : { login: { username, password: { env: password } } }),
    },
    tokens: { main: { email, token: { env: token }, expires } },
    assign: [{ workspace, token: 'main' }],
  };
  return `${HEAD}${stringify(config)}`;
}
