import { describe, expect, it } from '@jest/globals';
import type { Check } from '../../../src/core/check.ts';
import type { Place } from '../../../src/core/model.ts';
import type { Bamboo, Opened, Route, Runtime } from '../../../src/core/ports.ts';
import { prove } from '../../../src/verbs/prove.ts';
import { config, state } from '../../support/core-samples.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

const RUN = '2026-11-24T22-41-27-000Z-0a1b2c';
const HOME = { server: '/bamboo', local: '/mnt/bamboo' };
const linked = (id: string, name: string): Place => ({ object: 'repository', id, level: 'global', name });

/** A Bamboo whose import makes a second repository beside the one that it should change. */
function makesSecond(isRemovable: boolean) {
  const places: Place[] = [linked('1', 'web')];
  const open: Route['open'] = async (place): Promise<Opened> => {
    const write = async () => {
      places.push(linked('99', `${place.name} (2)`));
      return { kind: 'other-object', id: '99' } as const;
    };
    return { kind: 'object', object: { state: state({ place }), write, test: async () => ({ kind: 'reachable' }) } };
  };
  const bamboo: Partial<Bamboo> = {
    route: () => ({ name: 'import', open }),
    linkedRepositories: async () => ({ entries: places.map((place) => ({ place })), unread: [] }),
    makeScratch: async (name) => {
      places.push(linked('7', name));
      return linked('7', name);
    },
    removeScratch: async ({ id }) => {
      if (!isRemovable && id === '99') return { kind: 'unanswered', why: 'the list still holds it' };
      places.splice(
        places.findIndex((place) => place.id === id),
        1,
      );
      return { kind: 'saved' };
    },
    exported: () => ({ files: 0, folders: [] }),
  };
  return { places, bamboo };
}

async function proved(bamboo: Partial<Bamboo>) {
  const checks: Check[] = [];
  const store = { lock: async () => ({ release: async () => undefined }) };
  const runtime = { ...bambooWorld(bamboo).runtime, store: async () => store, newRunId: () => RUN } as unknown as Runtime;
  const settings = { ...config(), bamboo: { ...config().bamboo, home: HOME } };
  const exit = await prove({ pat: 'full', pages: false }, settings, runtime, (check) => void checks.push(check));
  return { exit, checks, told: JSON.stringify(checks) };
}

describe('a proof on a server that makes a second repository', () => {
  it('removes both, says which one it was, and speaks of no run to roll back', async () => {
    const { places, bamboo } = makesSecond(true);
    const { exit, checks, told } = await proved(bamboo);
    expect([exit, places.map(({ name }) => name)]).toEqual([5, ['web']]);
    const failed = checks.find(({ check }) => check === 'prove:import');
    expect([failed?.status, failed?.detail, failed?.remedy]).toEqual([
      'failed',
      expect.stringContaining('another repository (id 99)'),
      expect.stringContaining('remove it there by hand'),
    ]);
    expect(told).toContain('(2)\\" (id 99): made by Bamboo beside the scratch repository, removed');
    expect(told).not.toContain('rollback');
  });

  it('says how to remove by hand what it can not remove, and begins with that the next time', async () => {
    const { places, bamboo } = makesSecond(false);
    const { exit, checks } = await proved(bamboo);
    expect([exit, places.map(({ id }) => id)]).toEqual([5, ['1', '99']]);
    expect(checks.at(-1)).toMatchObject({ status: 'failed', remedy: expect.stringContaining('(2)" by hand at ') });
    const again = await proved(bamboo);
    expect([again.exit, again.checks.length, places.map(({ id }) => id)]).toEqual([5, 1, ['1', '99']]);
  });
});
