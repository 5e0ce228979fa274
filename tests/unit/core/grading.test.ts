import { describe, expect, it } from '@jest/globals';
import { gradeRollback } from '../../../src/core/grading.ts';
import { BEFORE_THE_END, TODAY } from '../../support/core-samples.ts';

const APP_PASSWORD = { username: 'buildbot', credential: 'app-password' } as const;
const TOKEN = { username: 'ci@acme.example', credential: 'api-token' } as const;
const THE_DAY = new Date('2026-07-28T00:00:00Z');

describe('the grade of a way back', () => {
  it.each([
    ['an app password that is not held', { before: APP_PASSWORD, previousHeld: false }, TODAY, 'needs-secret'],
    ['an app password not held while it worked', { before: APP_PASSWORD, previousHeld: false }, BEFORE_THE_END, 'needs-secret'],
    ['a held app password while it worked', { before: APP_PASSWORD, previousHeld: true }, BEFORE_THE_END, 'exact'],
    ['a held app password on the day of their end', { before: APP_PASSWORD, previousHeld: true }, THE_DAY, 'configuration-only'],
    ['a held app password today', { before: APP_PASSWORD, previousHeld: true }, TODAY, 'configuration-only'],
    ['a token that is not held', { before: TOKEN, previousHeld: false }, TODAY, 'needs-secret'],
    ['a token held under previous', { before: TOKEN, previousHeld: true }, TODAY, 'exact'],
    ['a token that the configuration names', { before: { ...TOKEN, token: 'ci' }, previousHeld: false }, TODAY, 'exact'],
    ['a secret seen to be an app password', { before: TOKEN, previousHeld: true, previousIsAppPassword: true }, TODAY, 'configuration-only'],
    ['a secret seen to be no app password', { before: APP_PASSWORD, previousHeld: true, previousIsAppPassword: false }, TODAY, 'exact'],
  ] as const)('of %s', (_what, way, today, grade) => {
    expect(gradeRollback(way, today)).toBe(grade);
  });
});
