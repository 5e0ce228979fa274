import fc from 'fast-check';
import type { FaultInput } from '../../src/simulator/index.ts';
import { type InProcessCommand, type Mishap, runInProcess } from './in-process.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { type RunAim, SequenceModel } from './sequence-model.ts';

/** One step of a random story. */
type Step =
  | {
      readonly kind: 'command';
      readonly verb: 'apply' | 'resume' | 'rollback';
      readonly concurrency: 1 | 4;
      readonly faults: readonly FaultInput[];
      readonly mishap: Mishap;
    }
  | { readonly kind: 'edit'; readonly index: number; readonly what: 'pair' | 'setting' }
  | { readonly kind: 'restart' };

/** A random story: a part of the plan, and what happens to it. */
export interface Story {
  /** Which of the plan's changes are taken: bit n for the nth. */
  readonly taken: number;
  readonly steps: readonly Step[];
}

/** A month: far enough for whatever waits, and no token runs out. */
const CLOCK_MS = 30 * 24 * 3_600_000;

const point = fc.nat({ max: 260 });

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('kill' as const), at: point, unsynced: fc.constantFrom('kept' as const, 'lost' as const) }),
  fc.record({ kind: fc.constant('drop-answer' as const), at: point }),
  fc.record({ kind: fc.constant('interrupt' as const), at: point }),
  fc.record({ kind: fc.constant('restart' as const), at: point, down: fc.nat({ max: 3 }) }),
  fc.record({ kind: fc.constant('clock' as const), at: point, by: fc.integer({ min: -CLOCK_MS, max: CLOCK_MS }) }),
);

/** Everything that a server, a proxy or a network does without changing what is stored beyond the save itself. */
const reading = [
  'answer-lost',
  'reset',
  'error-page',
  'html-instead-of-json',
  'xml-error',
  'page-cut',
  'session-lost',
  'unauthorized',
  'forbidden',
  'rate-limit',
] as const;
/** Saves that are not what they seem come more often than the rest. */
const saving = [...reading, 'save-ignored', 'save-ignored', 'save-ignored', 'answer-lost', 'error-page-after-write', 'error-page-after-write'] as const;

const fault: fc.Arbitrary<FaultInput> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...reading),
    method: fc.constant('GET'),
    path: fc.constantFrom('.action', 'Repository'),
    skip: fc.nat({ max: 8 }),
    times: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom(...saving),
    method: fc.constant('POST'),
    path: fc.constantFrom('/update', '.action', 'port/'),
    skip: fc.nat({ max: 3 }),
    times: fc.integer({ min: 1, max: 2 }),
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      verb: fc.constantFrom('apply' as const, 'resume' as const, 'resume' as const, 'rollback' as const),
      concurrency: fc.constantFrom(1 as const, 4 as const),
      faults: fc.array(fault, { maxLength: 2 }),
      mishap,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), index: fc.nat({ max: 20 }), what: fc.constantFrom('pair' as const, 'setting' as const) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

/** Stories that begin with an apply. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    taken: fc.integer({ min: 1, max: 2 ** 5 - 1 }),
    first: mishap,
    faults: fc.array(fault, { maxLength: 1 }),
    concurrency: fc.constantFrom(1 as const, 4 as const),
    steps: fc.array(step, { maxLength: 3 }),
  })
  .map(({ taken, first, faults, concurrency, steps }) => ({
    taken,
    steps: [{ kind: 'command', verb: 'apply', concurrency, faults, mishap: first }, ...steps],
  }));

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

/** Tells a story to the product and to the model. Gives everything in which they differ, and adds what has happened. */
export async function tell(story: Story, world: ScenarioWorld, happened: Happened = {}): Promise<string[]> {
  world.reset();
  const teller = new Teller(story, world, happened);
  teller.count('stories');
  for (const each of story.steps) await teller.step(each);
  await teller.end();
  return teller.problems;
}

class Teller {
  readonly problems: string[] = [];
  readonly #world: ScenarioWorld;
  readonly #model: SequenceModel;
  readonly #aims = new Map<string, RunAim>();
  readonly #taken: readonly string[];
  readonly #happened: Happened;
  /** The newest run that has a first line. */
  #run: string | undefined;

  constructor({ taken }: Story, world: ScenarioWorld, happened: Happened) {
    this.#world = world;
    this.#happened = happened;
    this.#model = new SequenceModel(world.start, world.transitions);
    const keys = world.transitions.map(({ key }) => key);
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
        return this.#edit(step.index, step.what);
      case 'command':
        for (const each of step.faults) {
          this.#world.simulator.fault(each);
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
    else this.problems.push(...this.#model.unfinished(aim).map((key) => `${key} is not on the ${aim.leadsTo} side at the end`));
    this.#world.simulator.clearRequests();
    await this.#carryOut(this.#command('resume', 4), { kind: 'none' });
    const writes = this.#world.simulator.requests().filter(({ method, path }) => method === 'POST' && !/userlogin|rest\//.test(path));
    if (writes.length > 0) this.problems.push(`doing it again sent ${writes.length} writes`);
    this.problems.push(...this.#world.leaks());
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
    const { changed, problems } = this.#model.changedBy(this.#aims.get(active), this.#world.contents());
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
    this.#aims.set(fresh, { keys: new Set(back === undefined ? this.#taken : written()), leadsTo: isBack ? 'old' : 'new' });
    if (this.#world.story(fresh).begun) this.#run = fresh;
    return fresh;
  }

  #edit(index: number, what: 'pair' | 'setting'): void {
    const transition = this.#world.transitions[index % this.#world.transitions.length];
    if (transition === undefined) return;
    this.count(`edits of a ${what}`);
    // A plan branch's form shows no description: what no form shows, no form route can compare.
    const setting = transition.key.startsWith('repository') ? transition.usernameSetting.replace(/username$/, 'branch') : 'credentialsName';
    if (what === 'setting') this.#world.edit(transition.key, setting, `edited ${index}`);
    else this.#world.putPair(transition, { username: 'somebody.else', secret: 'another-secret' });
    this.#model.edited(transition.key, this.#world.contents());
  }
}
