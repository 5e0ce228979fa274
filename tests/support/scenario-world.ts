import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { encodePlan, sealPlan } from '../../src/core/plan-codec.ts';
import type { PlanFile } from '../../src/core/plan-file.ts';
import { type Simulator, type SimulatorOptions, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { BREAK_VARIABLE, type Break } from './break.ts';
import { type Held, type HeldObject, type HeldPair, judgeServer, type Transition, type Verdict } from './end-state-model.ts';
import { type RunStory, readRunStory } from './run-story.ts';
import { type Artefact, findSecrets, type SoughtSecret } from './secret-search.ts';

/** How one command ended. */
export interface Ended {
  /** null where a signal ended it. */
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Characters that every encoding writes in another way. */
const AWKWARD = '"<%41&\'é+/ü>';
const STATE = '.bamboo-rekey';
const LOG = 'run.log';

/** A simulated server, a directory with a configuration and a plan for it, and the bin to try on both. */
export class ScenarioWorld {
  readonly simulator: Simulator;
  readonly directory: string;
  /** What the server held at the start. */
  readonly start: readonly HeldObject[];
  readonly secrets: readonly SoughtSecret[];
  /** The pairs that the plan moves between. */
  transitions: readonly Transition[] = [];
  readonly #bin: string;
  readonly #printed: Artefact[] = [];

  private constructor(simulator: Simulator, directory: string, bin: string) {
    this.simulator = simulator;
    this.directory = directory;
    this.#bin = bin;
    this.start = contentsOf(simulator);
    this.secrets = secretsOf(simulator);
  }

  /** Starts a server of its own and plans all that can be changed there. */
  static async open(bin: string, directory: string, options: SimulatorOptions = {}): Promise<ScenarioWorld> {
    const simulator = await startSimulator({ repositories: 8, seed: 'crash', ...options });
    const { files } = await writeSimulatorConfig(simulator, join(directory, 'bamboo-rekey.yaml'));
    for (const [plain, awkward] of makeAwkward(simulator)) for (const { path, content } of files) if (content === plain) writeFileSync(path, awkward);
    const world = new ScenarioWorld(simulator, directory, bin);
    const planned = await world.run(['plan', '-o', 'plan.json']);
    if (planned.exit !== 0) throw new TypeError(`The plan could not be made: ${planned.stderr}`);
    world.transitions = transitionsOf(JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')) as PlanFile, world);
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
    this.#printed.push(
      { name: `stdout of ${words.join(' ')}`, bytes: Buffer.from(stdout) },
      { name: `stderr of ${words.join(' ')}`, bytes: Buffer.from(stderr) },
    );
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

  /** What the server holds now, by the model. */
  judge(): Verdict {
    return judgeServer(this.start, this.contents(), this.transitions);
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
    this.#printed.push({ name, bytes: Buffer.from(text) });
  }

  /** A plan file with some of the changes only. */
  planOf(keys: readonly string[]): string {
    const plan = JSON.parse(readFileSync(join(this.directory, 'plan.json'), 'utf8')) as PlanFile;
    const changes = plan.changes.filter(({ object, id }) => keys.includes(`${object}:${id}`));
    const { digest: _old, ...rest } = plan;
    writeFileSync(join(this.directory, 'part.json'), encodePlan(sealPlan({ ...rest, changes, summary: { ...plan.summary, change: changes.length } })));
    return 'part.json';
  }

  /** Secrets that stand in anything that was written or printed so far. */
  leaks(): string[] {
    return findSecrets(this.secrets, [...this.#printed.splice(0), ...this.#written()]);
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

  /** Changes one setting by hand: any of a repository, the name of a shared credential. */
  edit(key: string, setting: string, value: string): void {
    const [object, id = ''] = key.split(':');
    if (object === 'repository') this.simulator.edit(id, setting, value);
    else this.simulator.editSharedCredential(id, { name: value });
  }

  async stop(): Promise<void> {
    await this.simulator.stop();
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

  /** Every file of the directory but those in which the user keeps the secrets. */
  #written(): Artefact[] {
    const entries = readdirSync(this.directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => relative(this.directory, join(entry.parentPath, entry.name)));
    return paths.filter((path) => !path.startsWith('bamboo-rekey.secrets')).map((name) => ({ name, bytes: readFileSync(join(this.directory, name)) }));
  }
}

/** Gives the app passwords characters that tell encodings apart, at Bitbucket and in Bamboo. */
function makeAwkward(simulator: Simulator): Map<string, string> {
  const awkward = new Map(simulator.appPasswordUsers.map(({ password }) => [password, `${password.slice(0, 8)}${AWKWARD}${password.slice(8)}`]));
  for (const known of simulator.bitbucket.appPasswords) known.value = awkward.get(known.value) ?? known.value;
  for (const { id, secrets } of simulator.repositories())
    for (const [name, value] of Object.entries(secrets)) if (awkward.has(value)) simulator.edit(id, name, awkward.get(value) ?? '');
  for (const { id, secrets } of simulator.sharedCredentials()) {
    const password = Object.values(secrets).flatMap((value) => awkward.get(value) ?? [])[0];
    if (password !== undefined) simulator.editSharedCredential(id, { password });
  }
  return awkward;
}

function secretsOf(simulator: Simulator): SoughtSecret[] {
  const { login, viewer, restToken, readOnlyToken, tokens } = simulator;
  const stored = contentsOf(simulator).flatMap(({ key, secrets }) => Object.entries(secrets).map(([name, value]) => ({ name: `${name} of ${key}`, value })));
  const known = [
    { name: 'login password', value: login.password },
    { name: 'password of the viewer', value: viewer.password },
    { name: 'personal access token', value: restToken },
    { name: 'read-only token', value: readOnlyToken },
    ...tokens.map(({ name, value }) => ({ name: `API token ${name}`, value })),
  ];
  const byValue = new Map([...stored, ...known].map((secret) => [secret.value, secret]));
  return [...byValue.values()];
}

/** What a server holds: repositories and shared credentials alike. */
function contentsOf(simulator: Simulator): HeldObject[] {
  return [
    ...simulator.repositories().map(({ id, settings, secrets }) => ({ key: `repository:${id}`, settings, secrets })),
    ...simulator.sharedCredentials().map(({ id, settings, secrets }) => ({ key: `shared-credential:${id}`, settings, secrets })),
  ];
}

/** What the plan may do to the server: found by what the server holds, not by the product's own reading. */
function transitionsOf(plan: PlanFile, { start, simulator }: ScenarioWorld): Transition[] {
  const objects = new Map(start.map((object) => [object.key, object]));
  const token = new Map(simulator.tokens.map(({ name, value }) => [name, value]));
  return plan.changes.map(({ object, id, before, after }) => {
    const key = `${object}:${id}`;
    const { settings = {}, secrets = {} } = objects.get(key) ?? {};
    const usernameSetting = only(
      Object.keys(settings).filter((name) => /username$/i.test(name)),
      key,
    );
    const secretName = only(
      Object.keys(secrets).filter((name) => /password$/i.test(name)),
      key,
    );
    return {
      key,
      usernameSetting,
      secretName,
      old: { username: before?.username ?? '', secret: secrets[secretName] ?? '' },
      new: { username: after.username, secret: token.get(after.token ?? '') ?? '' },
    };
  });
}

function only(names: readonly string[], key: string): string {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new TypeError(`${key} has ${names.length} settings that may be meant.`);
  return name;
}
