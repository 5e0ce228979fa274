import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { User } from './accounts.ts';

/** One browser's session; before the login it belongs to nobody. */
export interface Session {
  readonly id: string;
  readonly xsrfToken: string;
  readonly user: User | null;
}

/** The sessions of one server. */
export class Sessions {
  readonly #open = new Map<string, Session>();

  /** Opens a session and gives it a token for its forms. */
  start(user: User | null): Session {
    const session: Session = { id: randomBytes(16).toString('hex').toUpperCase(), xsrfToken: randomBytes(20).toString('hex'), user };
    this.#open.set(session.id, session);
    return session;
  }

  /** The session that the request's cookie names, if it still lives. */
  of(request: Request): Session | null {
    return this.#open.get(cookieOf(request, 'JSESSIONID') ?? '') ?? null;
  }

  /** Ends one session. */
  end(session: Session): void {
    this.#open.delete(session.id);
  }

  /** Ends every session, as a restart or another node would. */
  endAll(): void {
    this.#open.clear();
  }
}

/** The value of one cookie. */
function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
