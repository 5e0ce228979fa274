import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { afterAnswer, type Congestion, UNHINDERED, wanted } from '../../src/http/congestion.ts';
import { type Baseline, judgeLatency } from '../../src/http/latency.ts';

type Step = { readonly kind: 'wanted'; readonly atOnce: number } | { readonly kind: 'answer'; readonly slow: boolean; readonly late: 0 | 1 };

const atOnce = fc.integer({ min: 1, max: 64 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wanted' as const), atOnce }) },
    {
      weight: 9,
      arbitrary: fc.record({ kind: fc.constant('answer' as const), slow: fc.boolean(), late: fc.constantFrom(0 as const, 0 as const, 1 as const) }),
    },
  ),
  { maxLength: 300 },
);

function take(state: Congestion, step: Step): Congestion {
  return step.kind === 'wanted' ? wanted(state, step.atOnce) : afterAnswer(state, { turn: state.turn - step.late, slow: step.slow });
}

/** What becomes of the limit under these latencies, each judged against the lowest before it. */
function limitsUnder(most: number, latencies: readonly number[]): number[] {
  let baseline: Baseline | undefined;
  let state = wanted(UNHINDERED, most);
  let now = 0;
  return latencies.map((ms) => {
    now += ms / state.limit;
    const verdict = judgeLatency(baseline, ms, now);
    baseline = verdict.baseline;
    state = afterAnswer(state, { turn: state.turn, slow: verdict.slow });
    return state.limit;
  });
}

const repeated = (ms: number, times: number): number[] => Array.from({ length: times }, () => ms);

describe('the limit of a server, whatever happens', () => {
  it('is never below one and never above what was wanted', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let state = UNHINDERED;
        let most = 1;
        for (const step of taken) {
          state = take(state, step);
          if (step.kind === 'wanted') most = Math.max(most, step.atOnce);
          if (state.limit < 1 || state.limit > most || !Number.isInteger(state.limit)) return false;
        }
        return true;
      }),
    );
  });

  it('changes by a half downwards, or by one upwards', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let state = UNHINDERED;
        return taken.every((step) => {
          const before = state;
          state = take(state, step);
          return (
            step.kind === 'wanted' || [before.limit, Math.max(1, Math.floor(before.limit / 2)), Math.min(before.limit + 1, before.most)].includes(state.limit)
          );
        });
      }),
    );
  });

  it('is never lowered for a server of constant latency, with a jitter of up to 100 ms', () => {
    const jitter = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(atOnce, fc.integer({ min: 1, max: 20_000 }), jitter, (most, ms, extra) =>
        limitsUnder(
          most,
          extra.map((more) => ms + more),
        ).every((limit) => limit === most),
      ),
    );
  });

  it('falls to one when a server becomes four times as slow, and is back when it recovers', () => {
    fc.assert(
      fc.property(atOnce, fc.integer({ min: 101, max: 5000 }), (most, ms) => {
        const limits = limitsUnder(most, [...repeated(ms, 64), ...repeated(ms * 4, 2 * 64), ...repeated(ms, 64 * 64)]);
        return Math.min(...limits) === 1 && limits.at(-1) === most;
      }),
    );
  });
});
