import { readFileSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { parseDocument } from 'yaml';
import { type Simulator, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { type Authority, createAuthority } from './certificates.ts';
import { runHere, type Told } from './fault-command.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { keepPrinted } from './printed.ts';
import { temporaryDirectories } from './temporary-directory.ts';

const NAME = 'bamboo-rekey.yaml';

/** A simulated Bamboo behind TLS, and a directory with a configuration for it. */
export interface TlsWorld {
  readonly simulator: Simulator;
  readonly directory: string;
  readonly proxy: FaultProxy;
  /** Changes the configuration at a path. */
  configure(path: readonly string[], value: unknown): void;
  /** Writes a file into the directory, and names it as the configuration would. */
  write(name: string, content: string): string;
  /** Names an authority in the configuration. */
  trust(authority: string): void;
  /** What went over the connection: requests, and credentials with them. */
  sent(): readonly unknown[];
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Told>;
  stop(): Promise<void>;
}

/** What the suites about certificates share: two authorities, and one world for each test. */
export interface TlsSuite {
  readonly ours: Authority;
  readonly others: Authority;
  readonly world: TlsWorld;
  open(secure: ServerOptions, host?: string): Promise<void>;
}

/** Where a certificate of a local server counts. */
export const LOCAL = 'DNS:localhost,IP:127.0.0.1';
/** An apply that goes on whatever fails. */
export const APPLY = ['apply', 'plan.json', '--yes', '--concurrency', '1', '--test', 'none', '--max-failures', '50'] as const;

/** Makes and removes them around the tests of the calling file. */
export function tlsSuite(): TlsSuite {
  const temporaryDirectory = temporaryDirectories();
  const [ours, others] = [createAuthority(), createAuthority()];
  let world: TlsWorld | undefined;
  afterEach(async () => {
    await world?.stop();
    world = undefined;
  });
  afterAll(() => {
    ours.remove();
    others.remove();
  });
  return {
    ...{ ours, others },
    get world() {
      if (world === undefined) throw new TypeError('The world is not open yet.');
      return world;
    },
    async open(secure, host) {
      world = await startTlsWorld(temporaryDirectory(), secure, host);
    },
  };
}

/** Starts one in an empty directory, at the given host name, which must lead to this computer. */
async function startTlsWorld(directory: string, secure: ServerOptions, host = '127.0.0.1'): Promise<TlsWorld> {
  const simulator = await startSimulator({ repositories: 6, seed: 'crash' });
  const proxy = await startFaultProxy(() => new URL(simulator.bambooUrl).origin, secure);
  const file = join(directory, NAME);
  await writeSimulatorConfig(simulator, file);
  const configure: TlsWorld['configure'] = (path, value) => {
    const document = parseDocument(readFileSync(file, 'utf8'));
    document.setIn(path, value);
    writeFileSync(file, String(document));
  };
  configure(['bamboo', 'url'], `https://${host}:${proxy.port}${new URL(simulator.bambooUrl).pathname}`);
  const write: TlsWorld['write'] = (name, content) => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return `./${name}`;
  };
  return {
    ...{ simulator, directory, proxy, configure, write },
    trust: (authority) => configure(['bamboo', 'tls'], { ca: write('ca.pem', authority) }),
    sent: () => [...simulator.requests().filter(({ server }) => server === 'bamboo'), ...proxy.credentials],
    run: async (words, env = {}) => {
      const told = await runHere({ directory, env }, words);
      keepPrinted(directory, words.join(' '), told.stdout + told.stderr);
      return told;
    },
    stop: async () => {
      await proxy.close();
      await simulator.stop();
    },
  };
}
