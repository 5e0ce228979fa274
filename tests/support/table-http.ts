import { RekeyError } from '../../src/core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../src/core/ports.ts';
import { keepFromStandIn } from './sent-imports.ts';

/** An answer in short; a text body goes out as HTML, an object as JSON. */
export interface TableAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string | object;
}

/** What stands in the table for one request line: one answer for good, answers in turn (the last stays), or a function. */
export type TableEntry = TableAnswer | readonly TableAnswer[] | ((request: HttpRequest) => TableAnswer | RekeyError);

/** An Http that answers from a table of "METHOD /path" or "METHOD /path?query"; a line that nobody asked for is told. */
export interface TableHttp extends Http {
  readonly requests: readonly HttpRequest[];
  /** Lines of the table that were never asked for. */
  unused(): string[];
  /** Request lines in order, without the origin. */
  lines(): string[];
}

function write(url: string, { status = 200, headers = {}, cookies = [], body = '' }: TableAnswer): HttpResponse {
  const json = typeof body !== 'string';
  const type = { 'content-type': json ? 'application/json;charset=UTF-8' : 'text/html;charset=UTF-8' };
  return { status, url, headers: { ...type, ...headers }, setCookies: cookies, body: Buffer.from(json ? JSON.stringify(body) : body) };
}

function isTurns(entry: TableEntry): entry is readonly TableAnswer[] {
  return Array.isArray(entry);
}

/** Makes one from its table. */
export function tableHttp(table: Readonly<Record<string, TableEntry>>): TableHttp {
  const requests: HttpRequest[] = [];
  const asked = new Map<string, number>();
  const lineOf = (request: HttpRequest) => `${request.method} ${request.url.slice(new URL(request.url).origin.length)}`;
  return {
    requests,
    unused: () => Object.keys(table).filter((line) => !asked.has(line)),
    lines: () => requests.map(lineOf),
    async send(request) {
      requests.push(request);
      keepFromStandIn(request);
      const exact = lineOf(request);
      const line = exact in table ? exact : exact.replace(/\?.*$/, '');
      const entry = table[line];
      if (entry === undefined) throw new RangeError(`${exact} is not in the table`);
      const turn = asked.get(line) ?? 0;
      asked.set(line, turn + 1);
      const answer = typeof entry === 'function' ? entry(request) : isTurns(entry) ? (entry[Math.min(turn, entry.length - 1)] ?? {}) : entry;
      if (answer instanceof RekeyError) throw answer;
      return write(request.url, answer);
    },
  };
}
