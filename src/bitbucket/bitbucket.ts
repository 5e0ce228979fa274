import { RekeyError } from '../core/errors.ts';
import { GIT_TOKEN_USERNAME } from '../core/model.ts';
import type { Bitbucket, Http, HttpRequest, HttpResponse, Pair, TokenAnswer } from '../core/ports.ts';
import { classifyIdentity } from './identity-answer.ts';
import { classifyProbe } from './probe-answer.ts';
import { undecided } from './refusals.ts';

/** Where Bitbucket Cloud is, and the way to it. */
export interface BitbucketOptions {
  readonly http: Http;
  /** Base address of REST, without a slash at its end. */
  readonly api: string;
  /** Base address of git over https, without a slash at its end. */
  readonly git: string;
}

/** Enough for the first pkt-line; the advertisement of a large repository is megabytes. */
const FIRST_BYTES = 256;

/** Makes a client that asks two questions and changes nothing. */
export function createBitbucket({ http, api, git }: BitbucketOptions): Bitbucket {
  return {
    // Email and token, Basic, to this host only [D].
    identity: (pair, signal) => ask(http, get(`${api}/user`, pair, { accept: 'application/json' }, signal), classifyIdentity),
    // The static user name: git refuses the email [M]. The credential goes with the first request, so that no public repository answers without it.
    probe(token, workspace, slug, signal) {
      const url = `${git}/${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}.git/info/refs?service=git-upload-pack`;
      const request = get(url, { username: GIT_TOKEN_USERNAME, secret: token }, {}, signal);
      return ask(http, { ...request, firstBytes: FIRST_BYTES }, (response) => classifyProbe(response, `${workspace}/${slug}`));
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
async function ask(http: Http, request: HttpRequest, classify: (response: HttpResponse) => TokenAnswer): Promise<TokenAnswer> {
  try {
    return classify(await http.send(request));
  } catch (thrown) {
    if (!(thrown instanceof RekeyError) || (thrown.code !== 'SERVER_UNREACHABLE' && thrown.code !== 'TLS_REFUSED')) throw thrown;
    return undecided(`${thrown.message} ${thrown.remedy}`);
  }
}
