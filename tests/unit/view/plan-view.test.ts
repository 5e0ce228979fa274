import { describe, expect, it } from '@jest/globals';
import { planView } from '../../../src/view/plan-view.ts';
import { change, leftAlone, PIPE, planResult, usage } from '../../support/view-samples.ts';

function shown(...given: Parameters<typeof planResult>): string {
  return planView(...([planResult(...given), 'bamboo-rekey apply plan.json', PIPE] as const));
}

describe('the view of a plan', () => {
  it('tells the change of one repository on one line', () => {
    expect(shown([change()])).toContain(
      '  app-core  acme/app-core  buildbot (app password) -> ci@acme.example (API token "ci")  12 plans, 2 environments  rollback exact\n',
    );
  });

  it('says what a rollback takes the old secret from', () => {
    const before = { username: 'ci@acme.example', credential: 'api-token', token: 'ci' } as const;
    const after = { username: 'buildbot', credential: 'app-password', previous: 'buildbot' } as const;
    const text = shown([change({ before, after })], { purpose: 'rollback' });
    expect(text).toContain('ci@acme.example (API token "ci") -> buildbot (app password from previous "buildbot")');
    expect(text).toContain('Rollback for https://bamboo.example.com/bamboo');
    expect(text).toContain('1 to restore');
  });

  it('tells what may not be seen of the blast radius, and when it is not known', () => {
    expect(shown([change({ usedBy: usage({ plans: 1, inaccessiblePlans: 2 }) })])).toContain('1 plan, 2 that you may not see');
    expect(shown([change({ usedBy: null })])).toContain('use not known');
    expect(shown([change({ usedBy: usage() })])).toContain('used by nothing');
  });

  it('puts what the server version refuses on top', () => {
    const text = shown([change()], {}, { versionProblem: 'Bamboo 9.6.15 takes no API tokens.' });
    expect(text.split('\n')[1]).toBe('Bamboo 9.6.15 takes no API tokens.');
  });

  it('says so when there is nothing to change', () => {
    const text = shown([]);
    expect(text).toContain('0 to change');
    expect(text).toContain('Nothing to change.');
    expect(text).not.toContain('Digest');
  });

  it('groups what cannot be changed by its reason, the most frequent first', () => {
    const text = shown([], { cannot: [leftAlone('a', 'rare'), leftAlone('b', 'often'), leftAlone('c', 'often')] });
    expect(text).toContain('Cannot be changed\n      2  often\n         b (linked), c (linked)\n      1  rare\n         a (linked)\n');
  });

  it('breaks a long reason between words, and lets the rest hang below its beginning', () => {
    const plan = planResult([], { cannot: [leftAlone('a', 'a reason that is longer than the screen is wide')] });
    expect(planView(plan, 'next', { width: 40, colors: false })).toContain(
      '      1  a reason that is longer than\n         the screen is wide\n         a (linked)\n',
    );
  });

  it('makes names from the server harmless wherever they stand', () => {
    const hostile = '\u001b]0;owned\u0007\u202e';
    const place = { level: 'plan', project: hostile, plan: hostile } as const;
    const side = { username: hostile, credential: 'app-password' } as const;
    const text = shown(
      [change({ ...place, name: hostile, slug: hostile, before: side, warnings: [hostile] })],
      { cannot: [leftAlone(hostile, hostile, place)], server: { url: hostile, version: hostile } },
      { unread: [{ what: hostile, why: hostile }], suggestions: [hostile] },
    );
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(text).toContain('\\u001b]0;owned\\u0007\\u202e');
  });

  it('has colours only where the screen has', () => {
    const result = planResult([change()]);
    expect(planView(result, '', { width: 200, colors: true })).toContain('\u001b[');
    expect(planView(result, '', { width: 200, colors: false })).not.toContain('\u001b[');
  });
});
