import type { Held, HeldObject, Transition } from './end-state-model.ts';

/** What a run may do: which objects, and to which side it brings them. */
export interface RunAim {
  readonly keys: ReadonlySet<string>;
  readonly leadsTo: Held;
}

/**
 * The reference for random sequences of commands, mishaps and edits: what each object may hold. It knows nothing of journals, forms or requests.
 * Between two looks only the aim of the command that ran may have changed something, only to its side, and never what somebody else has edited.
 */
export class SequenceModel {
  readonly #transitions: ReadonlyMap<string, Transition>;
  #last: ReadonlyMap<string, HeldObject>;
  readonly #edited = new Set<string>();

  constructor(start: readonly HeldObject[], transitions: readonly Transition[]) {
    this.#transitions = new Map(transitions.map((transition) => [transition.key, transition]));
    this.#last = byKey(start);
  }

  /** Takes note of what somebody else has just done. */
  edited(key: string, now: readonly HeldObject[]): void {
    this.#edited.add(key);
    this.#last = byKey(now);
  }

  /** Objects that hold another pair than before the command. */
  changedBy(aim: RunAim | undefined, now: readonly HeldObject[]): { readonly changed: readonly string[]; readonly problems: readonly string[] } {
    const changed: string[] = [];
    const problems: string[] = [];
    const current = byKey(now);
    for (const key of new Set([...this.#last.keys(), ...current.keys()])) {
      const [before, after] = [this.#last.get(key), current.get(key)];
      if (before !== undefined && after !== undefined && same(before, after)) continue;
      changed.push(key);
      const allowed = before === undefined || aim === undefined || !aim.keys.has(key) || this.#edited.has(key) ? undefined : this.#with(before, aim.leadsTo);
      if (allowed === undefined || after === undefined || !same(allowed, after)) problems.push(`${key} became what it must not be`);
    }
    this.#last = current;
    return { changed, problems };
  }

  /** What a run that has come to its end has left undone. */
  unfinished({ keys, leadsTo }: RunAim): string[] {
    const open = [...keys].filter((key) => !this.#edited.has(key));
    return open.filter((key) => {
      const held = this.#last.get(key);
      const wanted = held && this.#with(held, leadsTo);
      return held === undefined || wanted === undefined || !same(held, wanted);
    });
  }

  get hasEdits(): boolean {
    return this.#edited.size > 0;
  }

  #with(object: HeldObject, side: Held): HeldObject | undefined {
    const transition = this.#transitions.get(object.key);
    if (transition === undefined) return undefined;
    const { username, secret } = transition[side];
    return {
      key: object.key,
      settings: { ...object.settings, [transition.usernameSetting]: username },
      secrets: { ...object.secrets, [transition.secretName]: secret },
    };
  }
}

function byKey(objects: readonly HeldObject[]): Map<string, HeldObject> {
  return new Map(objects.map((object) => [object.key, object]));
}

function same(one: HeldObject, other: HeldObject): boolean {
  return sorted(one.settings) === sorted(other.settings) && sorted(one.secrets) === sorted(other.secrets);
}

function sorted(record: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
