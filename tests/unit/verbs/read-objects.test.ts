import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Opened } from '../../../src/core/ports.ts';
import { readObjects } from '../../../src/verbs/read-objects.ts';
import { config, state } from '../../support/core-samples.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

type Answer = () => Promise<Opened>;

const object: Answer = async () => ({
  kind: 'object',
  object: { state: state(), write: async () => ({ kind: 'saved' }), test: async () => ({ kind: 'reachable' }) },
});
const failing = (code: 'ANSWER_NOT_UNDERSTOOD' | 'LOGIN_REFUSED') => async () => {
  throw new RekeyError(code, 'as the test wants it.');
};

function reading(answers: Readonly<Record<string, Answer>>, stop?: AbortController) {
  const asked: string[] = [];
  const open = async ({ id }: { readonly id: string }) => {
    asked.push(id);
    return await (answers[id] ?? object)();
  };
  const world = bambooWorld({ route: (name) => ({ name, open }) }, stop?.signal);
  const objects = Object.keys(answers).map((id) => ({ key: `repository:${id}`, place: { ...state().place, id }, route: 'form' as const }));
  const settings = config();
  const current = readObjects(objects, { ...world.runtime, config: async () => ({ ...settings, apply: { ...settings.apply, concurrency: 1 } }) });
  return { asked, current, events: world.events };
}

describe('reading the objects of a way back', () => {
  it('gives what stands at each, and the reason of each that is not as it was', async () => {
    const { current, events } = reading({ '1': object, '2': failing('ANSWER_NOT_UNDERSTOOD'), '3': async () => ({ kind: 'other-type', type: 'GitHub' }) });
    expect([...(await current)]).toEqual([
      ['repository:1', { kind: 'read', state: state() }],
      ['repository:2', { kind: 'unreadable', why: 'could not be read: as the test wants it.' }],
      ['repository:3', { kind: 'unreadable', why: 'it is now of another type (GitHub)' }],
    ]);
    expect(events.at(0)).toEqual({ event: 'PHASE', phase: 'reading', total: 3 });
    expect(events.at(-1)).toEqual({ event: 'PROGRESS', phase: 'reading', done: 3, total: 3 });
  });

  it('asks no further once the login is refused', async () => {
    const { asked, current } = reading({ '1': failing('LOGIN_REFUSED'), '2': object });
    await expect(current).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(asked).toEqual(['1']);
  });

  it('gives nothing after Ctrl-C: what was not read would look as if it were gone', async () => {
    const stop = new AbortController();
    const interrupted: Answer = () => {
      stop.abort();
      return object();
    };
    const { asked, current } = reading({ '1': interrupted, '2': object }, stop);
    await expect(current).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(asked).toEqual(['1']);
  });
});
