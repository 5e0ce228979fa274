import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/core/config.ts';
import type { Change, PlanFile } from '../../../src/core/plan-file.ts';
import { type ReverseInput, reversePlan } from '../../../src/core/rollback-plan.ts';
import { BEFORE_THE_END, change, config, TODAY } from '../../support/core-samples.ts';

const HELD = config({ previous: { buildbot: { file: './old' } } });

function planOf(...changes: Change[]): PlanFile {
  const summary = { change: changes.length, unchanged: 0, cannot: 0 };
  const server = { url: 'https://bamboo.example.com/bamboo', version: '12.1.6' };
  return {
    format: 1,
    purpose: 'apply',
    createdAt: TODAY.toISOString(),
    tool: 't',
    server,
    digest: 'd',
    summary,
    changes,
    unchanged: [],
    cannot: [],
    alsoNeeded: [],
  };
}

function reverse(changes: Change[], settings: Config, part: Partial<ReverseInput> = {}) {
  const intended = changes.map(({ id }) => `repository:${id}`);
  return reversePlan({ plan: planOf(...changes), intended, selection: {}, config: settings, now: TODAY, tool: 't', ...part });
}

describe('the way back of a run', () => {
  it('expects what the run wrote, and writes the old pair', () => {
    const [back] = reverse([change()], HELD).changes;
    expect(back).toMatchObject({
      before: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
      after: { username: 'buildbot', credential: 'app-password', previous: 'buildbot' },
      fingerprint: change().fingerprint,
    });
  });

  it('goes the other way round, each object once, and only where a write was intended', () => {
    const changes = [change({ id: '1' }), change({ id: '2' }), change({ id: '3' })];
    const { changes: back, purpose } = reverse(changes, HELD, { intended: ['repository:3', 'repository:1', 'repository:3'] });
    expect([purpose, ...back.map(({ id }) => id)]).toEqual(['rollback', '1', '3']);
  });

  it('obeys the selection', () => {
    const changes = [change({ id: '1' }), change({ id: '2', level: 'project', project: 'WEB' })];
    expect(reverse(changes, HELD, { selection: { level: ['project'] } }).changes.map(({ id }) => id)).toEqual(['2']);
  });

  it('says that an app password brings back the setting only, once they have ended', () => {
    const [back] = reverse([change()], HELD).changes;
    expect([back?.rollback, back?.warnings]).toEqual([
      'configuration-only',
      [expect.stringContaining('since 2026-07-28, so this brings back the setting, not the service')],
    ]);
    const [earlier] = reverse([change()], HELD, { now: BEFORE_THE_END }).changes;
    expect([earlier?.rollback, earlier?.warnings]).toEqual(['exact', []]);
  });

  it('names the key to add where the old secret is not held', () => {
    const { changes, cannot, summary } = reverse([change()], config());
    expect(changes).toEqual([]);
    expect(summary).toEqual({ change: 0, unchanged: 0, cannot: 1 });
    expect(cannot[0]?.why).toBe(
      'needs-secret: the secret of "buildbot" is not held; add it to the configuration under previous, as in { previous: { buildbot: { file: PATH } } }',
    );
  });

  it('refuses a token that is gone or belongs to somebody else by now', () => {
    const back = change({
      before: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
      after: { username: 'buildbot', credential: 'app-password', previous: 'buildbot' },
    });
    const expires = '2027-09-30';
    expect(reverse([back], config({ tokens: {}, assign: [] })).cannot[0]?.why).toContain('no longer has the token "ci"');
    const moved = config({ tokens: { ci: { email: 'new@acme.example', token: { env: 'T' }, expires } } });
    expect(reverse([back], moved).cannot[0]?.why).toContain('the token "ci" now belongs to new@acme.example, not to ci@acme.example');
    expect(reverse([back], config()).changes[0]?.after).toEqual({ username: 'ci@acme.example', credential: 'api-token', token: 'ci' });
  });

  it('pairs the name for tokens with the token that was written under it, and an email with none but its own', () => {
    const STATIC = 'x-bitbucket-api-token-auth';
    const before = { username: STATIC, credential: 'api-token', token: 'ci' } as const;
    for (const kind of ['git', 'credentials'] as const) expect(reverse([change({ kind, before })], config()).changes[0]?.after).toEqual(before);
    expect(reverse([change({ before })], config()).cannot[0]?.why).toContain('now belongs to ci@acme.example');
    const other = { username: 'left@acme.example', credential: 'api-token', token: 'ci' } as const;
    expect(reverse([change({ kind: 'credentials', before: other })], config()).cannot[0]?.why).toContain('not to left@acme.example');
  });

  it('puts the earlier secret of a rotation back only where it is held under its user name', () => {
    const rotation = change({ before: { username: 'ci@acme.example', credential: 'api-token' } });
    expect(reverse([rotation], config()).cannot[0]?.why).toContain('the secret of "ci@acme.example" is not held');
    const [back] = reverse([rotation], config({ previous: { 'ci@acme.example': { file: './old' } } })).changes;
    expect([back?.after, back?.rollback]).toEqual([{ username: 'ci@acme.example', credential: 'api-token', previous: 'ci@acme.example' }, 'exact']);
  });

  it('is not planned from a journal that tells of other objects than its plan', () => {
    expect(() => reverse([change()], HELD, { intended: ['repository:99'] })).toThrow(expect.objectContaining({ code: 'RUN_DAMAGED' }));
  });
});
