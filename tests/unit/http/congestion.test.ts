import { describe, expect, it } from '@jest/globals';
import { afterAnswer, bounded, type Congestion, UNHINDERED, wanted } from '../../../src/http/congestion.ts';

/** Answers to requests that left under the limit as it stood then. */
function answers(state: Congestion, ...slow: readonly boolean[]): Congestion {
  return slow.reduce((now, each) => afterAnswer(now, { turn: now.turn, slow: each }), state);
}

const EIGHT = wanted(UNHINDERED, 8);
const FEW: Congestion = { ...EIGHT, limit: 2 };

describe('the limit of one server', () => {
  it('follows what is wanted while nothing holds it back', () => {
    expect([UNHINDERED, EIGHT, wanted(EIGHT, 3), wanted(EIGHT, 20)].map(({ limit, most }) => [limit, most])).toEqual([
      [1, 1],
      [8, 8],
      [8, 8],
      [20, 20],
    ]);
  });

  it('stays low when more is wanted of a slow server', () => {
    expect(wanted(FEW, 20)).toMatchObject({ limit: 2, most: 20 });
  });

  it('is at once no higher than what is allowed, and stays where it is when more is allowed', () => {
    expect(bounded(EIGHT, 5)).toMatchObject({ limit: 5, most: 5 });
    expect(bounded({ ...EIGHT, limit: 2 }, 5)).toMatchObject({ limit: 2, most: 5 });
    expect(bounded(EIGHT, 20)).toBe(EIGHT);
  });

  it('is halved as soon as more than half of a round is slow, and not before', () => {
    expect(answers(EIGHT, true, true, true, true)).toMatchObject({ limit: 8 });
    expect(answers(EIGHT, true, true, true, true, true)).toMatchObject({ limit: 4, turn: 1, answers: 0, slow: 0 });
  });

  it('begins each round anew: slow answers that are half of every round take nothing away', () => {
    const halfSlow = [true, false, true, false, true, false, true, false];
    expect(answers(EIGHT, ...halfSlow, ...halfSlow, ...halfSlow)).toMatchObject({ limit: 8 });
  });

  it('rises by one after a round that was not slow, and stops at what is wanted', () => {
    expect(answers(FEW, false, false)).toMatchObject({ limit: 3 });
    expect(answers(FEW, ...Array.from({ length: 200 }, () => false))).toMatchObject({ limit: 8 });
  });

  it('takes no notice of answers to requests that left before it changed', () => {
    const halved = answers(EIGHT, true, true, true, true, true);
    expect(afterAnswer(halved, { turn: 0, slow: true })).toBe(halved);
  });

  it('is never below one', () => {
    expect(answers(EIGHT, ...Array.from({ length: 50 }, () => true))).toMatchObject({ limit: 1 });
  });
});
