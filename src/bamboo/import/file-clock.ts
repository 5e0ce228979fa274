/** Clocks of servers and file systems tell whole seconds. */
const GRAIN_MS = 2_000;

/** When a file was written, and when the server's answer named it, each by its own clock; and how long the file has been waited for since. */
export interface Writing {
  readonly modified: Date;
  readonly answered: Date;
  readonly waitedMs: number;
}

/** How far the clock that stamps files is from the server's. They are taken for equal until a file that is new for certain has shown otherwise. */
export class FileClock {
  #offset: { readonly least: number; readonly most: number } | undefined;

  /** Whether a file may have been written for this answer; one that was not may be old, or stamped by a clock that is not known yet. */
  fits({ modified, answered, waitedMs }: Writing): boolean {
    const { least, most } = this.#offset ?? { least: 0, most: 0 };
    const offset = modified.getTime() - answered.getTime();
    return offset >= least - GRAIN_MS && offset <= most + waitedMs + GRAIN_MS;
  }

  /** Takes in a file that was written for this answer for certain, at some moment of the wait. */
  learn({ modified, answered, waitedMs }: Writing): void {
    const most = modified.getTime() - answered.getTime();
    const { least: before, most: after } = this.#offset ?? { least: most - waitedMs, most };
    this.#offset = { least: Math.min(before, most - waitedMs), most: Math.max(after, most) };
  }
}
