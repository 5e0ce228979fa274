import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import type { PlanFile } from '../../src/core/plan-file.ts';
import type { Http, HttpRequest } from '../../src/core/ports.ts';
import { createTransport } from '../../src/http/transport.ts';
import { bundleBin } from './bundled-bin.ts';
import { shareCredentials } from './crash-worlds.ts';
import { runHere, type Told } from './fault-command.ts';
import { type Asked, type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type LocalServer, startServer } from './local-server.ts';
import { keepPrinted, takePrinted } from './printed.ts';
import { ScenarioWorld, type WorldOptions } from './scenario-world.ts';
import { type Artefact, findSecrets, type SoughtSecret } from './secret-search.ts';
import { twinFrom } from './world-contents.ts';

/** The plans that may be made: by forms, by import where that is open, of shared credentials, of twins. */
const PLANS = {
  'plan.json': [],
  'import.json': ['-c', 'import.yaml'],
  'credentials.json': ['--kind', 'credentials'],
  'twins.json': ['-c', 'import.yaml', '--as-git'],
} as const;

interface Setting {
  readonly server: WorldOptions;
  /** Beside plan.json, which everyone has. */
  readonly plans: readonly (keyof typeof PLANS)[];
}

/** Servers at which requests meet faults: repositories alone; shared credentials in use, too; a two-step login, and pages that ask for the password again. */
const WORLDS = {
  usual: { server: {}, plans: ['import.json'] },
  shared: { server: { prepare: shareCredentials }, plans: ['credentials.json', 'twins.json'] },
  doors: { server: { profile: 'modern' }, plans: [] },
} as const satisfies Record<string, Setting>;

/** The name of such a server. */
export type FaultWorldName = keyof typeof WORLDS;

/** A run that went before the command that meets a fault; where it broke off, it did not get its later writes through. */
export interface Stage {
  readonly words: readonly string[];
  readonly breaksOff?: (asked: Asked) => boolean;
}

/** What the wire does beside the proxies' faults. */
export type WireFault = 'none' | 'limits' | 'generous-limits' | 'unknown-host' | 'bug';

/** Limits at which a fault that only waits is given up: nobody waits for it in vain. */
const SHORT = { env: {}, timeoutMs: 60, maxBytes: 300_000, maxSockets: 8 };
/** Long enough for the true server to carry out what it was sent, on any machine. */
const GENEROUS = { ...SHORT, timeoutMs: 3_000 };
const NAME = 'bamboo-rekey.yaml';

/** A simulated server behind proxies that break requests, and the whole command line inside this process, on a clock that nobody waits for. */
export class FaultWorld {
  readonly scenario: ScenarioWorld;
  readonly bamboo: FaultProxy;
  readonly bitbucket: FaultProxy;
  /** A server at another origin, and what it was asked. */
  readonly stranger: LocalServer;
  readonly strays: string[];
  /** What was searched for secrets so far. */
  readonly searched = { artefacts: 0, bytes: 0 };
  readonly #impatient = createTransport(SHORT);
  readonly #generous = createTransport(GENEROUS);
  #wire: WireFault = 'none';

  private constructor(scenario: ScenarioWorld, bamboo: FaultProxy, bitbucket: FaultProxy, stranger: LocalServer, strays: string[]) {
    this.scenario = scenario;
    this.bamboo = bamboo;
    this.bitbucket = bitbucket;
    this.stranger = stranger;
    this.strays = strays;
  }

  /** Starts a server, and makes its plans. */
  static async open(temporary: () => string, name: FaultWorldName = 'usual'): Promise<FaultWorld> {
    const scenario = await ScenarioWorld.open(await bundleBin(temporary()), temporary(), { repositories: 6, ...WORLDS[name].server });
    const { simulator } = scenario;
    const bamboo = await startFaultProxy(() => new URL(simulator.bambooUrl).origin);
    const bitbucket = await startFaultProxy(() => simulator.bitbucketGitUrl);
    const strays: string[] = [];
    const stranger = await startServer((request, response) => {
      strays.push(`${request.method} ${request.url} ${Object.keys(request.headers).join()}`);
      response.end('{}');
    });
    const world = new FaultWorld(scenario, bamboo, bitbucket, stranger, strays);
    await world.#plan(WORLDS[name].plans);
    return world;
  }

  get directory(): string {
    return this.scenario.directory;
  }

  /** Everything that stands at the start; the faults are gone. */
  reset(): void {
    this.heal();
    this.strays.splice(0);
    this.scenario.reset();
    for (const name of ['run.log', 'inventory.json', 'planned.json']) rmSync(join(this.directory, name), { force: true });
  }

  /** The same, and what is to happen before a command has happened. */
  async begin(stage?: Stage): Promise<void> {
    this.reset();
    if (this.scenario.twins.length > 0) await this.scenario.begin(undefined, 'old');
    if (stage === undefined) return;
    const { words, breaksOff: meets } = stage;
    if (meets !== undefined) this.bamboo.arm({ meets, skip: 1, fault: ({ request }) => void request.socket.resetAndDestroy() });
    const { exit, stdout, stderr } = await this.run(...words);
    if ((exit === 0) !== (meets === undefined)) throw new TypeError(`The run before did not end as it should: ${stdout}${stderr}`);
    this.heal();
  }

  /** Ends every fault; what the server holds stays. */
  heal(): void {
    this.bamboo.disarm();
    this.bitbucket.disarm();
    this.scenario.simulator.clearFaults();
    this.#wire = 'none';
  }

  /** Requests that wait for a fault meet this one on their way, too. */
  breakWire(wire: WireFault): void {
    this.#wire = wire;
  }

  /** Runs one command line. Everything that it prints is kept for the search for secrets. */
  async run(...words: readonly string[]): Promise<Told> {
    const told = await runHere({ directory: this.directory, http: (http) => this.#breakable(http) }, words);
    keepPrinted(this.directory, `stdout of ${words.join(' ')}`, told.stdout);
    keepPrinted(this.directory, `stderr of ${words.join(' ')}`, told.stderr);
    return told;
  }

  /** Secrets that stand in anything that was written or printed since the last look: what is configured or stored, and what let somebody in on the wire. */
  leaks(): string[] {
    const artefacts = [...takePrinted(this.directory), ...this.#written()];
    const onTheWire = [...this.bamboo.credentials, ...this.bitbucket.credentials];
    const lent: SoughtSecret[] = onTheWire.map((value) => ({ name: 'a credential on the wire', value, startsInClear: true }));
    this.searched.artefacts += artefacts.length;
    this.searched.bytes += artefacts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return findSecrets([...this.scenario.secrets, ...lent], artefacts);
  }

  /** Changes the configuration at a path. */
  configure(path: readonly string[], value: unknown, name = NAME): void {
    const document = parseDocument(readFileSync(join(this.directory, NAME), 'utf8'));
    document.setIn(path, value);
    writeFileSync(join(this.directory, name), String(document));
  }

  async stop(): Promise<void> {
    await Promise.all([this.bamboo, this.bitbucket, this.stranger].map((server) => server.close()));
    await this.scenario.stop();
  }

  async #plan(names: Setting['plans']): Promise<void> {
    const { bambooUrl, home } = this.scenario.simulator;
    this.configure(['bamboo', 'url'], this.bamboo.url + new URL(bambooUrl).pathname);
    this.configure(['bitbucket', 'api'], `${this.bitbucket.url}/2.0`);
    this.configure(['bitbucket', 'git'], this.bitbucket.url);
    this.configure(['bamboo', 'home'], { ...home }, 'import.yaml');
    for (const name of ['plan.json', ...names] as const) {
      const { exit, stderr } = await this.run('plan', ...PLANS[name], '-o', name);
      if (exit !== 0) throw new TypeError(`The plan could not be made: ${stderr}`);
    }
    if (!names.includes('twins.json')) return;
    const { changes } = JSON.parse(readFileSync(join(this.directory, 'twins.json'), 'utf8')) as PlanFile;
    this.scenario.twins = changes.filter(({ object }) => object === 'twin').map((change) => twinFrom(change, this.scenario.simulator));
  }

  #breakable(http: Http): Http {
    return {
      send: (request) => {
        if (this.#wire === 'none' || !this.#isAwaited(request)) return http.send(request);
        if (this.#wire === 'limits') return this.#impatient.send(request);
        if (this.#wire === 'generous-limits') return this.#generous.send(request);
        if (this.#wire === 'bug') throw bugWith(request);
        const { port, pathname, search } = new URL(request.url);
        return http.send({ ...request, url: `http://no-such-host.invalid:${port}${pathname}${search}` });
      },
    };
  }

  #isAwaited({ method, url }: HttpRequest): boolean {
    const { origin, pathname, search } = new URL(url);
    const proxy = [this.bamboo, this.bitbucket].find((each) => each.url === origin);
    return proxy?.isAwaiting({ method, path: pathname + search }) === true;
  }

  /** Every file but those in which the user keeps the secrets. */
  #written(): Artefact[] {
    const entries = readdirSync(this.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => relative(this.directory, join(entry.parentPath, entry.name)));
    return paths.filter((path) => !path.startsWith('bamboo-rekey.secrets')).map((name) => ({ name, bytes: readFileSync(join(this.directory, name)) }));
  }
}

/** A failure of the product itself, of the kind that drags everything along. */
function bugWith({ url, headers, body }: HttpRequest): TypeError {
  const whole = typeof body === 'object' ? Buffer.from(body).toString('latin1') : String(body);
  const text = `${url} ${JSON.stringify(headers)} ${whole.match(/password[\s\S]{0,300}/gi)?.join(' ')}`;
  return Object.assign(new TypeError(`cannot read properties of ${text}`, { cause: new TypeError(text) }), { request: text });
}
