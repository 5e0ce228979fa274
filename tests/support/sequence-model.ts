import type { Held, HeldObject, Transition } from './end-state-model.ts';

/** What a run may do: which objects, and to which side it brings them. */
export interface RunAim {
  readonly keys: ReadonlySet<string>;
  readonly leadsTo: Held;
  /** What was on that side before: where both sides look alike it is written all the same, and to go back to what was there changes nothing. */
  readonly had: ReadonlySet<string>;
}

/** What a plan may do to a server: pairs that it changes, and twins that it makes, as they are when they are whole. */
export interface Planned {
  readonly transitions: readonly Transition[];
  readonly twins: readonly HeldObject[];
}

/**
 * The reference for random sequences of commands, mishaps and edits: what each object may hold. It knows nothing of journals, forms or requests.
 * Between two looks only the aim of the command that ran may have changed something, only to its side, and never what somebody else has edited.
 * A twin is not there on its old side. It counts as edited when a plan has come to use it, too.
 */
export class SequenceModel {
  readonly #transitions: ReadonlyMap<string, Transition>;
  readonly #twins: ReadonlyMap<string, HeldObject>;
  #last: ReadonlyMap<string, HeldObject>;
  readonly #edited = new Set<string>();
  readonly #loosened = new Set<string>();

  constructor(start: readonly HeldObject[], { transitions, twins }: Planned) {
    this.#transitions = new Map(transitions.map((transition) => [transition.key, transition]));
    this.#twins = byKey(twins);
    this.#last = byKey(start);
  }

  /** Takes note of what somebody else has just done. */
  edited(key: string, now: readonly HeldObject[]): void {
    this.#edited.add(key);
    this.#last = byKey(now);
  }

  /** Takes note of an edit of what a twin is made from: it may be made or removed as planned, or be left as it is. */
  loosened(key: string, now: readonly HeldObject[]): void {
    this.#loosened.add(key);
    this.#last = byKey(now);
  }

  /** Objects that hold another pair than before the command, and twins that came or went. */
  changedBy(aim: RunAim | undefined, now: readonly HeldObject[]): { readonly changed: readonly string[]; readonly problems: readonly string[] } {
    const changed: string[] = [];
    const current = byKey(now);
    const problems = current.size === now.length ? [] : ['a twin is there more than once'];
    for (const key of new Set([...this.#last.keys(), ...current.keys()])) {
      const [before, after] = [this.#last.get(key), current.get(key)];
      if (same(before, after)) continue;
      changed.push(key);
      const isFree = aim?.keys.has(key) === true && !this.#edited.has(key);
      if (!isFree || !this.#isKnown(key) || !same(this.#on(aim.leadsTo, key, before), after)) problems.push(`${key} became what it must not be`);
    }
    this.#last = current;
    return { changed, problems };
  }

  /** What a run that has come to its end has left undone. */
  unfinished({ keys, leadsTo }: RunAim): string[] {
    const open = [...keys].filter((key) => !this.#edited.has(key) && !this.#loosened.has(key));
    return open.filter((key) => !this.#isKnown(key) || !same(this.#last.get(key), this.#on(leadsTo, key, this.#last.get(key))));
  }

  /** Keys of what is on that side. */
  on(side: Held): Set<string> {
    const keys = [...this.#transitions.keys(), ...this.#twins.keys()];
    return new Set(keys.filter((key) => same(this.#last.get(key), this.#on(side, key, this.#last.get(key)))));
  }

  get hasEdits(): boolean {
    return this.#edited.size + this.#loosened.size > 0;
  }

  #isKnown(key: string): boolean {
    return this.#transitions.has(key) || this.#twins.has(key);
  }

  #on(side: Held, key: string, object: HeldObject | undefined): HeldObject | undefined {
    const transition = this.#transitions.get(key);
    if (transition === undefined) return side === 'new' ? this.#twins.get(key) : undefined;
    const { username, secret } = transition[side];
    return {
      key,
      settings: { ...object?.settings, [transition.usernameSetting]: username },
      secrets: { ...object?.secrets, [transition.secretName]: secret },
    };
  }
}

function byKey(objects: readonly HeldObject[]): Map<string, HeldObject> {
  return new Map(objects.map((object) => [object.key, object]));
}

function same(one: HeldObject | undefined, other: HeldObject | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return sorted(one.settings) === sorted(other.settings) && sorted(one.secrets) === sorted(other.secrets);
}

function sorted(record: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
