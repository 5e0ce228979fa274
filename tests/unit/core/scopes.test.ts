import { describe, expect, it } from '@jest/globals';
import { missingScopes, NEEDED_SCOPES } from '../../../src/core/scopes.ts';

describe('missingScopes', () => {
  it('finds nothing missing when every scope is granted, whatever else is granted', () => {
    expect(missingScopes([...NEEDED_SCOPES.map(({ scope }) => scope), 'admin:workspace:bitbucket'])).toEqual([]);
  });

  it('does not take write for read', () => {
    expect(
      missingScopes(['write:repository:bitbucket'])
        .filter(({ need }) => need === 'required')
        .map(({ scope }) => scope),
    ).toEqual(['read:repository:bitbucket']);
  });

  it('tells required, expected and optional scopes apart', () => {
    const missing = missingScopes(['read:repository:bitbucket', 'read:user:bitbucket']);
    expect(missing.map(({ scope, need }) => `${need} ${scope}`)).toEqual([
      'expected read:pullrequest:bitbucket',
      'expected read:workspace:bitbucket',
      'optional write:repository:bitbucket',
      'optional read:webhook:bitbucket',
      'optional write:webhook:bitbucket',
    ]);
  });
});
