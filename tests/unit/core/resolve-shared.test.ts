import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../src/core/model.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { resolveShared } from '../../../src/core/resolve-shared.ts';

const credential = (id: string, project?: string): Place => ({
  object: 'shared-credential',
  id,
  level: project === undefined ? 'global' : 'project',
  name: 'ci',
  ...(project === undefined ? {} : { project }),
});

const user = (id: string): Reading => ({
  item: {
    object: 'repository',
    id: '7',
    level: 'project',
    project: 'WEB',
    name: 'shop',
    kind: 'bitbucket-cloud',
    credential: { kind: 'shared', shared: { id, name: 'ci' } },
    usedBy: null,
    specsBound: null,
    sources: ['export'],
    notes: [],
  },
  fingerprint: '',
  settings: {},
  writable: { kind: 'no', why: '' },
});

function idOf(id: string, ...credentials: Place[]): string | undefined {
  return resolveShared(user(id), credentials).item.credential.shared?.id;
}

describe('a shared credential that a document names by scope and name', () => {
  it('is the one of that scope', () => {
    expect(idOf('GLOBAL:ci', credential('1'), credential('2', 'WEB'))).toBe('1');
    expect(idOf('PROJECT:ci', credential('1'), credential('2', 'WEB'), credential('3', 'OPS'))).toBe('2');
  });

  it('stays unknown where none, or more than one, is meant', () => {
    expect(idOf('PROJECT:ci', credential('1'), credential('3', 'OPS'))).toBe('PROJECT:ci');
    expect(idOf('GLOBAL:ci', credential('1'), credential('9'))).toBe('GLOBAL:ci');
  });

  it('is left alone where its id is known', () => {
    expect(idOf('4', credential('1'))).toBe('4');
  });
});
