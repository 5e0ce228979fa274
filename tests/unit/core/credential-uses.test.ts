import { describe, expect, it } from '@jest/globals';
import { sortUses } from '../../../src/core/credential-uses.ts';
import type { Place } from '../../../src/core/model.ts';
import type { CredentialUse } from '../../../src/core/ports.ts';

const place = (id: string, name: string): Place => ({ object: 'repository', id, level: 'global', name });
const KNOWN = { users: [place('1', 'web')], otherTypes: [place('2', 'web legacy'), place('3', 'svn')], others: [place('4', 'docs')] };
const repository = (name: string, id?: string): CredentialUse => ({ kind: 'repository', name, ...(id === undefined ? {} : { id }) });
const sort = (...uses: CredentialUse[]) => sortUses(uses, KNOWN);

describe('the users that a server names', () => {
  it('add nothing where they were read as users', () => {
    expect(sort(repository('web', '1'), repository('web'))).toEqual({ otherUsers: [], repositories: 2, notes: [] });
  });

  it('are users of another type where such a repository has the id, or the name', () => {
    expect(sort(repository('whatever', '3')).otherUsers).toEqual(['"whatever"']);
    expect(sort(repository('svn')).otherUsers).toEqual(['"svn"']);
  });

  it('are told apart by the longest name that stands there as a whole word', () => {
    expect(sort(repository('web legacy (linked)')).otherUsers).toEqual(['"web legacy (linked)"']);
    expect(sort(repository('PROJ: web')).notes).toEqual([]);
    expect(sort(repository('webshop')).notes).toEqual(['Bamboo names "webshop" as a user, which was not read']);
  });

  it('are told where they do not use it in the account slot, or were not read at all', () => {
    expect(sort(repository('docs', '4')).notes).toEqual(['Bamboo names "docs" as a user, whose form does not show it in the account slot']);
    expect(sort(repository('web', '99')).notes).toEqual(['Bamboo names "web" as a user, which was not read']);
    expect(sort({ kind: 'unclear', name: 'something' })).toEqual({
      otherUsers: [],
      repositories: 0,
      notes: ['Bamboo names "something" as a user, which was not read'],
    });
  });

  it('are told where they are tasks, whatever they are called', () => {
    const { notes, otherUsers, repositories } = sort({ kind: 'task', name: 'svn' }, { kind: 'task', name: 'push' });
    expect({ notes, otherUsers, repositories }).toEqual({
      notes: ['used by the task(s) "svn", "push", too, which get the new pair with it'],
      otherUsers: [],
      repositories: 0,
    });
  });
});
