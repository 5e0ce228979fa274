import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Answer, type Exchange, type Fault, send } from './fault-proxy.ts';

/** A fault with what it is good for. */
export interface FaultKind {
  readonly name: string;
  readonly fault: Fault;
  /** It is a passing one: whoever only reads asks again, and gets over it when it came once. */
  readonly passes: boolean;
  /** The client gives it up by its own limits: short ones are used where it waits. `after the work`: not before a write has been carried out. */
  readonly needsLimits?: 'at once' | 'after the work';
}

const HTML = { 'content-type': 'text/html;charset=UTF-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const XML = { 'content-type': 'application/xml' };

/** Everything that came with the request stands in the answer, as in a trace that a careless server shows: nothing of it may be repeated. */
async function echo({ request }: Exchange): Promise<string> {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return [...headers, (await buffer(request)).toString('latin1')].join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replace(/xsrf/gi, 'form');
}

/** Answers without asking the true server. */
function answers(status: number, headers: Readonly<Record<string, string>>, body: (traces: string) => string): Fault {
  return async (exchange) => send(exchange.response, { status, headers, body: Buffer.from(body(await echo(exchange))) });
}

function page(title: string, body: string): (trace: string) => string {
  return (trace) =>
    `<!DOCTYPE html><html><head><title>${title} - Bamboo</title></head><body class="aui"><h1>${title}</h1><div class="aui-message error"><p>${title} for ${trace}</p></div>${body}</body></html>`;
}

/** Lets the true server answer and sends something else of it. */
function spoils(change: (answer: Answer) => Answer): Fault {
  return async ({ response, forward }) => send(response, change(await forward()));
}

function limited(retryAfter?: string): Fault {
  const headers = { ...JSON_TYPE, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) };
  return answers(429, headers, (trace) => JSON.stringify({ message: `Rate limit exceeded for ${trace}`, 'status-code': 429 }));
}

const LOGIN_FORM =
  '<form id="loginForm" name="loginForm" method="post" action="/bamboo/userlogin.action"><input name="os_username"/><input type="password" name="os_password"/></form>';
const WEB_SUDO =
  '<form id="websudo" method="post" action="/bamboo/webSudo.action"><input type="password" name="password"/></form><p>Secure administrator session</p>';
/** A billion laughs, for whoever expands entities. */
const XML_BOMB = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha">${[...'bcdefghij'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]><status><message>&j;</message></status>`;
/** Unpacks to more than is taken of any answer. */
const GZIP_BOMB = gzipSync(Buffer.alloc(40_000_000));
const SOME_MORE = Buffer.alloc(65_536, 'x');

/** Sends the head of a true answer with a longer body than comes, and what it has of it. */
function begin(response: Exchange['response'], answer: Answer, most: number, promised = answer.body.length + 10_000): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': promised });
  // Without any bytes of a body, the head waits for the first.
  response.flushHeaders();
  response.write(answer.body.subarray(0, most));
}

/** Sends so many bytes of a true answer that promises all of them, and ends the connection; a negative number counts from its end. */
function cutAfter(bytes: number, name = `an answer cut after ${bytes} bytes`): FaultKind {
  const fault: Fault = async ({ response, forward }) => {
    const answer = await forward();
    begin(response, answer, bytes < 0 ? answer.body.length + bytes : bytes, bytes < 0 ? answer.body.length : undefined);
    setImmediate(() => response.destroy());
  };
  return { name, passes: true, fault };
}

function trickle({ response }: Exchange): void {
  response.writeHead(200, HTML);
  const timer = setInterval(() => response.write('.'), 10);
  response.once('close', () => clearInterval(timer));
}

function endless({ response }: Exchange): void {
  response.writeHead(200, JSON_TYPE);
  const more = (): void => {
    while (!response.destroyed && response.write(SOME_MORE));
  };
  response.on('drain', more).write('{"searchResults": ["');
  more();
}

/** What any request may meet. */
export const WIRE_FAULTS: readonly FaultKind[] = [
  { name: '429', passes: true, fault: limited() },
  { name: '429, Retry-After in seconds', passes: true, fault: limited('7') },
  { name: '429, Retry-After as a date', passes: true, fault: limited(new Date(Date.now() + 20_000).toUTCString()) },
  { name: '429, Retry-After negative', passes: true, fault: limited('-30') },
  { name: '429, Retry-After huge', passes: true, fault: limited('99999999999999') },
  { name: '500', passes: false, fault: answers(500, HTML, page('A system error has occurred', '')) },
  { name: '502', passes: true, fault: answers(502, HTML, page('Bad gateway', '')) },
  { name: '503', passes: true, fault: answers(503, { ...HTML, 'retry-after': '3' }, page('Service unavailable', '')) },
  {
    name: '401',
    passes: false,
    fault: answers(401, JSON_TYPE, (trace) => JSON.stringify({ message: `Client must be authenticated, not ${trace}`, 'status-code': 401 })),
  },
  {
    name: '403',
    passes: false,
    fault: answers(403, JSON_TYPE, (trace) => JSON.stringify({ message: `You do not have permission for ${trace}`, 'status-code': 403 })),
  },
  {
    name: 'HTML with 200',
    passes: false,
    fault: answers(200, HTML, (trace) => `<html><head><title>One moment</title></head><body><h1>Please wait</h1>${trace}</body></html>`),
  },
  {
    name: 'XML with 200',
    passes: false,
    fault: answers(200, XML, (trace) => `<?xml version="1.0"?><status><status-code>500</status-code><message>Internal error ${trace}</message></status>`),
  },
  { name: 'an XML bomb', passes: false, fault: answers(200, XML, () => XML_BOMB) },
  { name: 'a JSON bomb', passes: false, fault: answers(200, JSON_TYPE, () => '['.repeat(200_000)) },
  { name: 'an HTML bomb', passes: false, fault: answers(200, HTML, () => `<html><body class="aui">${'<div>'.repeat(50_000)}atlassian`) },
  { name: 'the login page', passes: false, fault: answers(200, HTML, page('Log in', LOGIN_FORM)) },
  {
    name: 'a redirect to the login page',
    passes: false,
    fault: ({ response }) => send(response, { status: 302, headers: { location: '/bamboo/userlogin.action?os_destination=%2F' }, body: Buffer.alloc(0) }),
  },
  {
    name: 'the XSRF page',
    passes: false,
    fault: answers(403, HTML, page('XSRF Security Token Missing', '<p>Bamboo could not complete this action due to a missing form token.</p>')),
  },
  { name: 'the WebSudo page', passes: false, fault: answers(200, HTML, page('Secure administrator session', WEB_SUDO)) },
  {
    name: 'a truncated body',
    passes: false,
    fault: spoils((answer) => ({ ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length * 0.6)) })),
  },
  {
    name: 'a wrong content type',
    passes: false,
    fault: spoils((answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'image/png' } })),
  },
  {
    name: 'broken gzip',
    passes: true,
    fault: spoils((answer) => ({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } })),
  },
  {
    name: 'gzip cut short',
    passes: true,
    fault: spoils((answer) => ({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body: gzipSync(answer.body).subarray(0, -9) })),
  },
  {
    name: 'a gzip bomb',
    passes: true,
    fault: ({ response }) => send(response, { status: 200, headers: { ...HTML, 'content-encoding': 'gzip' }, body: GZIP_BOMB }),
  },
  cutAfter(20),
  {
    name: 'an answer lost after it was carried out',
    passes: true,
    fault: async ({ response, forward }) => {
      await forward();
      response.destroy();
    },
  },
  { name: 'a reset', passes: true, fault: ({ request }) => void request.socket.resetAndDestroy() },
  { name: 'no HTTP at all', passes: true, fault: ({ request }) => void request.socket.end('SSH-2.0-OpenSSH_9.6\r\n') },
  { name: 'a hang', passes: true, needsLimits: 'at once', fault: () => undefined },
  {
    name: 'a hang after the head',
    passes: true,
    needsLimits: 'after the work',
    fault: async ({ response, forward }) => begin(response, await forward(), 0),
  },
  { name: 'a slow trickle', passes: true, needsLimits: 'at once', fault: trickle },
  { name: 'an endless body', passes: true, needsLimits: 'at once', fault: endless },
  { name: 'a redirect loop', passes: false, fault: ({ response, url }) => send(response, { status: 302, headers: { location: url }, body: Buffer.alloc(0) }) },
];

/** Where else the true answer to a request that was carried out may end: in its head, and in the first word and before the last byte of its body. */
export const CUTS: readonly FaultKind[] = [
  {
    name: 'an answer cut in its head',
    passes: true,
    fault: async ({ request, forward }) => {
      const { status } = await forward();
      request.socket.end(`HTTP/1.1 ${status} OK\r\nContent-Ty`);
    },
  },
  cutAfter(0),
  cutAfter(1, 'an answer cut after 1 byte'),
  cutAfter(5),
  cutAfter(-1, 'an answer cut before its last byte'),
];

/** Leads to another origin. */
export function redirectTo(origin: () => string): FaultKind {
  const fault: Fault = ({ request, response }) => send(response, { status: 302, headers: { location: `${origin()}${request.url}` }, body: Buffer.alloc(0) });
  return { name: 'a redirect to another origin', passes: false, fault };
}

/** Changes the JSON of a true answer. */
export function rewritten(name: string, change: (text: string, exchange: Exchange) => string): FaultKind {
  const fault: Fault = async (exchange) => {
    const answer = await exchange.forward();
    send(exchange.response, { ...answer, body: Buffer.from(change(answer.body.toString(), exchange)) });
  };
  return { name, passes: false, fault };
}
