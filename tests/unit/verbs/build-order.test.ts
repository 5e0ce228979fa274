import { describe, expect, it } from '@jest/globals';
import type { Bamboo, PlanLookup } from '../../../src/core/ports.ts';
import { checkBuildOrder } from '../../../src/verbs/build-order.ts';
import { change } from '../../support/core-samples.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

const PLAN = { key: 'WEB-A', project: 'WEB', name: 'A' };
const LINKED = change({ id: '1', level: 'global', workspace: 'acme', slug: 'web' });
const BRANCH = change({ id: '7', level: 'branch', plan: 'WEB-A3', workspace: 'acme', slug: 'web' });

function server(found: PlanLookup, parts: Partial<Bamboo> = {}): Partial<Bamboo> {
  const place = { object: 'repository' as const, id: '1', level: 'plan' as const, name: 'web' };
  return {
    plan: async () => found,
    plans: async () => ({ entries: [PLAN], unread: [] }),
    planBranches: async () => ({ entries: [{ ...PLAN, key: 'WEB-A3', plan: 'WEB-A', enabled: true }], unread: [] }),
    planRepositories: async ({ key }) => ({ entries: key === 'WEB-A' ? [{ place }] : [], unread: [] }),
    ...parts,
  };
}

const check = (found: PlanLookup, plan = 'WEB-A', changes = [LINKED], parts: Partial<Bamboo> = {}) =>
  checkBuildOrder({ plan, timeoutMs: 1 }, changes, bambooWorld(server(found, parts)).runtime);

describe('a plan that is named to be built', () => {
  it('is taken where it uses something that is looked at', async () => {
    const order = await check({ kind: 'found', plan: PLAN, enabled: true });
    expect(order.wanted(LINKED)).toEqual([{ workspace: 'acme', slug: 'web' }]);
    expect(order.wanted(change({ id: '2', level: 'global' }))).toEqual([]);
  });

  it('is taken from the list where the server does not tell of one plan alone', async () => {
    expect((await check({ kind: 'missing' })).plan).toBe('WEB-A');
  });

  it('may be a branch, known by its master or by the list of its plan, which uses what the plan uses', async () => {
    const byList = await check({ kind: 'missing' }, 'WEB-A3', [LINKED, BRANCH]);
    const byMaster = await check({ kind: 'found', plan: { ...PLAN, key: 'WEB-A3' }, master: 'WEB-A' }, 'WEB-A3', [LINKED, BRANCH]);
    for (const order of [byList, byMaster]) expect([LINKED, BRANCH].map((each) => order.wanted(each).length)).toEqual([1, 1]);
  });

  it.each<[string, PlanLookup, string, Partial<Bamboo>, string]>([
    ['unknown', { kind: 'missing' }, 'NO-SUCH', {}, 'Plan NO-SUCH is unknown, or this account may not see it. Nothing was queued.'],
    [
      'forbidden',
      { kind: 'forbidden', why: 'Bamboo answered 403.' },
      'WEB-A',
      {},
      'Plan WEB-A may not be seen by this account: Bamboo answered 403. Nothing was queued.',
    ],
    ['disabled', { kind: 'found', plan: PLAN, enabled: false }, 'WEB-A', {}, 'Plan WEB-A is disabled. Nothing was queued.'],
    [
      'a disabled branch',
      { kind: 'missing' },
      'WEB-A3',
      { planBranches: async () => ({ entries: [{ ...PLAN, key: 'WEB-A3', plan: 'WEB-A', enabled: false }], unread: [] }) },
      'Plan WEB-A3 is disabled. Nothing was queued.',
    ],
    [
      'of other repositories',
      { kind: 'found', plan: PLAN },
      'WEB-A',
      { planRepositories: async () => ({ entries: [], unread: [] }) },
      'Plan WEB-A uses none of the 1 object(s) that are looked at here, so its build would prove nothing about them. Nothing was queued.',
    ],
    [
      'not to be read',
      { kind: 'found', plan: PLAN },
      'WEB-A',
      { planRepositories: async () => ({ entries: [], unread: [{ what: 'x', why: 'no login is configured.' }] }) },
      "Plan WEB-A can't be matched with the repositories of this run: no login is configured. Nothing was queued.",
    ],
  ])('is refused where it is %s', async (_, found, plan, parts, message) => {
    await expect(check(found, plan, [LINKED], parts)).rejects.toMatchObject({ code: 'BUILD_REFUSED', message });
  });
});
