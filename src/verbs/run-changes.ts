import pLimit from 'p-limit';
import type { BuildEnd } from '../core/build-progress.ts';
import { endsEverything, type RekeyError, toRekeyError } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Change, changeKey } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { groupByToken, groupOf, isTestable, leastRiskFirst, testedFirst } from '../core/sampling.ts';
import { inParallel } from './in-parallel.ts';
import { itemEvent } from './item-event.ts';
import type { ChangeWork, ItemWork } from './item-work.ts';
import type { TestScope } from './pace.ts';
import { processItem } from './process-item.ts';
import { underWay } from './under-way.ts';

/** So many further items may stand in for canaries that proved nothing. */
const CANARY_SUBSTITUTES = 9;

/** A build between the canary and the others. */
export interface CanaryBuild {
  /** Whether it would check out with the credential of that change. */
  proves(change: Change): boolean;
  /** Queues and follows it. @throws RekeyError when it could not be queued */
  run(): Promise<BuildEnd>;
}

/** How the changes of a run are carried out. */
export interface RunOrder {
  /** Objects that are being changed at once; a few more are read meanwhile. */
  readonly concurrency: number;
  readonly batch: number;
  readonly canary: number;
  /** So many failed or unknown items end the run. */
  readonly maxFailures: number;
  readonly test: TestScope;
  /** Items whose earlier attempt left an intent without an outcome. */
  readonly intended: ReadonlySet<string>;
  /** How an earlier part of the run left an item that was not settled: it stays so until it is tried again. */
  readonly standing: ReadonlyMap<string, Outcome>;
  /** Items that must not be started, with the reason (their token can't reach them). */
  readonly skipped: ReadonlyMap<string, string>;
  /** The build that proves the canary's checkout on an agent, where one was asked for. */
  readonly build?: CanaryBuild | undefined;
  /** Asked after the canary; false ends the run. */
  readonly goOn: (canaries: readonly Change[]) => Promise<boolean>;
  /** Asked after the canary and at checkpoints: why nothing more may be started. @throws RekeyError as a request does */
  readonly whyEnd: () => Promise<string | undefined>;
}

/** What became of every item, in the order it ended. */
export interface RunEnd {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly build?: BuildEnd;
  /** Set when the run was ended by a refused login or a failing disk. */
  readonly problem?: RekeyError;
}

/** Canary first, then one tested item per token and workspace, then all others with bounded parallelism. */
export async function runChanges(changes: readonly Change[], order: RunOrder, work: ItemWork, runtime: Runtime): Promise<RunEnd> {
  const run = new ChangeRun(changes, order, work, runtime);
  return run.all();
}

class ChangeRun {
  readonly #changes: readonly Change[];
  readonly #order: RunOrder;
  readonly #work: ChangeWork;
  readonly #runtime: Runtime;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #halt = new AbortController();
  readonly #stop: AbortSignal;
  /** token + workspace -> why nothing more is written with it. */
  readonly #closed = new Map<string, string>();
  readonly #tested = new Set<string>();
  /** What checkpoints ask the server; nobody waits for it but the end of the run. */
  readonly #asking: Promise<void>[] = [];
  #haltReason = '';
  #failures = 0;
  #problem: RekeyError | undefined;
  #build: BuildEnd | undefined;

  constructor(changes: readonly Change[], order: RunOrder, work: ItemWork, runtime: Runtime) {
    this.#changes = changes;
    this.#order = order;
    this.#work = { ...work, changing: pLimit(order.concurrency) };
    this.#runtime = runtime;
    this.#stop = AbortSignal.any([runtime.stop, this.#halt.signal]);
  }

  async all(): Promise<RunEnd> {
    await this.#guard(async () => {
      for (const change of this.#changes) await this.#skipIfTold(change);
      await this.#canaries(this.#left());
      this.#runtime.emit({ event: 'PHASE', phase: 'writing', total: this.#left().length });
      await this.#samples();
      await inParallel(this.#left(), underWay(this.#order.concurrency), this.#stop, (change) => this.#one(change, this.#order.test === 'all'));
    });
    await Promise.all(this.#asking);
    this.#skipTheRest();
    return {
      outcomes: this.#outcomes,
      ...(this.#build === undefined ? {} : { build: this.#build }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** An item that turns out drifted or already done proves nothing: the next one takes its place, within limits. */
  async #canaries(candidates: readonly Change[]): Promise<void> {
    if (this.#order.canary === 0) return;
    this.#runtime.emit({ event: 'PHASE', phase: 'canary', total: Math.min(this.#order.canary, candidates.length) });
    const passed: Change[] = [];
    for (const change of this.#canaryOrder(candidates).slice(0, this.#order.canary + CANARY_SUBSTITUTES)) {
      if (passed.length === this.#order.canary || this.#stop.aborted) break;
      await this.#one(change, this.#order.test !== 'none');
      const outcome = this.#outcomes.get(changeKey(change));
      if (outcome?.kind === 'failed' || outcome?.kind === 'unknown' || outcome?.kind === 'skipped')
        return this.#end(`the canary "${change.name}" did not pass: ${outcome.why}`);
      if (outcome?.kind === 'changed') passed.push(change);
    }
    await this.#canaryBuild();
    const more = this.#changes.length > this.#outcomes.size;
    if (more) await this.#askServer();
    if (more && !this.#stop.aborted && !(await this.#order.goOn(passed))) this.#end('not confirmed after the canary');
  }

  /** What the build proves comes first: a build of something else would tell nothing of the canary. */
  #canaryOrder(candidates: readonly Change[]): Change[] {
    const { build, intended } = this.#order;
    const risk = leastRiskFirst(candidates);
    // What was left in doubt is settled first: its write may be done already.
    const sorted = [...risk.filter((change) => intended.has(changeKey(change))), ...risk.filter((change) => !intended.has(changeKey(change)))];
    return build === undefined ? sorted : [...sorted.filter((change) => build.proves(change)), ...sorted.filter((change) => !build.proves(change))];
  }

  async #canaryBuild(): Promise<void> {
    const { build } = this.#order;
    if (build === undefined || this.#stop.aborted) return;
    const written = this.#changes.filter((change) => ['changed', 'unchanged'].includes(this.#outcomes.get(changeKey(change))?.kind ?? ''));
    if (!written.some((change) => build.proves(change))) return this.#end('no canary was written that the build could prove');
    try {
      this.#build = await build.run();
    } catch (thrown) {
      const problem = toRekeyError(thrown);
      if (problem.code !== 'BUILD_REFUSED') throw problem;
      return this.#end(problem.message);
    }
    if (this.#build.kind !== 'checked-out') this.#end(`the build after the canary did not prove its checkout: ${this.#build.detail}`);
  }

  /** One tested item per token and workspace that the canary has not tested, groups side by side. */
  async #samples(): Promise<void> {
    if (this.#order.test !== 'sample') return;
    const groups = [...groupByToken(this.#left().filter(isTestable))].filter(([key]) => !this.#tested.has(key));
    await inParallel(groups, this.#order.concurrency, this.#stop, ([, group]) => this.#sample(testedFirst(group)));
  }

  #left(): Change[] {
    return this.#changes.filter((change) => !this.#outcomes.has(changeKey(change)));
  }

  async #sample(group: readonly Change[]): Promise<void> {
    for (const change of group) {
      if (this.#stop.aborted) return;
      await this.#one(change, true);
      if (this.#tested.has(groupOf(change))) return;
    }
  }

  async #one(change: Change, test: boolean): Promise<void> {
    const started = this.#runtime.clock.now().getTime();
    const closed = this.#closed.get(groupOf(change));
    if (closed !== undefined) {
      return this.#finish(change, { kind: 'skipped', why: closed }, started);
    }
    const end = await processItem(change, { test: test && isTestable(change), intended: this.#order.intended.has(changeKey(change)) }, this.#work);
    this.#finish(change, end.outcome, started);
    if (end.tested !== undefined) this.#tested.add(groupOf(change));
    if (end.tested !== undefined && end.tested !== 'reachable' && end.tested !== 'not-offered')
      this.#closed.set(
        groupOf(change),
        `Bamboo's connection test with this token failed in workspace ${change.workspace} (at "${change.name}"); nothing more is written with it there`,
      );
    if (end.stop !== undefined) this.#end(end.stop);
    if (end.problem !== undefined) throw end.problem;
  }

  #finish(change: Change, outcome: Outcome, started: number): void {
    this.#outcomes.set(changeKey(change), outcome);
    this.#runtime.emit(itemEvent(change, outcome, this.#runtime.clock.now().getTime() - started));
    if (outcome.kind === 'failed' || outcome.kind === 'unknown') this.#failures += 1;
    const done = this.#outcomes.size;
    this.#runtime.emit({ event: 'PROGRESS', phase: 'writing', done, total: this.#changes.length });
    if (done % this.#order.batch === 0) this.#checkpoint(done);
    if (this.#failures > 0 && this.#failures >= this.#order.maxFailures) this.#end(`${this.#failures} item(s) failed, which is the limit`);
  }

  #checkpoint(done: number): void {
    this.#runtime.emit({ event: 'CHECKPOINT', batch: done / this.#order.batch, done, total: this.#changes.length, failed: this.#failures });
    if (done < this.#changes.length && !this.#stop.aborted) this.#asking.push(this.#guard(() => this.#askServer()));
  }

  async #askServer(): Promise<void> {
    const why = await this.#order.whyEnd();
    if (why !== undefined) this.#end(why);
  }

  /** The reason goes to disk, too: who asks later wants to know it. */
  async #skipIfTold(change: Change): Promise<void> {
    const key = changeKey(change);
    const why = this.#order.skipped.get(key);
    if (why === undefined) return;
    const outcome = this.#notStarted(change, why);
    const now = this.#runtime.clock.now();
    if (outcome.kind === 'skipped') await this.#work.files.journal({ kind: 'outcome', at: now.toISOString(), key, outcome });
    this.#finish(change, outcome, now.getTime());
  }

  #skipTheRest(): void {
    const why = this.#runtime.stop.aborted ? 'never started: interrupted' : `never started: ${this.#haltReason}`;
    for (const change of this.#changes) {
      if (this.#outcomes.has(changeKey(change))) continue;
      const outcome = this.#notStarted(change, why);
      this.#outcomes.set(changeKey(change), outcome);
      this.#runtime.emit(itemEvent(change, outcome, 0));
    }
  }

  /** What an earlier part has failed at, or left in doubt, is no less so because this part did not come to it. */
  #notStarted(change: Change, why: string): Outcome {
    const before = this.#order.standing.get(changeKey(change));
    return before === undefined
      ? { kind: 'skipped', why }
      : { kind: before.kind, why: `${before.why ?? 'as the part before left it'}; not tried again: ${why}` };
  }

  #end(reason: string): void {
    if (this.#haltReason === '') this.#haltReason = reason;
    this.#halt.abort();
  }

  /** A refused login, a failing disk or a wait that a person has ended ends the run; what was written stays told. */
  async #guard(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      const problem = toRekeyError(thrown);
      if (problem.code === 'INTERRUPTED' && this.#runtime.stop.aborted) return;
      if (!endsEverything(problem) && problem.code !== 'DISK_FAILED') throw problem;
      // What failed afterwards may well follow from it.
      this.#problem ??= problem;
      this.#end(problem.message);
    }
  }
}
