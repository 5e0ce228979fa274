/** Why an exchange was ended from our side. */
export type Ending = 'silent' | 'too-long' | 'stopped';

/** Time limits of one exchange. */
export interface Deadline {
  /** Aborted when a limit is reached or the caller stops. */
  readonly signal: AbortSignal;
  /** Something came: the silence begins anew. */
  touch(): void;
  ending(): Ending | undefined;
  /** Ends the watch. */
  end(): void;
}

/** Starts to watch: `silentMs` for connecting and between two pieces of the answer, `wholeMs` for all of it. */
export function startDeadline(silentMs: number, wholeMs: number, stop?: AbortSignal): Deadline {
  const controller = new AbortController();
  let ending: Ending | undefined;
  const finish = (why: Ending) => {
    ending ??= why;
    controller.abort();
  };
  const onStop = () => finish('stopped');
  const silence = setTimeout(finish, silentMs, 'silent');
  const whole = setTimeout(finish, wholeMs, 'too-long');
  stop?.addEventListener('abort', onStop, { once: true });
  if (stop?.aborted) onStop();
  return {
    signal: controller.signal,
    touch: () => void silence.refresh(),
    ending: () => ending,
    end() {
      clearTimeout(silence);
      clearTimeout(whole);
      stop?.removeEventListener('abort', onStop);
    },
  };
}
