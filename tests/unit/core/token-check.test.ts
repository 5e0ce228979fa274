import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.ts';
import { checkTokenLocally } from '../../../src/core/token-check.ts';

const TODAY = new Date('2026-11-24T23:30:00Z');
const GOOD = `ATAT${'x'.repeat(188)}`;

function problems(change: { email?: string; value?: string; expires?: string }): string[] {
  const token = { email: 'ci@acme.example', expires: '2027-06-01', ...change, value: new Secret(change.value ?? GOOD) };
  return checkTokenLocally(token, TODAY).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('checkTokenLocally', () => {
  it('has nothing to say about a good token', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ['an app password', `ATBB${'x'.repeat(32)}`, /^failed: This is an app password/],
    ['an access token', `ATCT${'x'.repeat(188)}`, /^failed: This is an access token/],
    ['anything else', 'hunter2hunter2', /^failed: This is not an API token/],
    ['a prefix in lower case', GOOD.toLowerCase(), /^failed: This is not an API token/],
    ['an empty value', '', /^failed: The token is empty/],
    ['nothing but blanks', ' \n', /^failed: The token is empty/],
    ['a blank inside', `ATAT${'x'.repeat(90)} ${'x'.repeat(90)}`, /^failed: There is a blank/],
    ['a line end inside', `ATAT${'x'.repeat(90)}\n${'x'.repeat(90)}`, /^failed: There is a blank/],
    ['a NUL inside', `ATAT${'x'.repeat(90)}\u0000${'x'.repeat(90)}`, /^failed: There is a blank or a control/],
    ['a typographic character inside', `ATAT${'x'.repeat(90)}…${'x'.repeat(90)}`, /^failed: The token holds characters/],
  ])('refuses %s', (_what, value, sentence) => {
    expect(problems({ value })).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([` ${GOOD}`, `${GOOD}\n`, `\t${GOOD}\r\n`])('tells of blanks around the token and judges what is left', (value) => {
    expect(problems({ value })).toEqual([expect.stringMatching(/^warning: There are blanks/)]);
  });

  it('warns of a short token, and hints at a clipped paste at 128 characters alone', () => {
    expect(problems({ value: GOOD.slice(0, 149) })).toEqual([expect.stringMatching(/^warning: The token has only 149 characters.*whole\.$/)]);
    expect(problems({ value: GOOD.slice(0, 128) })).toEqual([expect.stringMatching(/only 128 characters.*clip what is pasted/)]);
    expect(problems({ value: GOOD.slice(0, 150) })).toEqual([]);
  });

  it.each(['buildbot', '', 'a@', '@b', 'a b@c.example'])('refuses "%s" as an email', (email) => {
    expect(problems({ email })).toEqual([expect.stringMatching(/^failed: The email is not an email address/)]);
  });

  it.each([
    ['2026-11-23', /^failed: The token ran out on 2026-11-23/],
    ['2026-11-24', /^warning: The token runs out today/],
    ['2026-11-25', /^warning: The token runs out in 1 day \(/],
    ['2026-12-24', /^warning: The token runs out in 30 days/],
    ['2027-11-26', /^failed: The stated day 2027-11-26 is more than a year away/],
    ['soon', /^failed: The day it runs out is not a date/],
  ])('judges the stated day %s', (expires, sentence) => {
    expect(problems({ expires })).toEqual([expect.stringMatching(sentence)]);
  });

  it.each(['2026-12-25', '2027-11-24', '2027-11-25'])('accepts the stated day %s', (expires) => {
    expect(problems({ expires })).toEqual([]);
  });

  it('lists all problems at once and repeats nothing of the value', () => {
    const found = problems({ email: 'buildbot', value: 'ATBBsecretvalue', expires: '2020-01-01' });
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain('secretvalue');
  });
});
