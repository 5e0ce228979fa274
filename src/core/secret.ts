import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

const PRINTED = '[secret]';

/** A value that cannot be printed. `reveal()` is called in one file per adapter. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The clear value: only for the wire. */
  reveal(): string {
    return this.#value;
  }

  /** Whether two secrets hold the same value. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  /** A digest to compare secrets by within one process; never written anywhere. */
  digest(): string {
    return createHash('sha256').update(this.#value).digest('hex');
  }

  toString(): string {
    return PRINTED;
  }

  toJSON(): string {
    return PRINTED;
  }

  [inspect.custom](): string {
    return PRINTED;
  }
}
