import { execFile } from 'node:child_process';
import { once } from 'node:events';

/** How a client program ended, and what it said. */
export interface ClientRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a third party's program to its end, with no prompts and none of the user's own git settings. */
export async function runClient(program: string, parameters: string[], environment: Record<string, string> = {}): Promise<ClientRun> {
  const settings = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  const said = { stdout: '', stderr: '' };
  const child = execFile(program, parameters, { env: { ...process.env, ...settings, ...environment } }, (_error, stdout, stderr) =>
    Object.assign(said, { stdout, stderr }),
  );
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}
