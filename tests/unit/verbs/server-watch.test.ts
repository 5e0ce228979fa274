import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { ServerInfo } from '../../../src/core/model.ts';
import { ServerWatch } from '../../../src/verbs/server-watch.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const BEGAN: ServerInfo = { version: '10.2.7', state: 'RUNNING' };

/** How long each answer takes. */
const TAKES_MS = 100;

function watching(...answers: (ServerInfo | RekeyError)[]) {
  const clock = createManualClock();
  let asked = 0;
  const info = async (): Promise<ServerInfo> => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? BEGAN;
    asked += 1;
    clock.pass(TAKES_MS);
    if (answer instanceof RekeyError) throw answer;
    return answer;
  };
  return { clock, asked: () => asked, watch: new ServerWatch(BEGAN, { info }, { clock, stop: new AbortController().signal }) };
}

describe('a server that is watched during a run', () => {
  it.each([
    [{ ...BEGAN, version: '9.6.0' }, 'Bamboo is of version 9.6.0 now, and was of 10.2.7 when the run was checked'],
    [{ ...BEGAN, version: '10.2.8' }, 'Bamboo is of version 10.2.8 now, and was of 10.2.7 when the run was checked'],
    [{ ...BEGAN, state: 'PAUSED' }, 'Bamboo is in state PAUSED now, and was in RUNNING when the run was checked'],
    [BEGAN, undefined],
  ])('that is now %j: %s', async (now, why) => {
    expect(await watching(now).watch.whyEnd()).toBe(why);
  });

  it('is asked again only after a rest of twenty times its answer, even where the clock was set back', async () => {
    const { clock, asked, watch } = watching(BEGAN);
    const counts: number[] = [];
    for (const ms of [0, 1_900, 100, -3_600_000]) {
      clock.pass(ms);
      await watch.whyEnd();
      counts.push(asked());
    }
    expect(counts).toEqual([1, 1, 2, 3]);
  });

  it('is asked by one at a time', async () => {
    const { asked, watch } = watching(BEGAN);
    await Promise.all([watch.whyEnd(), watch.whyEnd()]);
    expect(asked()).toBe(1);
  });

  it('ends nothing where it does not answer just now', async () => {
    expect(await watching(new RekeyError('SERVER_UNREACHABLE', 'no answer')).watch.whyEnd()).toBeUndefined();
  });

  it('ends the run where it refuses the login', async () => {
    await expect(watching(new RekeyError('LOGIN_REFUSED', 'no')).watch.whyEnd()).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  });
});
