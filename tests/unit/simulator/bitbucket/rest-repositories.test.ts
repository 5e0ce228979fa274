import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '../../../../src/simulator/bitbucket/world.ts';
import { type OpenBitbucket, openBitbucket, restPair } from '../../../support/simulated-bitbucket.ts';

let bitbucket: OpenBitbucket;
beforeEach(async () => {
  bitbucket = await openBitbucket();
});
afterEach(() => bitbucket.close());

const valuesOf = async (answer: Response) => ((await answer.json()) as { values: unknown[] }).values;
const read = (path: string) => bitbucket.rest(path, restPair(bitbucket.token));
const change = (slug: string, what: Partial<Repository>) =>
  Object.assign(bitbucket.world.workspaces[0]?.repositories.find((each) => each.slug === slug) ?? {}, what);

describe('a single repository', () => {
  it('is described by its full name, its privacy and its main branch', async () => {
    expect(await (await read('/repositories/acme/shop')).json()).toMatchObject({ full_name: 'acme/shop', is_private: true, mainbranch: { name: 'main' } });
  });

  it('is found by uuid too', async () => {
    const uuid = bitbucket.world.workspaces[0]?.repositories[1]?.uuid ?? '';
    expect(await (await read(`/repositories/acme/${encodeURIComponent(uuid)}`)).json()).toMatchObject({ full_name: 'acme/stock' });
  });

  it('is the same answer whether it is hidden, missing or in a workspace that the token does not reach', async () => {
    change('shop', { grant: 'none' });
    bitbucket.token.workspaces = ['acme'];
    const answers = await Promise.all(['/repositories/acme/shop', '/repositories/acme/nowhere', '/repositories/umbrella/rain'].map(read));
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  });

  it('answers under a former name with its present one', async () => {
    change('shop', { slug: 'store', formerNames: ['acme/shop', 'umbrella/shop'] });
    for (const path of ['/repositories/acme/shop', '/repositories/umbrella/shop', '/repositories/acme/store']) {
      expect(await (await read(path)).json()).toMatchObject({ full_name: 'acme/store' });
    }
  });

  it('is served anonymously when it is public, and then tells nothing about a credential', async () => {
    change('shop', { isPrivate: false });
    const anonymous = await bitbucket.rest('/repositories/acme/shop');
    bitbucket.token.workspaces = ['umbrella'];
    const unreached = await read('/repositories/acme/shop');
    expect([anonymous, unreached].map((answer) => [answer.status, answer.headers.get('x-oauth-scopes')])).toEqual([
      [200, null],
      [200, null],
    ]);
    expect((await bitbucket.rest('/repositories/acme/stock')).status).toBe(404);
  });
});

describe('workspaces', () => {
  it.each(['/user/workspaces', '/workspaces/acme', '/user/workspaces/acme/permissions/repositories'])('are nothing for a stranger: %s', async (path) => {
    expect((await bitbucket.rest(path)).status).toBe(401);
  });

  it('are those that the token reaches', async () => {
    bitbucket.token.workspaces = ['umbrella'];
    const values = await valuesOf(await read('/user/workspaces'));
    expect(values).toMatchObject([{ workspace: { slug: 'umbrella' } }]);
    expect(values).toHaveLength(1);
    expect((await read('/workspaces/umbrella')).status).toBe(200);
    expect((await read('/workspaces/acme')).status).toBe(404);
  });

  it('are found by uuid too, and missed with their name', async () => {
    const uuid = bitbucket.world.workspaces[0]?.uuid ?? '';
    expect(await (await read(`/workspaces/${encodeURIComponent(uuid)}`)).json()).toMatchObject({ slug: 'acme' });
    expect(await (await read('/workspaces/nobody')).json()).toMatchObject({ error: { message: "No workspace with identifier 'nobody'." } });
  });
});

describe('the permission sweep', () => {
  const sweep = '/user/workspaces/acme/permissions/repositories';

  it('lists every granted repository with its right', async () => {
    change('stock', { grant: 'admin' });
    const values = await valuesOf(await read(sweep));
    expect(values).toMatchObject([
      { permission: 'write', repository: { full_name: 'acme/shop' } },
      { permission: 'admin', repository: { full_name: 'acme/stock' } },
      { permission: 'write', repository: { full_name: 'acme/till' } },
    ]);
  });

  it('omits hidden repositories, and public ones without a grant', async () => {
    change('shop', { grant: 'none' });
    change('stock', { grant: 'none', isPrivate: false });
    const values = await valuesOf(await read(sweep));
    expect(values).toMatchObject([{ repository: { full_name: 'acme/till' } }]);
    expect(values).toHaveLength(1);
  });

  it('is refused for a workspace that the token does not reach', async () => {
    bitbucket.token.workspaces = ['umbrella'];
    expect((await read(sweep)).status).toBe(404);
  });
});

describe('endpoints that are gone', () => {
  it.each(['/user/permissions/repositories', '/user/permissions/workspaces', '/workspaces', '/repositories'])('%s answers 410', async (path) => {
    const answer = await read(path);
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ error: { message: 'CHANGE-2770 - Functionality has been deprecated' } });
  });
});
