import { afterEach, describe, expect, it } from '@jest/globals';
import type { TokenSpec, WorldOptions } from '../../../src/simulator/bitbucket/world.ts';
import { allNames, manyRepositories, openTokenWorld, otherAccount, type TokenWorld } from '../../support/token-world.ts';

let world: TokenWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(options: Partial<WorldOptions> = {}): Promise<TokenWorld> {
  world = await openTokenWorld({ tokens: [{ name: 'ci' }], ...options });
  return world;
}

const SHOP = { ci: ['acme/shop', 'acme/till'] };

describe('checkTokens: what it costs', () => {
  it('asks about 1,000 repositories in 3 workspaces with at most 30 sweep pages, 4 calls per token and one git probe each', async () => {
    const workspaces = manyRepositories(1_000, ['acme', 'globex', 'initech']);
    const { check, world: bitbucket, asked } = await open({ workspaces });
    const report = await check({ ci: allNames(workspaces) });
    const sweeps = bitbucket.log.filter(({ path }) => path.includes('/permissions/'));
    const others = bitbucket.log.filter(({ side, path }) => side === 'rest' && !path.includes('/permissions/'));
    expect(sweeps.length).toBe(12);
    expect(others.length).toBeLessThanOrEqual(4);
    expect(new Set(asked().filter((line) => line.startsWith('git ')))).toEqual(new Set(allNames(workspaces).map((name) => `git /${name}`)));
    expect(bitbucket.log.filter(({ side }) => side === 'git')).toHaveLength(1_000);
    expect(report.calls).toEqual([{ token: 'ci', rest: sweeps.length + others.length, git: 1_000 }]);
    expect(report.matrix.map(({ workspace, reachable, probed, verdict }) => [workspace, reachable, probed, verdict])).toEqual([
      ['acme', 334, 334, 'ok'],
      ['globex', 333, 333, 'ok'],
      ['initech', 333, 333, 'ok'],
    ]);
  });

  it('says before the first call what it will cost and that it fits', async () => {
    const { check } = await open();
    const [first] = (await check(SHOP)).checks;
    expect(first).toMatchObject({
      check: 'quota:ci',
      status: 'ok',
      detail: expect.stringMatching(/^2 probes, 3 API calls: fits \(48,000 and 800 are left this hour/),
    });
  });

  it('probes a sample of each workspace where one is wanted, and leaves nobody out for it', async () => {
    const { check, asked } = await open();
    const report = await check({ ci: ['acme/shop', 'acme/stock', 'acme/till', 'umbrella/rain'] }, { sample: 1 });
    expect(asked().filter((line) => line.startsWith('git '))).toEqual(['git /acme/shop', 'git /umbrella/rain']);
    expect([report.unreachable.size, report.undecided.size, report.refused.size]).toEqual([0, 0, 0]);
  });

  it('reads no further page once every repository was seen', async () => {
    const workspaces = manyRepositories(500, ['acme']);
    const { check, asked } = await open({ workspaces });
    await check({ ci: ['acme/repo-3'] });
    expect(asked()).toEqual(['rest /user', 'rest /user/workspaces', 'rest /user/workspaces/acme/permissions/repositories', 'git /acme/repo-3']);
  });
});

describe('checkTokens: tokens that must not be written', () => {
  it.each<[string, Partial<TokenSpec>, string, RegExp]>([
    ['a revoked one', { revoked: true }, 'refused', /wrong, an expired and a revoked token all look like this/],
    ['one that has run out', { expires: new Date('2026-01-01') }, 'refused', /an expired/],
    ['one without scopes', { scopes: [] }, 'unscoped', /has no Bitbucket scopes/],
    [
      'one without the scope to read',
      { scopes: ['read:user:bitbucket', 'write:repository:bitbucket'] },
      'scope-missing',
      /lacks the scope read:repository:bitbucket: checkout/,
    ],
  ])('%s, and nothing more is asked with it', async (_what, spoilt, cause, sentence) => {
    const { check, token, asked } = await open();
    Object.assign(token, spoilt);
    const report = await check(SHOP);
    expect(report.refused.get('ci')).toMatchObject({ cause, why: expect.stringMatching(sentence), remedy: expect.stringMatching(/\w/) });
    expect(asked()).toEqual(['rest /user']);
  });

  it('takes the needed scopes from the configuration', async () => {
    const { check } = await open();
    const scopes = [{ scope: 'write:webhook:bitbucket', need: 'required', why: 'our hooks' }];
    expect((await check(SHOP, { bitbucket: { scopes } })).refused.get('ci')).toMatchObject({
      why: 'The token lacks the scope write:webhook:bitbucket: our hooks.',
    });
  });

  it('warns of an expected scope that is missing, and says nothing of an optional one', async () => {
    const { check, token } = await open();
    token.scopes = ['read:repository:bitbucket', 'read:user:bitbucket', 'read:workspace:bitbucket'];
    const warnings = (await check(SHOP)).checks.filter(({ status }) => status === 'warning').map(({ detail }) => detail);
    expect(warnings).toEqual(['scope read:pullrequest:bitbucket is missing: plan branches for pull requests read them']);
  });

  it('one that does not reach a workspace, whatever its other workspaces say; all such are told', async () => {
    const { check, token } = await open({ workspaces: ['acme', 'globex', 'initech'].map((slug) => ({ slug, repositories: ['one'] })) });
    token.workspaces = ['globex'];
    const report = await check({ ci: ['acme/one', 'globex/one', 'initech/one'] });
    expect(report.matrix.map(({ workspace, verdict }) => `${workspace} ${verdict}`)).toEqual(['acme refused', 'globex ok', 'initech refused']);
    expect(report.refused.get('ci')?.why).toMatch(/workspace acme: .*workspace initech: /);
  });

  it('one whose account lacks two-step verification that a workspace demands', async () => {
    const { check, world: bitbucket } = await open();
    for (const workspace of bitbucket.workspaces) workspace.twoStepRequired = true;
    expect((await check(SHOP)).refused.get('ci')).toMatchObject({ cause: 'two-step', remedy: expect.stringMatching(/Turn two-step verification on/) });
  });

  it('one that a public repository lets in although it is limited to another workspace', async () => {
    const { check, token, world: bitbucket } = await open();
    token.workspaces = ['umbrella'];
    for (const repository of bitbucket.workspaces[0]?.repositories ?? []) repository.isPrivate = false;
    expect((await check(SHOP)).refused.get('ci')).toMatchObject({ cause: 'workspace-hidden' });
  });
});

describe('checkTokens: single repositories', () => {
  it('leaves a hidden, a missing and a renamed one out alone, each with its reason', async () => {
    const { check, world: bitbucket } = await open();
    const [shop, stock] = bitbucket.workspaces[0]?.repositories ?? [];
    if (shop !== undefined) shop.grant = 'none';
    stock?.formerNames.push('acme/old-stock');
    const report = await check({ ci: ['acme/shop', 'acme/none', 'acme/old-stock', 'acme/till'] });
    expect(report.refused.size).toBe(0);
    expect(Object.fromEntries(report.unreachable)).toEqual({
      'repository:shop': expect.stringMatching(/^token "ci" cannot reach acme\/shop: .*no repository acme\/shop \(404\)/),
      'repository:none': expect.stringMatching(/no repository acme\/none \(404\)/),
      'repository:old-stock': expect.stringMatching(/acme\/old-stock was renamed or moved: it is now acme\/stock\. Correct/),
    });
    expect(report.matrix).toMatchObject([{ repositories: 4, reachable: 1, unreachable: 3, probed: 1, verdict: 'partly' }]);
  });

  it('says that a public one proves nothing, and that a token with nothing else is unproven', async () => {
    const { check, world: bitbucket } = await open();
    const [shop] = bitbucket.workspaces[0]?.repositories ?? [];
    if (shop !== undefined) Object.assign(shop, { grant: 'none', isPrivate: false });
    const report = await check({ ci: ['acme/shop'] });
    expect(report.matrix).toMatchObject([{ public: 1, reachable: 0, unreachable: 0, verdict: 'undecided' }]);
    expect(report.undecided.get('ci')).toMatchObject({ cause: 'public', why: expect.stringMatching(/prove nothing of the token/) });
    expect((await check({ ci: ['acme/shop', 'acme/till'] })).undecided.size).toBe(0);
  });
});

describe('checkTokens: answers that prove nothing', () => {
  it('leaves an IP allowlist to the connection test of Bamboo after one probe', async () => {
    const { check, world: bitbucket, asked } = await open();
    for (const workspace of bitbucket.workspaces) workspace.ipAllowlist = { admits: ['bamboo'] };
    bitbucket.workspaces.length = 1;
    const report = await check({ ci: ['acme/shop'] });
    expect([report.refused.size, report.undecided.get('ci')?.cause]).toEqual([0, 'ip-allowlist']);
    expect(report.unreachable.size).toBe(0);
    expect(asked().filter((line) => line.startsWith('git '))).toHaveLength(1);
  });

  it.each<[string, Parameters<TokenWorld['world']['faults']['push']>[0]['what'], string]>([
    ['a page of a proxy', { kind: 'proxy-page' }, 'proxy-page'],
    ['a redirect elsewhere', { kind: 'redirect', location: 'https://id.example.com/' }, 'redirected'],
    ['a broken connection', { kind: 'hang-up' }, 'unreachable'],
    ['an end of the quota', { kind: 'rate-limit' }, 'quota'],
  ])('decides nothing by %s, on REST and git, and asks no repository one by one for it', async (_what, what, cause) => {
    const { check, world: bitbucket, asked } = await open();
    bitbucket.faults.push({ side: 'both', path: '/', times: 1_000, what });
    const report = await check({ ci: ['acme/shop', 'acme/stock', 'acme/till'] });
    expect([report.refused.size, report.undecided.get('ci')?.cause]).toEqual([0, cause]);
    expect(new Set(asked().filter((line) => line.startsWith('rest ')))).toEqual(new Set(['rest /user']));
  });

  it('goes by single calls and git where the sweep is gone', async () => {
    const { check, world: bitbucket, asked } = await open();
    bitbucket.faults.push({ side: 'rest', path: '/permissions/', times: 9, what: { kind: 'gone', change: 'CHANGE-9999' } });
    expect((await check(SHOP)).matrix).toMatchObject([{ reachable: 2, probed: 2, verdict: 'ok' }]);
    expect(asked()).toEqual(expect.arrayContaining(['rest /repositories/acme/shop', 'rest /repositories/acme/till']));
  });

  it('believes git where REST is closed, and says what REST answered', async () => {
    const { check, world: bitbucket } = await open();
    bitbucket.faults.push({ side: 'rest', path: '/', times: 1_000, what: { kind: 'proxy-page' } });
    const report = await check(SHOP);
    expect(report.matrix).toMatchObject([{ reachable: 2, verdict: 'ok' }]);
    expect(report.checks).toContainEqual(expect.objectContaining({ check: 'token:ci', status: 'unknown', detail: expect.stringMatching(/A web page came/) }));
  });

  it('survives a 429 in plain text without Retry-After', async () => {
    const { check, world: bitbucket } = await open();
    bitbucket.faults.push({ side: 'rest', path: '/user', times: 2, what: { kind: 'rate-limit' } });
    expect(await check(SHOP)).toMatchObject({ matrix: [{ reachable: 2, verdict: 'ok' }] });
  });
});

describe('checkTokens: the quota', () => {
  it('leaves out the probes that do not fit, and no repository for it that its right shows', async () => {
    const { check, world: bitbucket } = await open();
    const report = await check({ ci: ['acme/shop', 'acme/stock', 'acme/till'] }, { bitbucket: { quota: { git: 2 }, reserve: 50 } });
    expect(bitbucket.log.filter(({ side }) => side === 'git').length).toBeLessThan(3);
    expect(report.checks.find(({ check: name }) => name === 'quota:ci')).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/only 1 probes fit/),
    });
    expect([report.refused.size, report.unreachable.size, report.undecided.size]).toEqual([0, 0, 0]);
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: 'workspace:acme', status: 'warning', detail: expect.stringMatching(/kept for Bamboo/) }),
    );
  });

  it('leaves out for later the repositories of which nothing is known for want of quota', async () => {
    const { check, world: bitbucket } = await open();
    for (const repository of bitbucket.workspaces[0]?.repositories ?? []) Object.assign(repository, { grant: 'none', isPrivate: false });
    const report = await check({ ci: ['acme/shop', 'acme/stock', 'acme/till'] }, { bitbucket: { quota: { rest: 3, git: 1 }, reserve: 0 } });
    expect(report.unreachable.get('repository:till')).toMatch(/was not tried on acme\/till: .*kept for Bamboo.*"bamboo-rekey resume"/);
    expect(bitbucket.log.filter(({ side }) => side === 'rest')).toHaveLength(3);
  });

  it('refuses what cannot fit at all before the first call', async () => {
    const { check, asked } = await open();
    const report = await check(SHOP, { bitbucket: { quota: { rest: 2 } } });
    expect(report.refused.get('ci')).toMatchObject({ cause: 'quota', why: expect.stringMatching(/^2 probes, 3 API calls: does not fit/) });
    expect(asked()).toEqual([]);
  });

  it('counts the calls of all tokens of one account together, and forgets them after an hour', async () => {
    const { check, clock } = await open({ tokens: [{ name: 'ci' }, { name: 'web' }, { name: 'other', ...otherAccount('other') }] });
    const limited = { bitbucket: { quota: { rest: 6 }, reserve: 0 } };
    const targets = { ci: ['acme/shop'], web: ['acme/shop'], other: ['acme/shop'] };
    expect([...(await check(targets, limited)).refused.keys()]).toEqual([]);
    expect([...(await check(targets, limited)).refused.keys()]).toEqual(['ci', 'web']);
    clock.pass(3_600_000);
    expect((await check(targets, limited)).refused.size).toBe(0);
  });

  it('counts on from what an earlier process asked within the hour, and counts its own calls once', async () => {
    const { check } = await open();
    const earlier = new Map([['ci', { rest: 5, git: 7 }]]);
    const first = await check(SHOP, { earlier });
    expect(first.calls).toEqual([{ token: 'ci', rest: 8, git: 9 }]);
    expect((await check(SHOP, { earlier: new Map([['ci', { rest: 8, git: 9 }]]) })).calls).toEqual([{ token: 'ci', rest: 6, git: 4 }]);
  });

  it('starts nothing when an earlier process has used up what may be asked', async () => {
    const { check, asked } = await open();
    const report = await check(SHOP, { earlier: new Map([['ci', { rest: 798, git: 0 }]]) });
    expect(report.refused.get('ci')).toMatchObject({ cause: 'quota', why: expect.stringMatching(/does not fit \(48,000 and 2 are left this hour/) });
    expect(asked()).toEqual([]);
  });
});

it('gives the id of each token, which is no secret', async () => {
  const { check, token } = await open();
  expect((await check(SHOP)).ids).toEqual(new Map([['ci', token.tokenId]]));
});
