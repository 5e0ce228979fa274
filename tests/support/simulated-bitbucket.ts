import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  type BitbucketWorld,
  bitbucketApp,
  createBitbucketWorld,
  stopBitbucketWorld,
  type TokenSpec,
  type WorldOptions,
} from '../../src/simulator/bitbucket/world.ts';

/** A user name and a password, in the order that Basic wants them. */
export type Pair = [userName: string, password: string];

/** A simulated Bitbucket that listens on a free port. */
export interface OpenBitbucket {
  world: BitbucketWorld;
  token: TokenSpec;
  url: string;
  rest(path: string, pair?: Pair): Promise<Response>;
  probe(repository: string, pair?: Pair): Promise<Response>;
  close(): Promise<void>;
}

/** The static user name that git wants beside an API token. */
const STATIC_USER = 'x-bitbucket-api-token-auth';

/** Starts a simulated Bitbucket with two workspaces, `acme` (three repositories) and `umbrella` (one), unless told otherwise. */
export async function openBitbucket(options: Partial<WorldOptions> = {}): Promise<OpenBitbucket> {
  const world = createBitbucketWorld({ workspaces: twoWorkspaces(), ...options });
  const server = bitbucketApp(world).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    world,
    token: firstToken(world),
    url,
    rest: (path, pair) => fetch(`${url}/2.0${path}`, { headers: authorization(pair), redirect: 'manual' }),
    probe: (repository, pair) => fetch(`${url}/${repository}.git/info/refs?service=git-upload-pack`, { headers: authorization(pair), redirect: 'manual' }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await stopBitbucketWorld(world);
    },
  };
}

/** The pair that REST wants. */
export function restPair(token: TokenSpec): Pair {
  return [token.email, token.value];
}

/** The pair that git wants. */
export function gitPair(token: TokenSpec): Pair {
  return [STATIC_USER, token.value];
}

function authorization(pair?: Pair): Record<string, string> {
  return pair ? { authorization: `Basic ${Buffer.from(pair.join(':')).toString('base64')}` } : {};
}

function twoWorkspaces(): WorldOptions['workspaces'] {
  return [
    { slug: 'acme', repositories: ['shop', 'stock', 'till'] },
    { slug: 'umbrella', repositories: ['rain'] },
  ];
}

function firstToken(world: BitbucketWorld): TokenSpec {
  const [token] = world.tokens;
  if (!token) throw new TypeError('A simulated Bitbucket for a test needs a token.');
  return token;
}
