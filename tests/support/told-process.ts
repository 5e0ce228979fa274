import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A child process that is told what to do by lines, and answers each with one line. */
export class ToldProcess {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcess, answers: AsyncIterator<string>) {
    this.#child = child;
    this.#answers = answers;
  }

  /** Starts a TypeScript file and waits for its first line. */
  static async start(file: string, ...parameters: readonly string[]): Promise<ToldProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] });
    const told = new ToldProcess(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await told.#answer();
    return told;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Says one line and gives the answer. */
  async tell(line: string): Promise<string> {
    this.#child.stdin?.write(`${line}\n`);
    return await this.#answer();
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #answer(): Promise<string> {
    const { done, value } = await this.#answers.next();
    return done === true ? 'ended' : value;
  }
}
