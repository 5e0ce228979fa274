import { describe, expect, it } from '@jest/globals';
import { mergeSources } from '../../../src/core/merge-sources.ts';
import { moreSources } from '../../../src/core/more-sources.ts';
import { buildPlan } from '../../../src/core/plan-builder.ts';
import type { SourceReading } from '../../../src/core/source-reading.ts';
import { config, item, reading, sharedReading, TODAY, usage } from '../../support/core-samples.ts';

function source(part: Partial<SourceReading> = {}): SourceReading {
  return {
    source: 'database',
    depth: 'tables',
    items: [],
    unread: [],
    apart: [],
    specsBoundPlans: null,
    credentialUsers: [],
    unknownKeys: [],
    warnings: [],
    ...part,
  };
}

const inDatabase = (part: Parameters<typeof item>[0] = {}) => item({ sources: ['database'], ...part });
const onPlan = { level: 'plan', project: 'WEB', plan: 'WEB-CI' } as const;

describe('two sources together', () => {
  it('names both sources, and takes from the database what HTTP does not tell', () => {
    const http = reading({ ...onPlan, usedBy: null, specsBound: null });
    const merged = mergeSources([http], source({ items: [inDatabase({ ...onPlan, usedBy: usage('WEB'), specsBound: true })] }));
    expect(merged.readings).toHaveLength(1);
    expect(merged.readings[0]?.item).toMatchObject({ sources: ['form', 'database'], usedBy: usage('WEB'), specsBound: true, notes: [] });
    expect(merged.readings[0]?.fingerprint).toBe(http.fingerprint);
    expect(merged.readAgain).toEqual([]);
  });

  it('tells a disagreement in words, takes the word of HTTP, and asks to read the object again', () => {
    const other = inDatabase({ name: 'web-old', slug: 'other', credential: { kind: 'app-password', username: 'old', inferred: true } });
    const merged = mergeSources([reading()], source({ items: [other] }));
    const [first] = merged.readings;
    expect(first?.item).toMatchObject({ name: 'web', slug: 'web', credential: { username: 'buildbot' } });
    expect(first?.item.notes).toEqual([
      "the database disagrees about the name: it says web-old, the server's page says web",
      "the database disagrees about the repository: it says acme/other, the server's page says acme/web",
      'the database disagrees about the credential: it says app-password of "old", the server\'s page says app-password of "buildbot"',
    ]);
    expect(merged.readAgain).toEqual([{ object: 'repository', id: '7', level: 'global', name: 'web' }]);
  });

  it('sees no disagreement where one of them does not know, or in the case of a workspace', () => {
    const other = inDatabase({ workspace: 'ACME', credential: { kind: 'unknown' } });
    expect(mergeSources([reading()], source({ items: [other] })).readAgain).toEqual([]);
  });

  it('takes the oid of a shared credential from the database, and asks to read one by it that could not be told from another', () => {
    const one = sharedReading();
    const inTables = { ...one.item, oid: 'abc', sources: ['database'] };
    const merged = mergeSources([one], source({ items: [inTables] }));
    expect([merged.readings[0]?.item.oid, merged.readAgain]).toEqual(['abc', []]);
    const closed = sharedReading({}, { writable: { kind: 'no', why: '2 are called "ci"' } });
    expect(mergeSources([closed], source({ items: [inTables] })).readAgain).toMatchObject([{ object: 'shared-credential', id: '3', oid: 'abc' }]);
    const disputed = mergeSources([one], source({ items: [{ ...inTables, name: 'other' }] }));
    expect([disputed.readings[0]?.item.oid, disputed.readAgain[0]?.oid]).toEqual([undefined, undefined]);
    const read = sharedReading({ oid: 'abc' }, { writable: { kind: 'no', why: 'x' } });
    expect(mergeSources([read], source({ items: [inTables] })).readAgain).toEqual([]);
  });

  it('lists what only the database saw, asks to read it over HTTP, and never plans it unread', () => {
    const merged = mergeSources([reading()], source({ items: [inDatabase({ id: '8', name: 'hidden' })] }));
    expect(merged.readAgain).toEqual([{ object: 'repository', id: '8', level: 'global', name: 'hidden' }]);
    const hidden = merged.readings.find(({ item }) => item.id === '8');
    expect(hidden?.item).toMatchObject({ sources: ['database'], notes: ['seen in the database only'] });
    const { plan } = buildPlan({
      readings: merged.readings,
      config: config(),
      selection: {},
      rotate: false,
      now: TODAY,
      tool: 't',
      server: { url: 'u', version: '11.1' },
    });
    expect(plan.changes.map(({ id }) => id)).toEqual(['7']);
    expect(plan.cannot).toEqual([
      { object: 'repository', id: '8', level: 'global', name: 'hidden', why: 'it was seen in the database only, and its form was not read over HTTP' },
    ]);
  });

  it('tells what HTTP alone saw, but only beside tables that were read whole', () => {
    const seen = (part: Partial<SourceReading>) => mergeSources([reading()], source(part)).readings[0]?.item.notes;
    expect(seen({})).toEqual(['seen over HTTP only: the database does not show it']);
    expect(seen({ source: 'file' })).toEqual(['seen over HTTP only: the inventory file does not show it']);
    expect(seen({ unread: [{ what: 'a row', why: 'malformed' }] })).toEqual([]);
    expect(seen({ depth: 'published-query' })).toEqual([]);
  });

  it('does not miss a Git repository on another host in the database', () => {
    const other = reading({ kind: 'git' }, { gitUrl: { kind: 'other-host' } });
    expect(mergeSources([other], source()).readings[0]?.item.notes).toEqual([]);
  });

  it('takes out what is marked for deletion, though pages still show it', () => {
    const apart = [{ object: 'repository', id: '7', level: 'global', name: 'web', why: 'marked for deletion' }] as const;
    const merged = mergeSources([reading(), reading({ id: '8', name: 'api' })], source({ apart }));
    expect(merged.readings.map(({ item }) => item.id)).toEqual(['8']);
    expect(merged.apart).toEqual(apart);
  });

  it('finds the row of a published query, which has no id, by owner and name', () => {
    const row = inDatabase({ id: 'published:plan:WEB-CI:web', ...onPlan, credential: { kind: 'unknown' }, sources: ['file'] });
    const merged = mergeSources([reading(onPlan)], source({ source: 'file', depth: 'published-query', items: [row] }));
    expect(merged.readings).toHaveLength(1);
    expect(merged.readings[0]?.item).toMatchObject({ id: '7', sources: ['form', 'file'] });
  });

  it('does not guess between two of the same name, and cannot ask for a row without an id', () => {
    const row = (id: string) => inDatabase({ id, ...onPlan });
    const merged = mergeSources([reading(onPlan)], source({ depth: 'published-query', items: [row('published:1'), row('published:2')] }));
    expect(merged.readings.map(({ item }) => item.sources)).toEqual([['form'], ['database'], ['database']]);
    expect(merged.readAgain).toEqual([]);
  });

  it('knows from the list of bound plans whether a plan is bound, also for a repository that the database does not show', () => {
    const bound = (plans: string[]) =>
      mergeSources([reading({ ...onPlan, specsBound: null })], source({ specsBoundPlans: plans })).readings[0]?.item.specsBound;
    expect(bound(['WEB-CI'])).toBe(true);
    expect(bound(['OPS-CI'])).toBe(false);
  });

  it('adds users of a shared credential on other hosts to those that the server names', () => {
    const shared = { object: 'shared-credential', kind: 'credentials', id: '3', name: 'team' } as const;
    const users = [
      { credential: '3', name: 'mirror', kind: 'elsewhere' },
      { credential: '3', name: 'web', kind: 'bitbucket-cloud' },
      { credential: '4', name: 'x', kind: 'elsewhere' },
    ] as const;
    const merged = mergeSources([reading(shared, { otherUsers: ['svn'] })], source({ items: [inDatabase(shared)], credentialUsers: users }));
    expect(merged.readings[0]?.otherUsers).toEqual(['svn', 'mirror']);
  });
});

describe('what another source would add', () => {
  it('speaks of the database where there is none, and of the login where there is none', () => {
    expect(moreSources({ http: true }).join()).toContain('bamboo.database.url');
    expect(moreSources({ http: true, other: { source: 'database', depth: 'tables' } })).toEqual([]);
    expect(moreSources({ http: false, other: { source: 'database', depth: 'tables' } }).join()).toContain('bamboo.login');
  });

  it('speaks of the better SELECT where a published query was run', () => {
    expect(moreSources({ http: true, other: { source: 'file', depth: 'published-query' } }).join()).toContain('--print-sql');
    expect(moreSources({ http: true, other: { source: 'file', depth: 'inventory' } }).join()).toContain('--print-sql');
  });
});
