/** Ends when everybody who asked before has had a turn. */
let last: Promise<void> = Promise.resolve();

/**
 * Waits for a turn of the event loop of one's own. Answers that come together would else be read in one turn: no disk and no request gets on meanwhile,
 * all of them wait for the last, and leave together again for the next crowd.
 */
export function ownTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
