import { RekeyError } from '../core/errors.ts';
import { GIT_TOKEN_USERNAME } from '../core/model.ts';
import type { Bitbucket, CallCount, Clock, Http, HttpRequest, HttpResponse, Pair } from '../core/ports.ts';
import { refusal, type TokenRefusal } from '../core/token-cause.ts';
import { createCallCounts } from './call-counts.ts';
import { classifyIdentity } from './identity-answer.ts';
import { classifyProbe } from './probe-answer.ts';
import { grantsPage, readList, workspacesPage } from './read-list.ts';
import { classifyRepository } from './repository-answer.ts';

/** Where Bitbucket Cloud is, and the way to it. */
export interface BitbucketOptions {
  /** Sends each request once, so that every one of them is counted. */
  readonly http: Http;
  /** Repeats what met a passing failure. */
  readonly retry: (http: Http) => Http;
  readonly clock: Clock;
  /** Base address of REST, without a slash at its end. */
  readonly api: string;
  /** Base address of git over https, without a slash at its end. */
  readonly git: string;
}

/** Enough for the first pkt-line; the advertisement of a large repository is megabytes. */
const FIRST_BYTES = 256;
/** The longest page there is; the usual one has ten entries [D]. */
const LONGEST_PAGE = 'pagelen=100';

/** Makes a client that asks and changes nothing. */
export function createBitbucket(options: BitbucketOptions): Bitbucket {
  const counts = createCallCounts(options.clock);
  const counted = ({ secret }: Pair, side: keyof CallCount): Http => options.retry(counts.counting(options.http, secret, side));
  return { ...restCalls(options.api, (pair) => counted(pair, 'rest')), ...gitCalls(options.git, (pair) => counted(pair, 'git')), spent: counts.spent };
}

function restCalls(api: string, httpFor: (pair: Pair) => Http): Pick<Bitbucket, 'identity' | 'workspaces' | 'grants' | 'repository'> {
  // Email and token, Basic, to this host only [D].
  const call = <T>(url: string, pair: Pair, signal: AbortSignal | undefined, classify: (response: HttpResponse) => T): Promise<T | TokenRefusal> =>
    ask(httpFor(pair), get(url, pair, { accept: 'application/json' }, signal), classify);
  return {
    identity: (pair, signal) => call(`${api}/user`, pair, signal, classifyIdentity),
    workspaces: (pair, signal) => readList(`${api}/user/workspaces?${LONGEST_PAGE}`, (url) => call(url, pair, signal, workspacesPage)),
    grants: (pair, workspace, goOn, signal) =>
      readList(
        `${api}/user/workspaces/${encodeURIComponent(workspace)}/permissions/repositories?${LONGEST_PAGE}`,
        (url) => call(url, pair, signal, (response) => grantsPage(response, workspace)),
        goOn,
      ),
    repository: (pair, workspace, slug, signal) =>
      call(`${api}/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}`, pair, signal, (response) =>
        classifyRepository(response, `${workspace}/${slug}`),
      ),
  };
}

function gitCalls(git: string, httpFor: (pair: Pair) => Http): Pick<Bitbucket, 'probe'> {
  return {
    // The static user name: git refuses the email [M]. The credential goes with the first request, so that no public repository answers without it.
    probe(token, workspace, slug, signal) {
      const url = `${git}/${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}.git/info/refs?service=git-upload-pack`;
      const pair = { username: GIT_TOKEN_USERNAME, secret: token };
      return ask(httpFor(pair), { ...get(url, pair, {}, signal), firstBytes: FIRST_BYTES }, (response) => classifyProbe(response, `${workspace}/${slug}`));
    },
  };
}

function get(url: string, pair: Pair, headers: Readonly<Record<string, string>>, signal: AbortSignal | undefined): HttpRequest {
  return { effect: 'read', method: 'GET', url, headers: { ...headers, authorization: basic(pair) }, ...(signal === undefined ? {} : { signal }) };
}

function basic({ username, secret }: Pair): string {
  return `Basic ${Buffer.from(`${username}:${secret.reveal()}`, 'utf8').toString('base64')}`;
}

/** A Bitbucket that cannot be reached from here says nothing of the token: Bamboo may reach it. */
async function ask<T>(http: Http, request: HttpRequest, classify: (response: HttpResponse) => T): Promise<T | TokenRefusal> {
  try {
    return classify(await http.send(request));
  } catch (thrown) {
    if (!(thrown instanceof RekeyError) || (thrown.code !== 'SERVER_UNREACHABLE' && thrown.code !== 'TLS_REFUSED')) throw thrown;
    return refusal('unreachable', thrown.message, thrown.remedy);
  }
}
