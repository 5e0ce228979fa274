import { describe, expect, it } from '@jest/globals';
import { createFailureTally } from '../../../../src/core/log-diagnosis/failure-tally.ts';
import { joinInventory } from '../../../../src/core/log-diagnosis/join-inventory.ts';
import type { Sighting } from '../../../../src/core/log-diagnosis/recognise.ts';
import { timeStamp } from '../../../../src/core/log-diagnosis/record-start.ts';
import { item } from '../../../support/core-samples.ts';

function refused(part: Partial<Sighting> = {}, time = ''): Sighting {
  return { failure: 'GIT_REFUSED', workspace: 'acme', slug: 'shop', changes: [], time: timeStamp(time)?.time, ...part };
}

const EMAIL: Sighting = { failure: 'EMAIL_IN_PATH', user: 'ci@acme.example', changes: [], time: timeStamp('2026-08-09T10:00:00.000')?.time };

describe('the tally', () => {
  it('adds up by failure, repository and user, with first and last time in whatever order they come', () => {
    const tally = createFailureTally();
    tally.add(refused({ user: 'buildbot', bambooUser: 'bob' }, '2026-08-02T10:00:00'));
    tally.add(refused({ user: 'Buildbot', bambooUser: 'ann', changes: ['CHANGE-1'] }, '2026-08-01T10:00:00'));
    tally.add(refused({ user: 'buildbot' }, '2026-08-03T10:00:00'));
    tally.add(refused({ user: 'other' }));
    tally.add(refused({ slug: 'till' }));
    expect(tally.found()).toMatchObject([
      { user: 'buildbot', count: 3, first: '2026-08-01T10:00:00', last: '2026-08-03T10:00:00', bambooUsers: ['ann', 'bob'], changes: ['CHANGE-1'] },
      { slug: 'shop', user: 'other', count: 1 },
      { slug: 'till', count: 1 },
    ]);
    expect(tally.found()[1]).not.toHaveProperty('first');
    expect(tally.untold()).toBe(0);
  });

  it('takes git’s refusal within a minute after an email in a path for the second half of scenario 2', () => {
    const tally = createFailureTally();
    tally.add(EMAIL);
    tally.add(refused({}, '2026-08-09T10:00:59.000'));
    expect(tally.found()).toContainEqual(
      expect.objectContaining({ failure: 'GIT_EMAIL_REFUSED', slug: 'shop', user: 'ci@acme.example', userInferred: true, count: 1 }),
    );
  });

  it.each([
    ['later', refused({}, '2026-08-09T10:01:01.000')],
    ['earlier', refused({}, '2026-08-09T09:59:59.000')],
    ['with a user name of its own', refused({ user: 'buildbot' }, '2026-08-09T10:00:01.000')],
    ['without a time', refused()],
  ])('leaves a refusal alone that came %s', (_how, seen) => {
    const tally = createFailureTally();
    tally.add(EMAIL);
    tally.add(seen);
    expect(tally.found().map(({ failure }) => failure)).toContain('GIT_REFUSED');
    expect(JSON.stringify(tally.found())).not.toContain('userInferred');
  });

  it('counts by the failure alone when there are too many to tell apart', () => {
    const tally = createFailureTally(2);
    for (let slug = 0; slug < 10; slug++) tally.add(refused({ slug: `shop-${slug}` }, `2026-08-01T10:00:0${slug}`));
    expect(tally.found().map(({ slug, count }) => [slug, count])).toEqual([
      [undefined, 8],
      ['shop-0', 1],
      ['shop-1', 1],
    ]);
    expect(tally.found()[0]?.last).toBe('2026-08-01T10:00:09');
    expect(tally.untold()).toBe(8);
  });

  it('goes on telling those that it knows when there are too many', () => {
    const tally = createFailureTally(2);
    for (const slug of ['shop', 'till', 'door', 'SHOP']) tally.add(refused({ slug }));
    tally.add({ failure: 'GIT_REFUSED', changes: [] });
    expect(tally.found().map(({ slug, count }) => [slug, count])).toEqual([
      [undefined, 2],
      ['shop', 2],
      ['till', 1],
    ]);
    expect(tally.untold()).toBe(1);
  });

  it('tells first and last time each in its own zone', () => {
    const tally = createFailureTally();
    tally.add(refused({}, '2026-10-24T10:00:00.5+02:00'));
    tally.add(refused({}, '2026-10-26T10:00:00+01:00'));
    expect(tally.found()).toMatchObject([{ first: '2026-10-24T10:00:00.5+02:00', last: '2026-10-26T10:00:00+01:00' }]);
  });

  it('tells more users and changes than one, but not without end', () => {
    const tally = createFailureTally();
    for (let user = 0; user < 50; user++) tally.add(refused({ bambooUser: `user-${user % 30}`, changes: ['CHANGE-1'] }));
    expect(tally.found()).toMatchObject([{ bambooUsers: expect.arrayContaining(['user-0', 'user-19']), changes: ['CHANGE-1'] }]);
    expect(tally.found()[0]?.bambooUsers).toHaveLength(20);
  });
});

describe('the inventory', () => {
  const items = [
    item({ id: '1', workspace: 'acme', slug: 'Shop' }),
    item({ id: '2', workspace: 'acme', slug: 'shop', level: 'plan', project: 'WEB', plan: 'WEB-APP', name: 'own' }),
    item({ id: '3', workspace: 'other', slug: 'shop', credential: { kind: 'api-token', username: 'CI@acme.example' } }),
  ];
  function holdersOf(seen: Sighting): (string | undefined)[] | undefined {
    const tally = createFailureTally();
    tally.add(seen);
    return joinInventory(tally.found(), { items })[0]?.holders?.map(({ id }) => id);
  }

  it('names the objects that hold the repository, whatever the user', () => {
    expect(holdersOf(refused({ user: 'ci@acme.example' }))).toEqual(['1', '2']);
  });

  it('names those that hold the user name where no repository is known', () => {
    expect(holdersOf(EMAIL)).toEqual(['3']);
  });

  it('says when it holds none', () => {
    expect(holdersOf(refused({ slug: 'gone' }))).toEqual([]);
    expect(holdersOf({ failure: 'CAPTCHA_LOCK', changes: [] })).toEqual([]);
  });
});
