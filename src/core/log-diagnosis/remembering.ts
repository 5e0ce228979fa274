import { ownCopy } from './own-copy.ts';

const MOST_KNOWN = 2_000;
const LONGEST_KNOWN = 4_000;
/** So many texts pass before it is tried again whether they come back. */
const REST = 100_000;

/** The same function, with its answers to the last few texts kept; where texts hardly ever come back, keeping costs more than it saves, and pauses. */
export function remembering<Answer extends NonNullable<unknown>>(answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  let hits = 0;
  let resting = 0;
  const keep = (text: string, given: Answer): void => {
    if (known.size >= MOST_KNOWN) {
      if (hits < MOST_KNOWN) resting = REST;
      hits = 0;
      known.clear();
    }
    if (text.length <= LONGEST_KNOWN) known.set(ownCopy(text), given);
  };
  return (text) => {
    if (resting > 0) {
      resting -= 1;
      return answer(text);
    }
    const before = known.get(text);
    if (before !== undefined) {
      hits += 1;
      return before;
    }
    const given = answer(text);
    keep(text, given);
    return given;
  };
}
