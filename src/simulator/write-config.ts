import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { SimulatorError } from './simulator-error.ts';
import type { Simulator } from './simulator-types.ts';

/** A configuration for the simulator, and the files that hold its secrets. */
export interface WrittenConfig {
  readonly yaml: string;
  /** Path and content of every secret file. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

/** What a written configuration carries beside the usual. */
export interface ConfigOptions {
  /** The server's home folder and where it is to be read, which opens the import route. */
  readonly home?: boolean;
}

const HEAD = '# For the simulator at';

/** Writes a `bamboo-rekey.yaml` that fits the running simulator; each secret goes into a file of its own beside it. */
export async function writeSimulatorConfig(simulator: Simulator, file: string, options: ConfigOptions = {}): Promise<WrittenConfig> {
  await refuseForeign(file);
  const folder = `${basename(file).replace(/\.ya?ml$/, '')}.secrets`;
  const files: { path: string; content: string }[] = [];
  const secret = (name: string, content: string): { file: string } => {
    files.push({ path: join(dirname(file), folder, name), content });
    return { file: `./${folder}/${name}` };
  };
  const yaml = `${HEAD} ${simulator.bambooUrl}: the values are made up and good for nothing else.\n${stringify(configOf(simulator, options, secret))}`;
  await mkdir(join(dirname(file), folder), { recursive: true, mode: 0o700 });
  for (const each of files) await writeFile(each.path, each.content, { mode: 0o600 });
  await writeFile(file, yaml, { mode: 0o600 });
  return { yaml, files };
}

/** A configuration of a real server is never replaced by one of the simulator. */
async function refuseForeign(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.trim() !== '' && !text.startsWith(HEAD)) throw new SimulatorError(`${file} exists and was not written for a simulator. Name another file.`);
}

function configOf(simulator: Simulator, options: ConfigOptions, secret: (name: string, content: string) => { file: string }): object {
  const tokens = simulator.tokens.map(({ name, email, value, expires }) => [name, { email, token: secret(`token-${name}`, value), expires }] as const);
  const previous = simulator.appPasswordUsers.map((user, index) => [user.username, secret(`app-password-${index + 1}`, user.password)] as const);
  const token = simulator.tokens[0]?.name;
  return {
    bamboo: {
      url: simulator.bambooUrl,
      rest: { token: secret('rest-token', simulator.restToken) },
      login: { username: simulator.login.username, password: secret('login-password', simulator.login.password) },
      ...(options.home === true ? { home: { ...simulator.home } } : {}),
    },
    bitbucket: { api: simulator.bitbucketApiUrl, git: simulator.bitbucketGitUrl },
    tokens: Object.fromEntries(tokens),
    assign: token === undefined ? [] : simulator.workspaces.map((workspace) => ({ workspace, token })),
    previous: Object.fromEntries(previous),
  };
}
