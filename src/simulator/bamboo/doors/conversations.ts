import { randomUUID } from 'node:crypto';

/** Logins whose password was good and whose code is still to come. */
export class Conversations {
  readonly #users = new Map<string, string>();

  /** Begins one; its id is all that the browser has. */
  start(username: string): string {
    const id = randomUUID();
    this.#users.set(id, username);
    return id;
  }

  /** Lets another id, such as a session's, stand for a conversation. */
  bind(id: string, conversation: string): void {
    this.#users.set(id, this.#users.get(conversation) ?? '');
  }

  /** The user whose password was good; `null` for an id that stands for none. */
  userOf(id: string | null): string | null {
    return id === null ? null : (this.#users.get(id) ?? null);
  }
}
