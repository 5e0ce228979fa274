import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../../src/core/plan-file.ts';
import type { Bamboo, Opened, Route } from '../../../src/core/ports.ts';
import { twinOf } from '../../../src/core/twin-name.ts';
import { planTwins } from '../../../src/verbs/plan-twins.ts';
import { change, config, state } from '../../support/core-samples.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';
import { unsealedPlan } from '../../support/sample-plan.ts';

const STATIC = 'x-bitbucket-api-token-auth';
const HOME = { server: '/bamboo', local: '/mnt/bamboo' };

function world(notes: string[] = []) {
  const open: Route['open'] = async (place): Promise<Opened> => {
    const credential = { kind: 'none', username: '' } as const;
    return {
      kind: 'object',
      object: { state: state({ place, kind: 'git', credential, notes }), write: async () => ({ kind: 'saved' }), test: async () => ({ kind: 'reachable' }) },
    };
  };
  const bamboo: Partial<Bamboo> = { route: () => ({ name: 'import', open }), plansUsing: async () => [] };
  const settings = { ...config(), bamboo: { ...config().bamboo, home: HOME } };
  const plan = (changes: Change[]) => planTwins(unsealedPlan(changes), settings, bamboo as Bamboo, bambooWorld(bamboo).runtime);
  return { plan };
}

describe('planning twins', () => {
  it('puts a twin in the place of a repository, and tells what it does without', async () => {
    const { changes } = await world(['not taken over from the original: description']).plan([change()]);
    expect(changes).toMatchObject([{ ...twinOf({ object: 'repository', id: '7', level: 'global', name: 'web' }), before: null, after: { username: STATIC } }]);
    expect(changes[0]?.warnings).toContain('not taken over from the original: description');
  });

  it('keeps a shared credential that serves git alone, and leaves one that serves Bitbucket Cloud', async () => {
    const place = { object: 'shared-credential', kind: 'credentials', level: 'global' } as const;
    const git = change({ ...place, id: '3', name: 'git', after: { username: STATIC, credential: 'api-token', token: 'ci' } });
    const { changes, unchanged } = await world().plan([git, change({ ...place, id: '4', name: 'cloud' })]);
    expect(changes).toEqual([git]);
    expect(unchanged.slice(-1)).toMatchObject([{ id: '4', why: expect.stringContaining('twins of the repositories on it') }]);
  });
});
