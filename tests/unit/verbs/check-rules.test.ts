import { describe, expect, it } from '@jest/globals';
import { checkRules } from '../../../src/verbs/check-rules.ts';
import { config, reading } from '../../support/core-samples.ts';

const SUGGESTION = '- { workspace: acme, token: TOKEN }';

describe('what doctor says of the rules', () => {
  it('warns where there is none', () => {
    expect(checkRules(config({ assign: [] }), [], [])).toEqual([
      {
        check: 'assign',
        status: 'warning',
        detail: 'no rule under assign: nothing would be changed',
        remedy: 'Add a line under assign, such as: - { workspace: WORKSPACE, token: TOKEN }',
      },
    ]);
  });

  it('warns where none fits what was read, and proposes the line of the plan', () => {
    const elsewhere = config({ assign: [{ workspace: 'other', token: 'ci' }] });
    expect(checkRules(elsewhere, [reading()], [SUGGESTION])).toEqual([
      expect.objectContaining({
        detail: 'no rule under assign matches anything that was read: nothing would be changed',
        remedy: expect.stringContaining(SUGGESTION),
      }),
    ]);
  });

  it('says nothing where one fits something, or where nothing asks for a token', () => {
    expect(checkRules(config(), [reading(), reading({ workspace: 'other' })], [SUGGESTION])).toEqual([]);
    expect(checkRules(config(), [], [])).toEqual([]);
  });
});
