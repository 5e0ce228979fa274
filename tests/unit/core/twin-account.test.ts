import { describe, expect, it } from '@jest/globals';
import { buildPlan } from '../../../src/core/plan-builder.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { config, sharedReading, TODAY, userReading } from '../../support/core-samples.ts';

const CLOSED = { writable: { kind: 'no', why: 'it uses the shared credential "ci"' } } as const;
const GIT_USER = userReading({ id: '8', name: 'tools', kind: 'git' }, { gitUrl: { kind: 'https', workspace: 'acme', slug: 'tools' } });

function planned(readings: readonly Reading[], asGit: boolean, settings = config()) {
  const server = { url: 'https://bamboo.example.com/bamboo', version: '8.2.9' };
  return buildPlan({ readings, config: settings, selection: {}, rotate: false, asGit, now: TODAY, tool: 'bamboo-rekey 0.1.0', server }).plan;
}

function told(plan: ReturnType<typeof planned>, list: 'unchanged' | 'cannot', id: string): string | undefined {
  return plan[list].find((each) => each.object === 'repository' && each.id === id)?.why;
}

describe('a Bitbucket Cloud repository on a shared credential', () => {
  it('is planned with an account of its own where twins are asked for, by the rule that fits its user name', () => {
    const settings = config({ assign: [{ username: 'build*', sharedCredential: 'ci', token: 'web' }] });
    const { changes } = planned([userReading({}, CLOSED), sharedReading()], true, settings);
    expect(changes.find(({ object }) => object === 'repository')).toMatchObject({
      kind: 'bitbucket-cloud',
      before: { username: 'buildbot', credential: 'app-password' },
      after: { username: 'web@acme.example', token: 'web' },
    });
    expect(told(planned([userReading({}, CLOSED), sharedReading()], false), 'unchanged', '7')).toContain('"ci", which changes');
  });

  it('is planned so beside Git-type users, whom no twin helps', () => {
    const { changes, cannot } = planned([userReading({}, CLOSED), GIT_USER, sharedReading()], true);
    expect(changes.map(({ id }) => id)).toEqual(['7']);
    expect(cannot.map(({ id }) => id).sort()).toEqual(['3', '8']);
  });

  it('leaves Git-type users where they are when the credential serves both', () => {
    const settings = config({ assign: [{ sharedCredential: 'ci', token: 'ci', acceptUsers: true }] });
    expect(told(planned([userReading({}, CLOSED), GIT_USER, sharedReading()], true, settings), 'cannot', '8')).toContain('stays as it is with --as-git');
  });

  it('stays where the credential counts as migrated, or does not tell its user name', () => {
    const moved = sharedReading({ credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } });
    expect(told(planned([userReading({}, CLOSED), moved], true), 'unchanged', '7')).toContain('already an email');
    const closed = sharedReading({ credential: { kind: 'unknown' } });
    expect(told(planned([userReading({}, CLOSED), closed], true), 'cannot', '7')).toContain('stands on the shared credential "ci"');
  });
});
