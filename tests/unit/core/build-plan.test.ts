import { describe, expect, it } from '@jest/globals';
import { wantedCheckouts } from '../../../src/core/build-plan.ts';
import type { Change } from '../../../src/core/plan-file.ts';
import { change } from '../../support/core-samples.ts';

const PLAN = { key: 'WEB-CI', repositories: new Set(['1', '2']) };
const BRANCH = { key: 'WEB-CI0', master: 'WEB-CI', repositories: new Set(['1', '2']) };
const at = (part: Partial<Change>): Change => change({ workspace: 'acme', slug: 'web', ...part });
const count = (part: Partial<Change>, plan: Parameters<typeof wantedCheckouts>[1] = PLAN) => wantedCheckouts(at(part), plan).length;

describe('what a build checks out', () => {
  it('are the repositories on the page of the plan, and those that the plan owns', () => {
    expect(wantedCheckouts(at({ id: '1', level: 'global' }), PLAN)).toEqual([{ workspace: 'acme', slug: 'web' }]);
    expect(count({ id: '9', level: 'global' })).toBe(0);
    expect(count({ id: '9', level: 'plan', plan: 'WEB-CI' })).toBe(1);
    expect(count({ id: '9', level: 'plan', plan: 'WEB-REL' })).toBe(0);
  });

  it('are for a branch its own, and those of its plan', () => {
    expect(count({ id: '9', level: 'branch', plan: 'WEB-CI0' }, BRANCH)).toBe(1);
    expect(count({ id: '9', level: 'branch', plan: 'WEB-CI1' }, BRANCH)).toBe(0);
    expect(count({ id: '9', level: 'plan', plan: 'WEB-CI' }, BRANCH)).toBe(1);
  });

  it('are for a shared credential its users, and not the credential itself', () => {
    const user = (id: string) => ({ object: 'repository' as const, id, level: 'global' as const, name: id, workspace: 'acme', slug: `s${id}` });
    const shared = at({ object: 'shared-credential', id: '1', users: [user('2'), user('3')] });
    expect(wantedCheckouts(shared, PLAN)).toEqual([{ workspace: 'acme', slug: 's2' }]);
  });
});
