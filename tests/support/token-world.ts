import { createBitbucket } from '../../src/bitbucket/bitbucket.ts';
import { Config } from '../../src/core/config.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { Runtime } from '../../src/core/ports.ts';
import { Secret } from '../../src/core/secret.ts';
import { createTransport } from '../../src/http/transport.ts';
import { withPacing } from '../../src/http/with-pacing.ts';
import { withRetry } from '../../src/http/with-retry.ts';
import { createBitbucketWorld, type TokenSpec, type WorldOptions } from '../../src/simulator/bitbucket/world.ts';
import { checkTokens, type TokenRequest } from '../../src/verbs/check-tokens.ts';
import type { UsableToken } from '../../src/verbs/find-tokens.ts';
import type { TokenReport } from '../../src/verbs/token-findings.ts';
import type { Target } from '../../src/verbs/token-targets.ts';
import { fakeSession } from './fake-session.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { type OpenBitbucket, openBitbucket } from './simulated-bitbucket.ts';

/** How much is asked, with which part of the configuration, and after what. */
interface CheckOptions extends Pick<TokenRequest, 'sample' | 'earlier'> {
  readonly bitbucket?: object;
}

/** A simulated Bitbucket, and the product's own client on the real wire before it. */
export interface TokenWorld extends OpenBitbucket {
  readonly clock: ManualClock;
  readonly events: RunEvent[];
  readonly runtime: Runtime;
  config(bitbucket?: object): Config;
  /** Asks about some tokens; the names are those of the world, the repositories are `workspace/slug`. */
  check(targets: Readonly<Record<string, readonly string[]>>, options?: CheckOptions): Promise<TokenReport>;
  /** Requests that reached Bitbucket: `rest /user`, `git acme/shop`. */
  asked(): string[];
}

/** Opens one; its clock jumps over every wait. */
export async function openTokenWorld(options: Partial<WorldOptions> = {}): Promise<TokenWorld> {
  const clock = createManualClock();
  const open = await openBitbucket({ now: clock.now, ...options });
  const transport = createTransport({ env: {}, timeoutMs: 5_000, maxBytes: 1_000_000, maxSockets: 8 });
  const { session, seen } = fakeSession();
  const bitbucket = createBitbucket({
    http: withPacing(transport, clock),
    retry: (http) => withRetry(http, clock, () => 0),
    clock,
    api: `${open.url}/2.0`,
    git: open.url,
  });
  const runtime: Runtime = { ...session.runtime, clock, bitbucket: async () => bitbucket };
  const config = (part: object = {}): Config =>
    Config.parse({ bamboo: { url: 'https://bamboo.example.com' }, bitbucket: { api: `${open.url}/2.0`, git: open.url, ...part } });
  return {
    ...open,
    clock,
    events: seen.events,
    runtime,
    config,
    check: (targets, { sample, earlier, bitbucket: part } = {}) =>
      checkTokens(
        { tokens: open.world.tokens.map(usable), targets: new Map(Object.entries(targets).map(([name, list]) => [name, list.map(target)])), sample, earlier },
        config(part),
        runtime,
      ),
    asked: () =>
      open.world.log.map(
        ({ side, path }) =>
          `${side} ${path
            .replace(/^\/2\.0/, '')
            .replace(/\.git\/info\/refs.*/, '')
            .replace(/\?.*/, '')}`,
      ),
  };
}

/** A token of the world as the product holds it. */
function usable({ name, email, value, expires }: TokenSpec): UsableToken {
  return { name, email, expires: expires.toISOString().slice(0, 10), secret: new Secret(value) };
}

/** A repository that one object stands on. */
export function target(name: string): Target {
  const [workspace = '', slug = ''] = name.split('/');
  return { workspace, slug, keys: [`repository:${slug}`] };
}

/** So many repositories in so many workspaces, as evenly as it goes. */
export function manyRepositories(count: number, workspaces: readonly string[]): WorldOptions['workspaces'] {
  return workspaces.map((slug, index) => ({
    slug,
    repositories: Array.from({ length: count }, (_, number) => `repo-${number}`).filter((_, number) => number % workspaces.length === index),
  }));
}

/** Names of all repositories of a world. */
export function allNames(options: WorldOptions['workspaces']): string[] {
  return options.flatMap(({ slug, repositories }) => repositories.map((repository) => `${slug}/${repository}`));
}

/** Another account than the usual one. */
export function otherAccount(name: string): Pick<TokenSpec, 'account' | 'email'> {
  const [token] = createBitbucketWorld({ workspaces: [] }).tokens;
  if (token === undefined) throw new TypeError('A world has a token.');
  return { email: `${name}@acme.example`, account: { ...token.account, accountId: name, userName: name } };
}
