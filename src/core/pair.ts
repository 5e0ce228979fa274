import type { Secret } from './secret.ts';

/** A user name with the secret that belongs to it. */
export interface Pair {
  readonly username: string;
  readonly secret: Secret;
  /** The server's own document that the pair stood in: the import route puts both values back as they were written there. */
  readonly document?: string;
}
