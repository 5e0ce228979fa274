/** One request. `write` requests are never repeated by themselves. */
export interface HttpRequest {
  readonly effect: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute address. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Stop reading after so many bytes and answer with what came (git advertisement). */
  readonly firstBytes?: number;
  readonly signal?: AbortSignal;
  /** Asked when all waiting is over, just before the request leaves. @throws what keeps it from leaving */
  readonly mayLeave?: () => void;
}

/** One answer, as it came: no redirect followed, no status judged. Header names are lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: Uint8Array;
}

/**
 * Sends one request and gives the answer.
 * @throws RekeyError SERVER_UNREACHABLE | TLS_REFUSED when no whole answer came; for a `write` the act may have happened all the same.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}
