import { describe, expect, it } from '@jest/globals';
import type { Sighting } from '../../../../src/core/log-diagnosis/recognise.ts';
import { createSightingIndex } from '../../../../src/core/log-diagnosis/sighting-index.ts';

function seen(part: Partial<Sighting> = {}): Sighting {
  return { failure: 'GIT_REFUSED', workspace: 'acme', slug: 'shop', user: 'buildbot', changes: [], ...part };
}

describe('createSightingIndex', () => {
  it('tells failure, user, workspace and slug apart, whichever was asked for before', () => {
    const index = createSightingIndex<string>();
    const all = [
      seen(),
      seen({ failure: 'REPOSITORY_CLOSED' }),
      seen({ user: 'other' }),
      seen({ workspace: 'beta' }),
      seen({ slug: 'web' }),
      seen({ user: undefined }),
    ];
    for (const [number, sighting] of all.entries()) {
      expect(index.get(sighting)).toBeUndefined();
      index.add(sighting, `${number}`);
    }
    expect([...all, ...[...all].reverse()].map((sighting) => index.get(sighting))).toEqual(['0', '1', '2', '3', '4', '5', '5', '4', '3', '2', '1', '0']);
  });

  it('does not tell capitals apart, nor a name that is missing from one that is empty', () => {
    const index = createSightingIndex<string>();
    index.add(seen({ user: undefined, slug: undefined }), 'nameless');
    index.add(seen(), 'named');
    expect(index.get(seen({ user: '', slug: '' }))).toBe('nameless');
    expect(index.get(seen({ user: 'BuildBot', workspace: 'ACME', slug: 'Shop' }))).toBe('named');
  });

  it('finds what was put in after it had been looked for in vain', () => {
    const index = createSightingIndex<string>();
    expect(index.get(seen())).toBeUndefined();
    index.add(seen({ slug: 'web' }), 'web');
    index.add(seen(), 'shop');
    expect([index.get(seen()), index.get(seen({ slug: 'web' })), index.get(seen({ slug: 'none' }))]).toEqual(['shop', 'web', undefined]);
  });
});
