import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type { Switches } from '../switches.ts';
import type { User } from './accounts.ts';

/** One browser's session; before the login it belongs to nobody. */
export interface Session {
  readonly id: string;
  readonly xsrfToken: string;
  readonly user: User | null;
  /** The node of the cluster that holds it. */
  readonly node: string;
  /** Until when administrator pages open without the password, by the server's clock. */
  elevatedUntil: number;
}

/** The cookie by which a load balancer leads a browser back to its node; its name is a free choice. */
export const NODE_COOKIE = 'BAMBOO_ROUTE';

/** So long a secure administrator session lasts after its last use [D]. */
const ELEVATION_MS = 10 * 60_000;

/** The sessions of one server. */
export class Sessions {
  readonly #open = new Map<string, Session>();
  readonly #switches: Pick<Switches, 'loadBalancer'>;
  readonly #now: () => Date;

  constructor(switches: Pick<Switches, 'loadBalancer'>, now: () => Date) {
    this.#switches = switches;
    this.#now = now;
  }

  /** Opens a session and gives it a token for its forms. */
  start(user: User | null): Session {
    const session: Session = {
      id: randomBytes(16).toString('hex').toUpperCase(),
      xsrfToken: randomBytes(20).toString('hex'),
      user,
      node: `node-${1 + (randomBytes(1)[0] ?? 0)}`,
      elevatedUntil: 0,
    };
    this.#open.set(session.id, session);
    return session;
  }

  /** The session that the request's cookies name, if it still lives; behind a load balancer only where they lead to its node. */
  of(request: Request): Session | null {
    return this.named(request.headers.cookie ?? '');
  }

  /** The session that a Cookie header names. */
  named(header: string): Session | null {
    const session = this.#open.get(cookieIn(header, 'JSESSIONID') ?? '') ?? null;
    const isElsewhere = this.#switches.loadBalancer && cookieIn(header, NODE_COOKIE) !== session?.node;
    return isElsewhere ? null : session;
  }

  /** The Cookie header of a browser that holds this session. */
  cookieHeader(session: Session): string {
    const own = `JSESSIONID=${session.id}; atl.xsrf.token=${session.xsrfToken}`;
    return this.#switches.loadBalancer ? `${own}; ${NODE_COOKIE}=${session.node}` : own;
  }

  /** Makes a session a secure administrator session, for ten minutes after its last use. */
  elevate(session: Session): void {
    session.elevatedUntil = this.#now().getTime() + ELEVATION_MS;
  }

  /** Milliseconds that a secure administrator session still has; 0 where there is none. */
  elevationLeft(session: Session): number {
    return Math.max(0, session.elevatedUntil - this.#now().getTime());
  }

  /** Ends one session. */
  end(session: Session): void {
    this.#open.delete(session.id);
  }

  /** Ends every session, as a restart or another node would. */
  endAll(): void {
    this.#open.clear();
  }

  /** Ends every secure administrator session; the logins stay. */
  endElevations(): void {
    for (const session of this.#open.values()) session.elevatedUntil = 0;
  }
}

/** The value of one cookie in a Cookie header. */
function cookieIn(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
