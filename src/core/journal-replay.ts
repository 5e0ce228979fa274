import { assertNever } from './assert-never.ts';
import { RekeyError } from './errors.ts';
import type { ItemState, JournalEntry, RunState } from './journal.ts';

type Started = Extract<JournalEntry, { kind: 'started' }>;

/**
 * A run as its journal tells it.
 * @throws RekeyError RUN_DAMAGED when the entries are not the story of one run.
 */
export function replay(entries: readonly JournalEntry[]): RunState {
  const [first, ...rest] = entries;
  if (first === undefined) throw neverBegan();
  if (first.kind !== 'started') throw damaged(0, `it begins with "${first.kind}" where "started" belongs`);
  const story = new Story(first);
  rest.forEach((entry, index) => {
    story.add(entry, index + 1);
  });
  return story.state();
}

/** The items of one run while its journal is read. */
class Story {
  readonly #started: Started;
  readonly #items: Map<string, ItemState>;
  readonly #intended = new Set<string>();
  #exit: number | undefined;

  constructor(started: Started) {
    this.#started = started;
    this.#items = new Map(started.keys.map((key) => [key, { kind: 'pending' }]));
    if (this.#items.size !== started.keys.length) throw damaged(0, 'it names the same item twice');
  }

  add(entry: JournalEntry, index: number): void {
    if (this.#exit !== undefined && entry.kind !== 'resumed') throw damaged(index, `"${entry.kind}" follows the end of the run`);
    switch (entry.kind) {
      case 'started':
        throw damaged(index, 'the run starts a second time');
      case 'resumed':
        this.#exit = undefined;
        return;
      case 'intent':
        this.#intended.add(entry.key);
        return this.#set(entry.key, { kind: 'intended' }, index);
      case 'outcome':
        return this.#set(entry.key, { kind: 'done', outcome: entry.outcome }, index);
      case 'finished':
        this.#exit = entry.exit;
        return;
      default:
        return assertNever(entry);
    }
  }

  state(): RunState {
    const { run, verb, server, digest, at: startedAt, undoes } = this.#started;
    const of = undoes === undefined ? {} : { undoes };
    const state = { run, verb, server, digest, startedAt, ...of, items: this.#items, intended: [...this.#intended] };
    return this.#exit === undefined ? state : { ...state, exit: this.#exit };
  }

  #set(key: string, state: ItemState, index: number): void {
    if (!this.#items.has(key)) throw damaged(index, `"${key}" is no item of this run`);
    this.#items.set(key, state);
  }
}

/** A crash between making the run directory and the first line leaves this behind. */
function neverBegan(): RekeyError {
  return new RekeyError('RUN_DAMAGED', 'The run ended before it began: its journal is empty, and nothing was changed.', {
    remedy: 'Run the same apply or rollback again.',
  });
}

function damaged(index: number, why: string): RekeyError {
  return new RekeyError('RUN_DAMAGED', `The journal, line ${index + 1}, cannot be believed: ${why}.`);
}
