import type { NextFunction, Request, Response } from 'express';

/** One request as the log keeps it: never a header, a body or a secret. */
export interface LoggedRequest {
  readonly server: 'bamboo' | 'bitbucket';
  readonly method: string;
  /** Path and query, the context path included. */
  readonly path: string;
  /** The repository that the request names, where it names one. */
  readonly repositoryId: string | null;
  /** 0 where the connection ended before the answer was whole. */
  status: number;
}

const MOST_ENTRIES = 500_000;

/** The requests that a server has got, oldest first. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  /** Notes a request; its status is filled in when the answer is out. */
  note(server: LoggedRequest['server'], request: Request, repositoryId: string | null, response: Response): void {
    const entry: LoggedRequest = { server, method: request.method, path: withoutSecrets(request.originalUrl), repositoryId, status: 0 };
    if (this.#entries.length < MOST_ENTRIES) this.#entries.push(entry);
    response.on('finish', () => {
      entry.status = response.statusCode;
    });
  }

  /** A copy of what is noted. */
  entries(): LoggedRequest[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  /** Forgets what is noted. */
  clear(): void {
    this.#entries = [];
  }
}

/** Notes every request to the Bitbucket side. */
export function logBitbucket(log: RequestLog): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    log.note('bitbucket', request, null, response);
    next();
  };
}

function withoutSecrets(url: string): string {
  return url.replaceAll(/([?&][^=&]*(?:password|token|secret)[^=&]*=)[^&]*/gi, '$1');
}
