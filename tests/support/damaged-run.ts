import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { killedAfterSave } from './disk-stories.ts';
import type { Held } from './end-state-model.ts';
import { type InProcessCommand, type InProcessEnd, type InProcessReading, runInProcess } from './in-process.ts';
import { isSavePath } from './saves.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** The files of a run that everything rests on. */
export const RUN_FILES = ['plan.json', 'journal.jsonl', 'snapshot.jsonl'] as const;

/** One of them. */
export type RunFile = (typeof RUN_FILES)[number];

/** Everything that can be done with a run. */
export type RunVerb = Exclude<InProcessCommand['verb'], 'apply'> | InProcessReading['verb'];

/** Bytes of a file, made other ones. */
export type Damage = (bytes: Buffer) => Buffer;

/** How a verb on a damaged run ended, and what it did to Bamboo. */
export interface DamagedEnd extends Pick<InProcessEnd, 'exit' | 'printed'> {
  readonly saves: number;
  readonly held: ReadonlyMap<string, Held>;
  readonly problems: readonly string[];
}

/** An apply that was killed just after its last write, to be damaged as often as one likes. */
export class DamagedRun {
  readonly world: ScenarioWorld;
  readonly run: string;
  readonly held: ReadonlyMap<string, Held>;

  private constructor(world: ScenarioWorld, run: string) {
    this.world = world;
    this.run = run;
    this.held = world.judge().held;
  }

  /** Kills an apply in that world. */
  static async in(world: ScenarioWorld): Promise<DamagedRun> {
    return new DamagedRun(world, await killedAfterSave(world, (saves) => saves - 1, 'killed'));
  }

  /** A file of the run as the kill left it. */
  kept(name: RunFile): Buffer {
    return readFileSync(join(this.world.directory, 'killed/runs', this.run, name));
  }

  /** Whether the plan of the run now tells another moment of its making. */
  hasOtherDate(): boolean {
    return createdAtIn(readFileSync(this.#path('plan.json'))) !== createdAtIn(this.kept('plan.json'));
  }

  /** Brings back what the kill left, but for one damaged file, and goes on by a verb. */
  async goOn(verb: RunVerb, name: RunFile, damage: Damage): Promise<DamagedEnd> {
    await this.world.begin('killed', this.held);
    writeFileSync(this.#path(name), damage(readFileSync(this.#path(name))));
    const subject = verb === 'rollback --snapshot' ? this.#path('snapshot.jsonl') : this.run;
    const { exit, printed } = await runInProcess(this.world.directory, { verb, subject, concurrency: 2 }, { kind: 'none' });
    const saves = this.world.simulator.requests().filter(({ method, path }) => method === 'POST' && isSavePath(path)).length;
    this.world.keepPrinted(`${verb} with a damaged ${name}`, printed);
    const { held, problems } = this.world.judge();
    return { exit, printed, saves, held, problems: [...problems, ...this.world.leaks()] };
  }

  #path(name: RunFile): string {
    return join(this.world.directory, '.bamboo-rekey/runs', this.run, name);
  }
}

/** The lines of a file, which are changed as text of single bytes. */
export function inLines(change: (lines: readonly string[]) => readonly string[]): Damage {
  return (bytes) => Buffer.from(change(bytes.toString('latin1').split('\n')).join('\n'), 'latin1');
}

/** A place in a file, from its start to its end. */
export const whereIn = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Turns a bit. The last line break is left out: without it the last line counts as torn. */
export function flip(where: number, bit: number): Damage {
  return (bytes) => {
    const position = Math.floor(where * (bytes.length - 1));
    bytes[position] = (bytes[position] ?? 0) ^ (1 << bit);
    return bytes;
  };
}

function createdAtIn(plan: Buffer): string | undefined {
  return /"createdAt":\s*"([^"]*)"/.exec(plan.toString('latin1'))?.[1];
}
