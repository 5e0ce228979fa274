import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** One request for `git http-backend`, in CGI's own words. */
interface CgiRequest {
  variables: Record<string, string>;
  body: Readable;
}

/** What the CGI program answered. */
export interface CgiAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Runs git's own server for one request. The answer is held whole: the template's pack is a few hundred bytes. */
export async function runHttpBackend(request: CgiRequest): Promise<CgiAnswer> {
  // `env` adds CGI's variables to the inherited environment, in which git is found.
  const assignments = Object.entries(request.variables).map(([name, value]) => `${name}=${value}`);
  const backend = spawn('env', [...assignments, 'git', 'http-backend'], { stdio: ['pipe', 'pipe', 'ignore'] });
  // A program that could not be started ends its output at once, and that is answered with 502.
  backend.on('error', () => undefined);
  // The backend may answer before it has read the whole body; the broken pipe is then no fault.
  backend.stdin.on('error', () => undefined);
  request.body.pipe(backend.stdin);
  // A client that leaves in the middle closes without an end.
  request.body.once('close', () => backend.stdin.end());
  return parseCgi(await buffer(backend.stdout));
}

function parseCgi(output: Buffer): CgiAnswer {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(lines.filter((line) => line.includes(':')).map(splitHeader));
  const { status = end === -1 ? '502' : '200', ...others } = headers;
  return { status: Number.parseInt(status, 10), headers: others, body: output.subarray(end === -1 ? output.length : end + 4) };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
