import { RekeyError } from '../../../src/core/errors.ts';

function known(thrown: unknown): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  throw thrown;
}

/** The failure that an act ends with; undefined when it ends well. Other errors fail the test. */
export function failureOf(act: () => unknown): RekeyError | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    return known(thrown);
  }
}

/** The failure that a promise ends with. */
export async function failureIn(promise: Promise<unknown>): Promise<RekeyError | undefined> {
  return promise.then(() => undefined, known);
}
