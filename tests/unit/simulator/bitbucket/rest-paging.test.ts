import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

const slugs = Array.from({ length: 205 }, (_, index) => `repository-${index}`);

interface Page {
  values: { repository: { name: string } }[];
  pagelen: number;
  next?: string;
}

describe('paging', () => {
  let bitbucket: OpenBitbucket;
  beforeEach(async () => {
    bitbucket = await openBitbucket({ workspaces: [{ slug: 'acme', repositories: slugs }] });
  });
  afterEach(() => bitbucket.close());

  const sweep = (query: string) => bitbucket.rest(`/user/workspaces/acme/permissions/repositories${query}`, restPair(bitbucket.token));

  const page = async (query: string) => (await (await sweep(query)).json()) as Page;

  it('gives ten at a time unless more are asked for', async () => {
    const { values, pagelen, next } = await page('');
    expect([values.length, pagelen]).toEqual([10, 10]);
    expect(next).toBe(`${bitbucket.url}/2.0/user/workspaces/acme/permissions/repositories?pagelen=10&page=2`);
  });

  it('leads by next through everything, once and in order', async () => {
    const names: string[] = [];
    let path: string | undefined = '?pagelen=100';
    while (path) {
      const { values, next }: Page = await page(path);
      names.push(...values.map((value) => value.repository.name));
      path = next && new URL(next).search;
    }
    expect(names).toEqual(slugs);
  });

  it('has no next on a last page that is full', async () => {
    const last = await page('?pagelen=41&page=5');
    expect(last.values).toHaveLength(41);
    expect(last).not.toHaveProperty('next');
  });

  it.each([
    ['?pagelen=101', 400],
    ['?pagelen=none', 400],
    ['?page=0', 404],
  ])('refuses %s', async (query, status) => {
    expect((await sweep(query)).status).toBe(status);
  });
});
