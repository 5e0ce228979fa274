/** How many requests a server is sent at once. A value: each answer gives the next one. */
export interface Congestion {
  /** The most that was ever wanted at once: what the verbs are told to do side by side. */
  readonly most: number;
  /** From 1 up to `most`. */
  readonly limit: number;
  /** Counts the changes of the limit. */
  readonly turn: number;
  /** Answers of this round; a round is as many as the limit. */
  readonly answers: number;
  /** How many of them were slow. */
  readonly slow: number;
}

/** One answer, as the limit looks at it. */
export interface Sample {
  /** The turn in which the request left: one that left before the limit changed tells nothing of the new limit. */
  readonly turn: number;
  readonly slow: boolean;
}

/** A server that nobody has asked yet. */
export const UNHINDERED: Congestion = { most: 1, limit: 1, turn: 0, answers: 0, slow: 0 };

/** Somebody wants so many requests under way at once. Where nothing holds them back, nothing begins to. */
export function wanted(state: Congestion, atOnce: number): Congestion {
  if (atOnce <= state.most) return state;
  return { ...state, most: atOnce, limit: state.limit === state.most ? atOnce : state.limit };
}

/** Nobody may have more than so many requests under way from now on. */
export function bounded(state: Congestion, most: number): Congestion {
  return state.most <= most ? state : { ...state, most, limit: Math.min(state.limit, most) };
}

/** Additive increase, multiplicative decrease, as TCP does (RFC 5681): half when most answers of a round are slow, one more after a round where they are not. */
export function afterAnswer(state: Congestion, { turn, slow }: Sample): Congestion {
  if (turn !== state.turn) return state;
  const next = { ...state, answers: state.answers + 1, slow: state.slow + (slow ? 1 : 0) };
  if (next.slow * 2 > next.limit) return nextRound(next, Math.max(1, Math.floor(next.limit / 2)));
  return next.answers < next.limit ? next : nextRound(next, Math.min(next.most, next.limit + 1));
}

function nextRound(state: Congestion, limit: number): Congestion {
  return { ...state, limit, turn: limit === state.limit ? state.turn : state.turn + 1, answers: 0, slow: 0 };
}
