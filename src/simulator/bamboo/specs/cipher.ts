import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const PREFIX = 'BAMSCRT@0@0@';

/** Secrets as the server hands them out: readable by itself alone, and the same for the same secret. */
export class SpecsCipher {
  readonly #key: Buffer;

  constructor(seed: string) {
    this.#key = createHash('sha256').update(`${seed} cipher`).digest();
  }

  /** A secret in the form that an export carries. */
  encrypt(secret: string): string {
    const cipher = createCipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16));
    return PREFIX + Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]).toString('base64');
  }

  /** The secret that a text stands for: one in clear stands for itself; `null` for what another server has encrypted. */
  decrypt(text: string): string | null {
    if (!text.startsWith('BAMSCRT@')) return text;
    try {
      const decipher = createDecipheriv('aes-256-cbc', this.#key, this.#key.subarray(0, 16));
      return Buffer.concat([decipher.update(Buffer.from(text.slice(PREFIX.length), 'base64')), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }
}
