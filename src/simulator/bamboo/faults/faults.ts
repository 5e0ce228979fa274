import { z } from 'zod';

/** Everything that can go wrong on demand. */
const FAULT_KINDS = [
  'answer-lost',
  'reset',
  'hang',
  'error-page',
  'error-page-after-write',
  'html-instead-of-json',
  'xml-error',
  'page-cut',
  'session-lost',
  'unauthorized',
  'forbidden',
  'rate-limit',
  'save-ignored',
  'save-resets-setting',
  'save-creates-second',
] as const;

/** One fault on demand: what goes wrong, how often, and for which requests. */
export const FaultRequest = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  /** How many matching requests it meets; 1 unless told otherwise. */
  times: z.number().int().positive().default(1),
  /** How many matching requests pass first. */
  skip: z.number().int().nonnegative().default(0),
  method: z.string().optional(),
  /** Part of the path with its query. */
  path: z.string().optional(),
  /** Only requests that name this repository. */
  repositoryId: z.string().optional(),
  /** With `save-resets-setting`: the setting that is lost. */
  setting: z.string().optional(),
  /** With `rate-limit`: the Retry-After header. */
  retryAfterSeconds: z.number().nonnegative().default(1),
});

/** A fault on demand with its defaults filled in. */
export type FaultRequest = z.infer<typeof FaultRequest>;

/** A fault on demand as one writes it. */
export type FaultInput = z.input<typeof FaultRequest>;

/** A request as faults look at it. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly repositoryId: string | null;
}

/** The faults that are still to come. */
export class Faults {
  #waiting: FaultRequest[] = [];

  /** Adds one; faults are tried in the order in which they were added. */
  add(input: FaultInput): void {
    this.#waiting.push(FaultRequest.parse(input));
  }

  /** Forgets all that have not happened. */
  clear(): void {
    this.#waiting = [];
  }

  /** What still waits. */
  waiting(): FaultRequest[] {
    return this.#waiting.map((fault) => ({ ...fault }));
  }

  /** The fault that this request meets; it is used up by that. */
  take(subject: FaultSubject): FaultRequest | null {
    for (const fault of this.#waiting) {
      if (!matches(fault, subject)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      this.#waiting = this.#waiting.filter((each) => each.times > 0);
      return fault;
    }
    return null;
  }
}

function matches(fault: FaultRequest, subject: FaultSubject): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== subject.method) return false;
  if (fault.path !== undefined && !subject.path.includes(fault.path)) return false;
  if (fault.kind.startsWith('save-') && !(subject.method === 'POST' && /\.action|\/import\//.test(subject.path))) return false;
  return fault.repositoryId === undefined || fault.repositoryId === subject.repositoryId;
}
