import { endsEverything, toRekeyError } from '../core/errors.ts';
import type { ServerInfo } from '../core/model.ts';
import type { Bamboo, Runtime } from '../core/ports.ts';

/** After a question nobody asks again for so many times as long as its answer took: a slow server is asked less often than a fast one. */
const REST_PER_ANSWER = 20;

/** Looks at a checkpoint of a run whether the server is still what it was when the run was checked: another version may not take what is written. */
export class ServerWatch {
  readonly #began: ServerInfo;
  readonly #bamboo: Pick<Bamboo, 'info'>;
  readonly #runtime: Pick<Runtime, 'clock' | 'stop'>;
  /** When the last answer came, and for how long nobody asks from then; for ever while an answer is awaited. */
  #restsFrom = 0;
  #restMs = 0;

  constructor(began: ServerInfo, bamboo: Pick<Bamboo, 'info'>, runtime: Pick<Runtime, 'clock' | 'stop'>) {
    this.#began = began;
    this.#bamboo = bamboo;
    this.#runtime = runtime;
  }

  /** Why nothing more may be started, where the server tells so; one that does not answer just now tells nothing. @throws RekeyError when the login was refused */
  async whyEnd(): Promise<string | undefined> {
    const asked = this.#now();
    if (Math.abs(asked - this.#restsFrom) < this.#restMs) return undefined;
    this.#restMs = Number.POSITIVE_INFINITY;
    try {
      const { version, state } = await this.#bamboo.info(this.#runtime.stop);
      if (version !== this.#began.version) return `Bamboo is of version ${version} now, and was of ${this.#began.version} when the run was checked`;
      return state === this.#began.state ? undefined : `Bamboo is in state ${state} now, and was in ${this.#began.state} when the run was checked`;
    } catch (thrown) {
      if (endsEverything(toRekeyError(thrown))) throw thrown;
      return undefined;
    } finally {
      this.#restsFrom = this.#now();
      this.#restMs = REST_PER_ANSWER * Math.max(0, this.#restsFrom - asked);
    }
  }

  #now(): number {
    return this.#runtime.clock.now().getTime();
  }
}
