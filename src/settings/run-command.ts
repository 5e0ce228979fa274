import { spawn } from 'node:child_process';

/** How a program that was asked for a secret ended. */
export type CommandEnd =
  | { readonly kind: 'printed'; readonly bytes: Uint8Array }
  | { readonly kind: 'not-started'; readonly code: string }
  | { readonly kind: 'failed'; readonly exit: number | string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-much' };

/** Where and how long a program may run. */
export interface CommandOptions {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Runs a program without a shell and takes what it prints. */
export type RunCommand = (command: readonly string[], options: CommandOptions) => Promise<CommandEnd>;

/** Its stderr goes nowhere, as it may repeat the secret; its stdin is empty, so that it cannot wait for one. Password programs ask on the terminal itself. */
export const runCommand: RunCommand = ([program = '', ...words], options) => {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd: options.directory, env: options.env, stdio: ['ignore', 'pipe', 'ignore'] });
    const pieces: Buffer[] = [];
    let length = 0;
    // What it started may hold the pipe open after its death: nobody waits for that.
    const finish = (end: CommandEnd) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdout.destroy();
      resolve(end);
    };
    const timer = setTimeout(finish, options.timeoutMs, { kind: 'timed-out' });
    child.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > options.maxBytes) finish({ kind: 'too-much' });
    });
    child.once('error', (error: Error & { readonly code?: string }) => finish({ kind: 'not-started', code: error.code ?? '' }));
    child.once('close', (exit, signal) =>
      finish(exit === 0 ? { kind: 'printed', bytes: Buffer.concat(pieces) } : { kind: 'failed', exit: exit ?? String(signal) }),
    );
  });
};
