import { describe, expect, it } from '@jest/globals';
import type { ReadBack } from '../../../src/core/judge.ts';
import { fingerprint, type ObjectState } from '../../../src/core/object-state.ts';
import { sealPlan } from '../../../src/core/plan-codec.ts';
import { asItStands } from '../../../src/core/rollback-preview.ts';
import { change, state, stateWith } from '../../support/core-samples.ts';
import { unsealedPlan } from '../../support/sample-plan.ts';

const WRITTEN = { username: 'ci@acme.example', credential: 'api-token', token: 'ci' } as const;
const OLD = { username: 'buildbot', credential: 'app-password' } as const;

const back = sealPlan({
  ...unsealedPlan([change({ before: WRITTEN, after: OLD, fingerprint: fingerprint(stateWith(WRITTEN.username)) })]),
  purpose: 'rollback',
  cannot: [{ object: 'repository', id: '9', level: 'global', name: 'docs', why: 'its old secret is not held' }],
  summary: { change: 1, unchanged: 1, cannot: 1 },
});

const read = (held: ObjectState): ReadBack => ({ kind: 'read', state: held });
const preview = (current: ReadBack | undefined) => asItStands(back, new Map(current === undefined ? [] : [['repository:7', current]]));

describe('a way back as the server stands', () => {
  it('restores what still holds what the run wrote', () => {
    const { changes, unchanged, cannot, summary } = preview(read(stateWith(WRITTEN.username)));
    expect([changes, unchanged, cannot]).toEqual([back.changes, back.unchanged, back.cannot]);
    expect(summary).toEqual({ change: 1, unchanged: 1, cannot: 1 });
  });

  it('has nothing to do where the old user name is back, or was never replaced', () => {
    const { changes, unchanged, summary } = preview(read(stateWith(OLD.username)));
    expect([changes, unchanged.at(-1)]).toEqual([[], { object: 'repository', id: '7', level: 'global', name: 'web', why: 'already holds buildbot' }]);
    expect(summary).toEqual({ change: 0, unchanged: 2, cannot: 1 });
  });

  it.each<[string, ReadBack | undefined, string]>([
    ['somebody else wrote since', read(stateWith('someone@acme.example')), 'the credential is now'],
    ['was edited since', read(stateWith(WRITTEN.username, { settings: [['branch', 'release']] })), 'changed: branch'],
    ['points elsewhere', read(stateWith(WRITTEN.username, { slug: 'api' })), 'it points at acme/api'],
    ['uses a shared credential now', read(state({ credential: { kind: 'shared' } })), 'the credential is now'],
    ['can not be read', { kind: 'unreadable', why: 'could not be read: error page' }, 'could not be read: error page'],
    ['is gone', undefined, 'it was not found on the server'],
  ])('leaves alone what %s, beside what it could not take anyway', (_what, current, why) => {
    const { changes, cannot, summary } = preview(current);
    expect([changes, cannot]).toEqual([[], [back.cannot[0], expect.objectContaining({ id: '7', why: expect.stringContaining(why) })]]);
    expect(summary).toEqual({ change: 0, unchanged: 1, cannot: 2 });
  });
});
