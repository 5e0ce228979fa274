import { endsEverything, toRekeyError } from '../core/errors.ts';
import type { ServerInfo } from '../core/model.ts';
import type { Bamboo, Runtime } from '../core/ports.ts';

/** Between two checkpoints that ask the server: often enough to stop early, and too seldom to cost time. */
const ASKED_EVERY_MS = 2_000;

/** Looks at a checkpoint of a run whether the server is still what it was when the run was checked: another version may not take what is written. */
export class ServerWatch {
  readonly #began: ServerInfo;
  readonly #bamboo: Pick<Bamboo, 'info'>;
  readonly #runtime: Pick<Runtime, 'clock' | 'stop'>;
  #asked: number | undefined;

  constructor(began: ServerInfo, bamboo: Pick<Bamboo, 'info'>, runtime: Pick<Runtime, 'clock' | 'stop'>) {
    this.#began = began;
    this.#bamboo = bamboo;
    this.#runtime = runtime;
  }

  /** Why nothing more may be started, where the server tells so; one that does not answer just now tells nothing. @throws RekeyError when the login was refused */
  async whyEnd(): Promise<string | undefined> {
    const now = this.#runtime.clock.now().getTime();
    if (this.#asked !== undefined && Math.abs(now - this.#asked) < ASKED_EVERY_MS) return undefined;
    this.#asked = now;
    try {
      const { version, state } = await this.#bamboo.info(this.#runtime.stop);
      if (version !== this.#began.version) return `Bamboo is of version ${version} now, and was of ${this.#began.version} when the run was checked`;
      return state === this.#began.state ? undefined : `Bamboo is in state ${state} now, and was in ${this.#began.state} when the run was checked`;
    } catch (thrown) {
      if (endsEverything(toRekeyError(thrown))) throw thrown;
      return undefined;
    }
  }
}
