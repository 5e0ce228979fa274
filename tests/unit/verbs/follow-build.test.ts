import { describe, expect, it } from '@jest/globals';
import type { BuildState } from '../../../src/core/build-progress.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Bamboo } from '../../../src/core/ports.ts';
import { followBuild } from '../../../src/verbs/follow-build.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

const ORDER = { plan: 'WEB-A', timeoutMs: 60_000 };
const WANTED = [{ workspace: 'acme', slug: 'web' }];
const TYPE = 'com.atlassian.bamboo.plugins.vcs:task.vcs.checkout';
const LOG = [
  `Starting task 'get' of type '${TYPE}'`,
  "Fetching 'refs/heads/main' from 'https://bitbucket.org/acme/web.git'.",
  "Finished task 'get' with result: Success",
];
const state = (part: Partial<BuildState>): BuildState => ({ lifeCycle: 'InProgress', state: 'Unknown', jobs: ['WEB-A-J-1'], ...part });

/** A server whose build goes through these states, one for each look; the last one stays. */
function server(states: readonly (BuildState | RekeyError)[], parts: Partial<Bamboo> = {}): Partial<Bamboo> {
  let look = 0;
  return {
    queueBuild: async () => ({ kind: 'queued', result: 'WEB-A-1' }),
    build: async () => {
      const found = states[Math.min(look++, states.length - 1)] ?? state({});
      if (found instanceof RekeyError) throw found;
      return found;
    },
    jobLog: async () => (look >= states.length ? LOG : LOG.slice(0, 2)),
    ...parts,
  };
}

describe('following a build', () => {
  it('ends with its checkout, not with its result', async () => {
    const { runtime, events } = bambooWorld(server([state({ lifeCycle: 'Queued', jobs: [] }), state({}), state({})]));
    expect(await followBuild(ORDER, WANTED, runtime)).toMatchObject({ plan: 'WEB-A', result: 'WEB-A-1', kind: 'checked-out' });
    expect(events.map((event) => ('state' in event ? event.state : ''))).toEqual(['queued', 'checked-out']);
  });

  it('goes on when a look fails', async () => {
    const { runtime } = bambooWorld(server([new RekeyError('SERVER_UNREACHABLE', 'The connection was reset.'), state({})]));
    expect((await followBuild(ORDER, WANTED, runtime)).kind).toBe('checked-out');
  });

  it('ends at its time limit with what was seen last, and waits ever longer between looks', async () => {
    const { runtime, clock } = bambooWorld(server([state({ lifeCycle: 'Queued', jobs: [] })]));
    const start = clock.now().getTime();
    expect(await followBuild(ORDER, WANTED, runtime)).toEqual({
      plan: 'WEB-A',
      result: 'WEB-A-1',
      kind: 'not-known',
      detail: 'after 60 seconds it was not known whether the checkout works: the build is Queued; the build goes on',
    });
    expect(clock.now().getTime() - start).toBe(60_000);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(10_000);
    expect(clock.sleeps.length).toBeLessThan(20);
  });

  it('tells the last failure where no look ever worked', async () => {
    const { runtime } = bambooWorld(server([new RekeyError('PAGE_ERROR', 'Bamboo answered 500.')]));
    expect((await followBuild(ORDER, WANTED, runtime)).detail).toContain('Bamboo answered 500.');
  });

  it('is refused where nothing was queued, and not known where nobody answered', async () => {
    const refused = bambooWorld({ queueBuild: async () => ({ kind: 'refused', why: 'Bamboo answered 403.' }) });
    await expect(followBuild(ORDER, WANTED, refused.runtime)).rejects.toMatchObject({
      code: 'BUILD_REFUSED',
      message: 'Plan WEB-A was not queued: Bamboo answered 403.',
    });
    const unanswered = bambooWorld({ queueBuild: async () => ({ kind: 'unanswered', why: 'The connection was reset.' }) });
    expect(await followBuild(ORDER, WANTED, unanswered.runtime)).toEqual({
      plan: 'WEB-A',
      kind: 'not-known',
      detail: 'it is not known whether a build was queued: The connection was reset.',
    });
  });

  it('ends at once with a refused login, and with Ctrl-C', async () => {
    const { runtime } = bambooWorld(server([new RekeyError('LOGIN_REFUSED', 'No.')]));
    await expect(followBuild(ORDER, WANTED, runtime)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    const stop = new AbortController();
    const stopped = bambooWorld(
      server([state({ jobs: [] })], {
        build: async () => {
          stop.abort();
          return state({ jobs: [] });
        },
      }),
      stop.signal,
    );
    await expect(followBuild(ORDER, WANTED, stopped.runtime)).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('WEB-A-1, which goes on'),
    });
  });
});
