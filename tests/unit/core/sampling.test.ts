import { describe, expect, it } from '@jest/globals';
import { leastRiskFirst, testedFirst } from '../../../src/core/sampling.ts';
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
