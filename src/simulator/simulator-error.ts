/** What the simulator says when it is set up in a way that it cannot serve. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
}

/** The last branch of a switch over a union: reached only when a case was forgotten. */
export function unreachable(value: never): never {
  throw new SimulatorError(`Nothing handles ${JSON.stringify(value)}.`);
}
