import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Document, parseDocument } from 'yaml';
import { sealPlan } from '../../src/core/plan-codec.ts';
import type { PlanFile } from '../../src/core/plan-file.ts';
import { type RepositoryDump, type Simulator, type SimulatorOptions, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { BREAK_VARIABLE, type Break } from './break.ts';
import { endUses, removeByHand, useByHand } from './by-hand.ts';
import { type Evidence, type Held, type HeldObject, type HeldPair, judgeServer, type Transition, unexplained, type Verdict } from './end-state-model.ts';
import { keepPrinted, takePrinted } from './printed.ts';
import { type RunStory, readRunStory } from './run-story.ts';
import { planText } from './sample-plan.ts';
import { findSecrets, type SoughtSecret } from './secret-search.ts';
import { judgeTwins, type Twin, twinLike, unexplainedTwins } from './twin-model.ts';
import { contentsOf, makeAwkward, secretsOf, transitionsOf, twinFrom, writtenIn } from './world-contents.ts';

/** How one command ended. */
export interface Ended {
  /** null where a signal ended it. */
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const STATE = '.bamboo-rekey';
const LOG = 'run.log';

/** How a world differs from the usual one. */
export interface WorldOptions extends SimulatorOptions {
  /** The configuration names the home of Bamboo, which opens the import route. */
  readonly home?: boolean;
  /** Further words of `plan`. */
  readonly plan?: readonly string[];
  /** Changes what the server holds before anybody looks at it. */
  readonly prepare?: (simulator: Simulator) => void;
  /** Changes the configuration before anything is planned. */
  readonly configure?: (document: Document) => void;
}

/** A simulated server, a directory with a configuration and a plan for it, and the bin to try on both. */
export class ScenarioWorld {
  readonly simulator: Simulator;
  readonly directory: string;
  /** What the server held at the start. */
  readonly start: readonly HeldObject[];
  readonly secrets: readonly SoughtSecret[];
  /** The pairs that the plan moves between. */
  transitions: readonly Transition[] = [];
  /** The twins that the plan makes. */
  twins: readonly Twin[] = [];
  /** How many settings and secrets of the server were compared with what they were at the start, or may be. */
  compared = 0;
  readonly #bin: string;

  private constructor(simulator: Simulator, directory: string, bin: string) {
    this.simulator = simulator;
    this.directory = directory;
    this.#bin = bin;
    this.start = contentsOf(simulator);
    this.secrets = secretsOf(simulator);
  }

  /** Starts a server of its own and plans all that can be changed there. */
  static async open(bin: string, directory: string, options: WorldOptions = {}): Promise<ScenarioWorld> {
    const { home = false, plan: more = [], prepare, configure, ...server } = options;
    const simulator = await startSimulator({ repositories: 8, seed: 'crash', ...server });
    prepare?.(simulator);
    const file = join(directory, 'bamboo-rekey.yaml');
    const { files } = await writeSimulatorConfig(simulator, file, { home });
    if (configure !== undefined) reconfigure(file, configure);
    for (const [plain, awkward] of makeAwkward(simulator)) for (const { path, content } of files) if (content === plain) writeFileSync(path, awkward);
    const world = new ScenarioWorld(simulator, directory, bin);
    const planned = await world.run(['plan', '-o', 'plan.json', ...more]);
    if (planned.exit !== 0) throw new TypeError(`The plan could not be made: ${planned.stderr}`);
    const { changes } = world.plan();
    world.transitions = transitionsOf(
      changes.filter(({ object }) => object !== 'twin'),
      world,
    );
    world.twins = changes.flatMap((change) => (change.object === 'twin' ? [twinFrom(change, simulator)] : []));
    simulator.clearRequests();
    return world;
  }

  /** Runs one command of the bin in a process of its own. What it prints is kept for the search for secrets. */
  async run(words: readonly string[], order?: Break): Promise<Ended> {
    const env = { ...process.env, ...(order === undefined ? {} : { [BREAK_VARIABLE]: JSON.stringify(order) }) };
    const parameters = [this.#bin, ...words, '--log-level', 'debug', '--log-file', LOG];
    const child = spawn(process.execPath, parameters, { cwd: this.directory, stdio: ['ignore', 'pipe', 'pipe'], env });
    const ended = new Promise<[number | null, string | null]>((resolve) => child.on('close', (exit, signal) => resolve([exit, signal])));
    const [stdout, stderr, [exit, signal]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    // What a killed process has sent is done all the same: nobody looks at the server before.
    await this.simulator.idle();
    keepPrinted(this.directory, words.join(' '), `${stdout}\n${stderr}`);
    return { exit, signal, stdout, stderr };
  }

  /** The points that a command meets when nothing breaks it. */
  async points(words: readonly string[]): Promise<string[]> {
    const file = join(this.directory, 'points');
    rmSync(file, { force: true });
    const ended = await this.run(words, { kind: 'record', file });
    if (ended.exit !== 0) throw new TypeError(`"${words.join(' ')}" ended with ${ended.exit}: ${ended.stdout}${ended.stderr}`);
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  }

  /** What the server holds now. */
  contents(): HeldObject[] {
    return contentsOf(this.simulator);
  }

  /** The same, with each twin of the plan under the key of its change. */
  objects(): HeldObject[] {
    const twins = new Map(this.#made().map((each) => [`repository:${each.id}`, twinLike(each, this.twins)?.key]));
    return this.contents().map((object) => ({ ...object, key: twins.get(object.key) ?? object.key }));
  }

  /** The plan that was made. */
  plan(): PlanFile {
    return JSON.parse(readFileSync(join(this.directory, 'plan.json'), 'utf8')) as PlanFile;
  }

  /** Keys of all that the plan changes. */
  get keys(): string[] {
    return [...this.transitions, ...this.twins].map(({ key }) => key);
  }

  /** What the server holds now, by the model. */
  judge(): Verdict {
    this.compared += this.start.reduce((sum, { settings, secrets }) => sum + Object.keys(settings).length + Object.keys(secrets).length, 0);
    const made = new Set(this.#made().map(({ id }) => `repository:${id}`));
    const stood = judgeServer(
      this.start,
      this.contents().filter(({ key }) => !made.has(key)),
      this.transitions,
    );
    const came = judgeTwins(this.#made(), this.twins);
    return { held: new Map([...stood.held, ...came.held]), problems: [...stood.problems, ...came.problems] };
  }

  /** What changed between two looks and has no intent, or no snapshot, on disk. */
  unexplained(looks: readonly [Verdict, Verdict], evidence: readonly Evidence[]): string[] {
    return [...unexplained(this.start, looks, evidence, this.transitions), ...unexplainedTwins(this.twins, looks, evidence)];
  }

  /** Puts any pair into one object. */
  putPair({ key, usernameSetting, secretName }: Transition, { username, secret }: HeldPair): void {
    const [object, id = ''] = key.split(':');
    if (object === 'shared-credential') return this.simulator.editSharedCredential(id, { username, password: secret });
    this.simulator.edit(id, usernameSetting, username);
    this.simulator.edit(id, secretName, secret);
  }

  /** Ids of the runs on disk, oldest first. */
  runs(): string[] {
    const runs = join(this.directory, STATE, 'runs');
    if (!existsSync(runs)) return [];
    return readdirSync(runs)
      .filter((name) => !name.startsWith('.'))
      .sort();
  }

  /** What a run directory tells. */
  story(run: string): RunStory {
    return readRunStory(join(this.directory, STATE, 'runs', run));
  }

  /** Keeps a copy of the state directory. */
  keepState(name: string): void {
    this.#copy(STATE, name);
  }

  /** Keeps what a command printed for the search for secrets. */
  keepPrinted(name: string, text: string): void {
    keepPrinted(this.directory, name, text);
  }

  /** A plan file with some of the changes only. */
  planOf(keys: readonly string[]): string {
    const plan = this.plan();
    const changes = plan.changes.filter(({ object, id }) => keys.includes(`${object}:${id}`));
    const { digest: _old, ...rest } = plan;
    writeFileSync(join(this.directory, 'part.json'), planText(sealPlan({ ...rest, changes, summary: { ...plan.summary, change: changes.length } })));
    return 'part.json';
  }

  /** Secrets that stand in anything that was written or printed so far. */
  leaks(): string[] {
    return findSecrets(this.secrets, [...takePrinted(this.directory), ...writtenIn(this.directory)]);
  }

  /** As it was after the plan was made, but for objects that were added or removed; with a kept state directory and pairs that go with it, where they are named. */
  reset(state?: string, held: Held | ReadonlyMap<string, Held> = 'old'): void {
    this.#restoreState(state);
    this.simulator.clearFaults();
    this.simulator.unlock();
    this.simulator.endSessions();
    // Hundreds of runs within the hour would use up what Bitbucket allows.
    this.simulator.bitbucket.spent.clear();
    this.#restoreSettings();
    this.#put(held);
    this.simulator.clearRequests();
  }

  /** The same where the plan makes twins: they are there, or not, as is said. */
  async begin(state: string | undefined, held: Held | ReadonlyMap<string, Held>): Promise<void> {
    this.reset(undefined, held);
    const wanted = (key: string): Held => (typeof held === 'string' ? held : (held.get(key) ?? 'old'));
    await endUses(this.simulator);
    const { held: there, problems } = judgeTwins(this.#made(), this.twins);
    if (problems.length > 0 || this.twins.some(({ key }) => there.get(key) !== wanted(key))) await this.#makeAnew(wanted);
    this.reset(state, held);
  }

  /** Changes one setting by hand: any of a repository or of a twin that is there, the name of a shared credential. */
  edit(key: string, setting: string, value: string): void {
    const [object, id = ''] = key.split(':');
    if (object === 'shared-credential') this.simulator.editSharedCredential(id, { name: value });
    else this.simulator.edit(object === 'twin' ? (this.twin(key)?.id ?? '') : id, setting, value);
  }

  /** Changes the branch of a twin's original by hand. */
  editOriginal(twin: string, branch: string): void {
    const id = twin.replace('twin:twin-of-', '');
    const original = this.simulator.repositories().find((each) => each.id === id);
    const setting = Object.keys(original?.settings ?? {}).find((name) => name.endsWith('.branch'));
    if (setting === undefined) throw new TypeError(`${twin} has no original with a branch.`);
    this.simulator.edit(id, setting, branch);
  }

  /** A twin of the plan, where it is there. */
  twin(key: string): RepositoryDump | undefined {
    return this.#made().find((each) => twinLike(each, this.twins)?.key === key);
  }

  /** A plan comes to use a twin that is there. */
  async use(key: string): Promise<void> {
    const repository = this.twin(key);
    if (repository === undefined) throw new TypeError(`${key} is not there.`);
    const { owner } = repository;
    await useByHand(this.simulator, owner.kind === 'project' ? owner.project : (this.simulator.plans()[0]?.project ?? ''), repository);
  }

  async stop(): Promise<void> {
    await this.simulator.stop();
  }

  /** Repositories that were not there at the start. */
  #made(): RepositoryDump[] {
    const known = new Set(this.start.map(({ key }) => key));
    return this.simulator.repositories().filter(({ id }) => !known.has(`repository:${id}`));
  }

  async #makeAnew(wanted: (key: string) => Held): Promise<void> {
    for (const each of this.#made()) await removeByHand(this.simulator, each);
    const absent = this.twins.filter(({ key }) => wanted(key) === 'new').map(({ key }) => key);
    if (absent.length > 0) await this.#make(absent);
  }

  /** By the product itself, in a state directory that is thrown away, and in a process that leaves no connection open. */
  async #make(keys: readonly string[]): Promise<void> {
    const { exit, stderr } = await this.run(['apply', this.planOf(keys), '--yes', '--concurrency', '1']);
    if (exit !== 0) throw new TypeError(`The twins could not be made: ${stderr}`);
  }

  /** Brings a kept copy back; without a name, there is no state directory any more. */
  #restoreState(name?: string): void {
    rmSync(join(this.directory, STATE), { recursive: true, force: true });
    if (name !== undefined) this.#copy(name, STATE);
  }

  /** Puts the pairs of all objects that the plan changes, as an administrator would by hand. */
  #put(which: Held | ReadonlyMap<string, Held>): void {
    for (const transition of this.transitions) this.putPair(transition, transition[typeof which === 'string' ? which : (which.get(transition.key) ?? 'old')]);
  }

  /** All but the user names that the plan changes. */
  #restoreSettings(): void {
    const now = new Map(this.contents().map((object) => [object.key, object]));
    for (const { key, settings } of this.start) {
      const own = this.transitions.find((transition) => transition.key === key)?.usernameSetting;
      const changed = Object.entries(settings).filter(([name, value]) => name !== own && now.get(key)?.settings[name] !== value);
      for (const [name, value] of changed) this.edit(key, name, value);
    }
  }

  #copy(from: string, to: string): void {
    rmSync(join(this.directory, to), { recursive: true, force: true });
    // Not cpSync: from Node 22 on it opens the copied folders to others, whose state the product then refuses.
    execFileSync('cp', ['-a', join(this.directory, from), join(this.directory, to)]);
  }
}

function reconfigure(file: string, configure: (document: Document) => void): void {
  const text = readFileSync(file, 'utf8');
  const document = parseDocument(text);
  configure(document);
  writeFileSync(file, String(document));
}
