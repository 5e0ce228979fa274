import { describe, expect, it } from '@jest/globals';
import { leastRiskFirst, sampleOf, testedFirst } from '../../../src/core/sampling.ts';
import { change, usage } from '../../support/core-samples.ts';

const NOBODY = { ...usage(), plans: 0 };
const credential = change({ id: '1', object: 'shared-credential', usedBy: NOBODY });
const repository = change({ id: '2', usedBy: NOBODY });
const ids = (changes: readonly { id: string }[]) => changes.map(({ id }) => id);

describe('the order of canary and samples', () => {
  it('takes a repository before a shared credential, whose new secret Bamboo can only test after the write', () => {
    expect(ids(leastRiskFirst([credential, repository]))).toEqual(['2', '1']);
    expect(ids(testedFirst([credential, repository]))).toEqual(['2', '1']);
  });

  it('counts the repositories that stand on a shared credential among its users', () => {
    const served = change({ id: '3', object: 'shared-credential', usedBy: { ...NOBODY, repositories: 2 } });
    const used = change({ id: '4', usedBy: { ...NOBODY, plans: 1 } });
    expect(ids(leastRiskFirst([served, used]))).toEqual(['4', '3']);
  });

  it('takes what has the fewest users first, and last what nobody knows the users of', () => {
    const unknown = change({ id: '5', usedBy: null });
    const hidden = change({ id: '6', usedBy: { ...NOBODY, inaccessiblePlans: 3 } });
    expect(ids(leastRiskFirst([unknown, hidden, credential]))).toEqual(['1', '6', '5']);
  });
});

describe('a sample', () => {
  it('holds the canaries that an apply would take, and one change for each token and workspace beside them', () => {
    const used = { ...NOBODY, plans: 2 };
    const all = [
      change({ id: '1', workspace: 'acme', usedBy: used }),
      change({ id: '2', workspace: 'acme', usedBy: NOBODY }),
      change({ id: '3', workspace: 'other', object: 'shared-credential', usedBy: used }),
      change({ id: '4', workspace: 'other', usedBy: used }),
    ];
    expect(ids(sampleOf(all, 1))).toEqual(['2', '4']);
    expect(ids(sampleOf(all, 0))).toEqual(['1', '4']);
    expect(ids(sampleOf(all, 3))).toEqual(['2', '1', '4']);
  });
});
