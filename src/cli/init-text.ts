import { stringify } from 'yaml';
import type { FirstAnswers } from './init-questions.ts';

/** A workspace that repositories on the server name, and how many do. */
export interface FoundWorkspace {
  readonly workspace: string;
  readonly repositories: number;
}

/** The name under `tokens` that a first configuration uses. */
const TOKEN = 'main';

const HEAD = `# Written by "bamboo-rekey init". Secrets never stand in this file: it only says where they are, each as one of
#   { env: NAME }  { file: PATH }  { command: [PROGRAM, ARGUMENT] }  { stdin: true }
# Relative paths are relative to this file. "bamboo-rekey init --no-input -c all.yaml" writes every setting with its comment.
`;

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}

function bambooLines({ url, restToken, login }: FirstAnswers): string[] {
  const codes =
    '    # Where the login has a second step, what gives its code at the time:\n    # totp: { command: [oathtool, --totp, --base32, "@/run/secrets/bamboo-totp"] }';
  const byPassword = login !== undefined && 'username' in login;
  return [
    'bamboo:',
    '  # The address people use, with its context path.',
    `  url: ${flow(url)}`,
    '  # A personal access token, for REST. One that may only read is enough for inventory and plan.',
    restToken === undefined ? '  # rest: { token: { env: BAMBOO_TOKEN } }' : `  rest: ${flow({ token: restToken })}`,
    '  # A login, for the edit forms; REST uses it, too, where there is no token. docs/access-ways.md has the other ways in.',
    ...(byPassword ? ['  login:', `    username: ${flow(login.username)}`, `    password: ${flow(login.password)}`, codes] : []),
    ...(login !== undefined && !byPassword ? [`  login: ${flow(login)}`] : []),
    ...(login === undefined ? ['  # login: { username: admin, password: { env: BAMBOO_PASSWORD } }'] : []),
    '  # What an access proxy in front of Bamboo wants:',
    '  # headers: { CF-Access-Client-Id: { env: CF_ID }, CF-Access-Client-Secret: { env: CF_SECRET } }',
    '  # tls: { ca: ./corporate-ca.pem, cert: ./me.pem, key: { file: ./me.key } }',
  ];
}

function tokenLines(token: FirstAnswers['token']): string[] {
  const example = `# tokens:\n#   ${TOKEN}: { email: ci@acme.example, token: { env: BITBUCKET_TOKEN }, expires: 2027-09-30 }`;
  return [
    '# Bitbucket API tokens by a name of your choice. email is the Atlassian account that made the token; expires is the day it runs out.',
    ...(token === undefined ? [example] : ['tokens:', `  ${TOKEN}: ${flow(token)}`]),
  ];
}

function assignLines(found: readonly FoundWorkspace[], hasToken: boolean): string[] {
  const mark = hasToken && found.length > 0 ? '' : '# ';
  const rows = found.length > 0 ? found : [{ workspace: 'acme', repositories: 0 }];
  return [
    '# Which object gets which token. The first row that fits wins; what no row fits is reported and left alone. More keys: project, plan, level,',
    '# repository, username, sharedCredential; values may be globs.',
    ...(found.length > 0 ? ['# Proposed from the workspaces that were found on the server: give each the token of an account that reads it.'] : []),
    `${mark}assign:`,
    ...rows.map(({ workspace, repositories }) => `${mark}  - ${flow({ workspace, token: TOKEN })}${repositories === 0 ? '' : `   # ${repositories} found`}`),
  ];
}

const PREVIOUS = `# Secrets of before by user name, for rollback where the server does not hand the old one out.
# previous:
#   buildbot: { file: ./old-app-password }
`;

/** The text of a first configuration, with a comment to everything, and a proposal for `assign`. */
export function firstConfigText(answers: FirstAnswers, found: readonly FoundWorkspace[]): string {
  const sections = [bambooLines(answers), tokenLines(answers.token), assignLines(found, answers.token !== undefined)];
  return [HEAD, ...sections.map((lines) => `${lines.join('\n')}\n`), PREVIOUS].join('\n');
}
