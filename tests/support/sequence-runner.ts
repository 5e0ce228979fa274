import type { HeldObject, Transition } from './end-state-model.ts';
import { type InProcessCommand, type Mishap, runInProcess } from './in-process.ts';
import { isSavePath } from './saves.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { type RunAim, SequenceModel } from './sequence-model.ts';
import type { Step, Story } from './stories.ts';

/** How often each thing has really happened, by its name. */
export type Happened = Record<string, number>;

/** Everything that has to happen in many stories. */
export const ALPHABET = [
  'stories',
  'applies',
  'resumes',
  'rollbacks',
  'kills',
  'interrupts',
  'lost answers',
  'restarts during a command',
  'restarts between commands',
  'clock jumps',
  'edits of a pair',
  'edits of a setting',
  'faults',
] as const;

const MISHAP: Readonly<Record<Mishap['kind'], string | undefined>> = {
  none: undefined,
  kill: 'kills',
  'drop-answer': 'lost answers',
  interrupt: 'interrupts',
  restart: 'restarts during a command',
  disk: undefined,
  clock: 'clock jumps',
};

const VERB = { apply: 'applies', resume: 'resumes', rollback: 'rollbacks' } as const;

/** The twins of a world as they are when nothing came in the way of their making. */
export async function wholeTwins(world: ScenarioWorld): Promise<HeldObject[]> {
  await world.begin(undefined, 'new');
  const { problems } = world.judge();
  if (problems.length > 0) throw new TypeError(problems.join('; '));
  return world.objects().filter(({ key }) => world.twins.some((twin) => twin.key === key));
}

/** Tells a story to the product and to the model. Gives everything in which they differ, and adds what has happened. */
export async function tell(story: Story, world: ScenarioWorld, twins: readonly HeldObject[], happened: Happened = {}): Promise<string[]> {
  await world.begin(undefined, 'old');
  const teller = new Teller(story, world, twins, happened);
  teller.count('stories');
  for (const each of story.steps) await teller.step(each);
  await teller.end();
  return teller.problems;
}

/** The aim of a run that was begun, with that of the run that it undoes. */
type TakenAim = RunAim & { readonly undoes: RunAim | undefined };

class Teller {
  readonly problems: string[] = [];
  readonly #world: ScenarioWorld;
  readonly #model: SequenceModel;
  readonly #aims = new Map<string, TakenAim>();
  readonly #taken: readonly string[];
  readonly #happened: Happened;
  /** The newest run that has a first line. */
  #run: string | undefined;
  #ignores = false;

  constructor({ taken }: Story, world: ScenarioWorld, twins: readonly HeldObject[], happened: Happened) {
    this.#world = world;
    this.#happened = happened;
    this.#model = new SequenceModel(world.start, { transitions: world.transitions, twins });
    const { keys } = world;
    const some = keys.filter((_, index) => ((taken >> (index % 5)) & 1) === 1);
    this.#taken = some.length === 0 ? keys : some;
  }

  count(what: string): void {
    this.#happened[what] = (this.#happened[what] ?? 0) + 1;
  }

  async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'restart':
        this.count('restarts between commands');
        return this.#world.simulator.endSessions();
      case 'edit':
        return await this.#edit(step.index, step.what);
      case 'command':
        for (const each of step.faults) {
          this.#world.simulator.fault(each);
          this.#ignores ||= each.kind === 'save-ignored';
          this.count('faults');
        }
        await this.#carryOut(this.#command(step.verb, step.concurrency), step.mishap);
        this.#world.simulator.clearFaults();
        return;
    }
  }

  /** With nothing in its way, the newest run comes to its end, and doing it again changes nothing. */
  async end(): Promise<void> {
    if (this.#run === undefined) await this.#carryOut(this.#command('apply', 4), { kind: 'none' });
    const exit = await this.#carryOut(this.#command('resume', 4), { kind: 'none' });
    const aim = this.#aims.get(this.#run ?? '');
    if (exit !== 0 && !(exit === 3 && this.#model.hasEdits)) this.problems.push(`the last resume ended with ${exit}`);
    if (aim === undefined) this.problems.push('there is no run');
    else this.problems.push(...this.#unfinished(aim).map((key) => `${key} is not on the ${aim.leadsTo} side at the end`));
    this.#world.simulator.clearRequests();
    await this.#carryOut(this.#command('resume', 4), { kind: 'none' });
    const writes = this.#world.simulator.requests().filter(({ method, path }) => method === 'POST' && isSavePath(path));
    if (writes.length > 0) this.problems.push(`doing it again sent ${writes.length} writes`);
    this.problems.push(...this.#world.leaks());
  }

  /**
   * Where old and new look alike, a save that was ignored in silence can't be seen: then the journal must say that it took the server's word.
   * Nor can it be seen that the wanted secret was there before: what a run found is what its rollback puts back.
   */
  #unfinished(aim: TakenAim): string[] {
    const alike = new Set(this.#world.transitions.filter((each) => each.old.username === each.new.username).map(({ key }) => key));
    const { journal } = this.#world.story(this.#run ?? '');
    const why = new Map(journal.flatMap((entry) => (entry.kind === 'outcome' ? [[entry.key, entry.outcome.why ?? ''] as const] : [])));
    const isUnseen = (key: string): boolean => this.#ignores && why.get(key)?.includes('by the word of the server') === true;
    return this.#model.unfinished(aim).filter((key) => !(alike.has(key) && (isUnseen(key) || aim.undoes?.had.has(key) === true)));
  }

  /** Before there is a run, nothing but an apply can be done. */
  #command(verb: InProcessCommand['verb'], concurrency: number): InProcessCommand {
    if (verb === 'apply' || this.#run === undefined) return { verb: 'apply', subject: this.#world.planOf(this.#taken), concurrency };
    return { verb, subject: this.#run, concurrency };
  }

  async #carryOut(command: InProcessCommand, mishap: Mishap): Promise<number | null> {
    const name = `${command.verb} ${command.subject}`;
    this.#world.simulator.unlock();
    const earlier = this.#world.runs();
    const { exit, printed, met } = await runInProcess(this.#world.directory, command, mishap, () => this.#world.simulator.endSessions());
    const word = MISHAP[mishap.kind];
    if (met && word !== undefined) this.count(word);
    this.count(VERB[command.verb]);
    this.#world.keepPrinted(name, printed);
    const active = this.#note(command, earlier) ?? (command.verb === 'resume' ? command.subject : '');
    const { changed, problems } = this.#model.changedBy(this.#aims.get(active), this.#world.objects());
    const proven = new Set(active === '' ? [] : this.#world.story(active).evidence.flatMap(({ key, snapshots }) => (snapshots.length > 0 ? [key] : [])));
    this.problems.push(...problems.map((problem) => `${name}: ${problem}`));
    this.problems.push(...changed.filter((key) => !proven.has(key)).map((key) => `${name}: ${key} was changed without intent and snapshot`));
    if (printed.includes('(INTERNAL)')) this.problems.push(`${name}: ${printed}`);
    return exit;
  }

  /** The run that a command has made, and what it is to do. */
  #note({ verb, subject }: InProcessCommand, earlier: readonly string[]): string | undefined {
    const fresh = this.#world.runs().findLast((run) => !earlier.includes(run));
    if (fresh === undefined) return undefined;
    const back = verb === 'rollback' ? this.#aims.get(subject) : undefined;
    const written = (): string[] => this.#world.story(subject).evidence.map(({ key }) => key);
    const isBack = back?.leadsTo === 'new';
    const leadsTo = isBack ? 'old' : 'new';
    this.#aims.set(fresh, { keys: new Set(back === undefined ? this.#taken : written()), leadsTo, had: this.#model.on(leadsTo), undoes: back });
    if (this.#world.story(fresh).begun) this.#run = fresh;
    return fresh;
  }

  /** What somebody else does to one of the plan's objects that are there, or to the original of a twin, there or not. */
  async #edit(index: number, what: 'pair' | 'setting'): Promise<void> {
    const twin = this.#world.twins[index % this.#world.twins.length];
    if (twin !== undefined && index % 4 === 1) return this.#editOriginal(twin.key, index);
    const there = this.#world.keys.filter((key) => !key.startsWith('twin') || this.#world.twin(key) !== undefined);
    const key = there[index % there.length];
    if (key === undefined) return;
    const transition = this.#world.transitions.find((each) => each.key === key);
    if (transition === undefined) await this.#editTwin(key, index, what);
    else this.#editObject(transition, index, what);
    this.#model.edited(key, this.#world.objects());
  }

  #editObject(transition: Transition, index: number, what: 'pair' | 'setting'): void {
    const { key, usernameSetting } = transition;
    this.count(`edits of a ${what}`);
    // A plan branch's form shows no description: what no form shows, no form route can compare.
    const setting = key.startsWith('repository') ? usernameSetting.replace(/username$/, 'branch') : 'credentialsName';
    if (what === 'setting') this.#world.edit(key, setting, `edited ${index}`);
    else this.#world.putPair(transition, { username: 'somebody.else', secret: 'another-secret' });
  }

  #editOriginal(twin: string, index: number): void {
    this.count('edits of a setting');
    this.count('edits of an original');
    this.#world.editOriginal(twin, `edited ${index}`);
    this.#model.loosened(twin, this.#world.objects());
  }

  /** Now and then a plan comes to use it, which leaves it as it is. */
  async #editTwin(key: string, index: number, what: 'pair' | 'setting'): Promise<void> {
    if (index % 3 === 0) {
      this.count('uses of a twin');
      return await this.#world.use(key);
    }
    this.count(`edits of a ${what}`);
    this.#world.edit(key, what === 'pair' ? 'repository.git.username' : 'repository.git.branch', `edited ${index}`);
  }
}
