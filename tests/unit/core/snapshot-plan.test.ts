import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/core/config.ts';
import type { ReadBack } from '../../../src/core/judge.ts';
import type { ObjectState } from '../../../src/core/object-state.ts';
import type { SnapshotEntry } from '../../../src/core/snapshot.ts';
import { planFromSnapshot, type SnapshotInput } from '../../../src/core/snapshot-plan.ts';
import { config, sharedState, state, stateWith, TODAY } from '../../support/core-samples.ts';

const HELD = config({ previous: { buildbot: { file: './old' } } });
const NEW = stateWith('ci@acme.example');

function entry(part: Partial<SnapshotEntry> = {}): SnapshotEntry {
  const { place, kind, credential, settings } = state();
  return {
    format: 1,
    at: TODAY.toISOString(),
    key: 'repository:7',
    place,
    kind,
    workspace: 'acme',
    slug: 'web',
    credential,
    settings: settings.map(([name, value]) => [name, value]),
    ...part,
  };
}

function planned(now: ObjectState | ReadBack | undefined, settings: Config = HELD, part: Partial<SnapshotInput> = {}) {
  const seen = now === undefined || !('place' in now) ? now : ({ kind: 'read', state: now } as const);
  const current = new Map(seen === undefined ? [] : [['repository:7', seen]]);
  const server = { url: 'https://bamboo.example.com/bamboo', version: '12.1.6' };
  return planFromSnapshot({ entries: [entry()], current, selection: {}, config: settings, now: TODAY, tool: 't', server, ...part });
}

describe('the way back from a snapshot', () => {
  it('puts the old pair back where all else is equal, and says what it can not see', () => {
    const [back] = planned(NEW).changes;
    expect(back).toMatchObject({
      before: { username: 'ci@acme.example', credential: 'api-token' },
      after: { username: 'buildbot', credential: 'app-password', previous: 'buildbot' },
      rollback: 'configuration-only',
    });
    expect(back?.warnings[0]).toContain('a snapshot does not tell who wrote last');
  });

  it('leaves alone what already has the user name', () => {
    expect(planned(stateWith('buildbot')).unchanged[0]?.why).toBe('its user name is the one of the snapshot');
  });

  it.each<[string, ObjectState | ReadBack | undefined, Config, string]>([
    [
      'a later edit',
      stateWith('ci@acme.example', { settings: [['branch', 'release']] }),
      HELD,
      'changed since the snapshot (branch, checkBoxFields), and later edits are never trampled',
    ],
    ['another repository', stateWith('ci@acme.example', { slug: 'api' }), HELD, 'changed since the snapshot (which repository it is)'],
    ['an SSH key by now', state({ credential: { kind: 'ssh' } }), HELD, 'does not hold a user name and password of its own'],
    ['a form that may not be written', stateWith('ci@acme.example', { writable: { kind: 'no', why: 'two change flags' } }), HELD, 'two change flags'],
    ['a page that could not be read', { kind: 'unreadable', why: 'could not be read: error page' }, HELD, 'could not be read: error page'],
    ['an object that is gone', undefined, HELD, 'it was not found on the server'],
    ['a secret that is not held', NEW, config(), 'needs-secret: the secret of "buildbot" is not held'],
  ])('can not undo %s', (_what, now, settings, why) => {
    const { changes, cannot } = planned(now, settings);
    expect([changes, cannot[0]?.why]).toEqual([[], expect.stringContaining(why)]);
  });

  it('takes the first entry of an object, and the last object first', () => {
    const other = { ...state().place, id: '8' };
    const entries = [
      entry(),
      entry({ key: 'repository:8', place: other }),
      entry({ credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } }),
    ];
    const current = new Map<string, ReadBack>([
      ['repository:7', { kind: 'read', state: NEW }],
      ['repository:8', { kind: 'read', state: { ...NEW, place: other } }],
    ]);
    expect(planned(undefined, HELD, { entries, current }).changes.map(({ id, after }) => [id, after.username])).toEqual([
      ['8', 'buildbot'],
      ['7', 'buildbot'],
    ]);
  });

  it('puts a shared credential back by its own route, through the users that the run knew', () => {
    const now = sharedState({ credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } });
    const { place, kind, credential } = sharedState();
    const users = [{ object: 'repository', id: '11', level: 'global', name: 'web', workspace: 'acme', slug: 'web' } as const];
    const { workspace: _workspace, slug: _slug, ...shared } = entry({ key: 'shared-credential:3', place, kind, credential, settings: [], users });
    const current = new Map<string, ReadBack>([['shared-credential:3', { kind: 'read', state: now }]]);
    expect(planned(undefined, HELD, { entries: [shared], current }).changes).toMatchObject([
      { object: 'shared-credential', route: 'shared-credential', workspace: 'acme', slug: 'web', users, after: { username: 'buildbot', previous: 'buildbot' } },
    ]);
    const { users: _users, ...unknown } = shared;
    expect(planned(undefined, HELD, { entries: [unknown], current }).cannot[0]?.why).toContain('"bamboo-rekey rollback RUN" can put it back');
    const renamed = new Map<string, ReadBack>([['shared-credential:3', { kind: 'read', state: { ...now, place: { ...place, name: 'ci 2' } } }]]);
    expect(planned(undefined, HELD, { entries: [shared], current: renamed }).cannot[0]?.why).toContain('it was changed since the snapshot');
  });

  it('obeys the selection', () => {
    const { changes, cannot } = planned(NEW, HELD, { selection: { level: ['project'] } });
    expect([changes, cannot]).toEqual([[], []]);
  });
});
