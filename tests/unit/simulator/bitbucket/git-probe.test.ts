import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mayCallRest, mayFetch, repositoryNamed, type Workspace } from '../../../../src/simulator/bitbucket/world.ts';
import { gitPair, type OpenBitbucket, openBitbucket, type Pair } from '../../../support/simulated-bitbucket.ts';

let bitbucket: OpenBitbucket;
beforeEach(async () => {
  bitbucket = await openBitbucket({ now: () => new Date('2026-09-01T00:00:00Z') });
});
afterEach(() => bitbucket.close());

const good = () => bitbucket.probe('acme/shop', gitPair(bitbucket.token));
const acme = () => bitbucket.world.workspaces[0] as Workspace;
const told = async (answer: Response) => [answer.status, await answer.text()];

describe('the probe of a repository', () => {
  it('is answered by real git with its refs', async () => {
    const answer = await good();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-git-upload-pack-advertisement');
    expect(await answer.text()).toMatch(/^001e# service=git-upload-pack\n0000[0-9a-f]{4}[0-9a-f]{40} HEAD/);
  });

  it('takes the Bitbucket user name as well as the static name', async () => {
    expect((await bitbucket.probe('acme/shop', ['build-bot', bitbucket.token.value])).status).toBe(200);
  });

  it.each<[string, () => [string, Pair?]]>([
    ['with the email', () => ['acme/shop', [bitbucket.token.email, bitbucket.token.value]]],
    ['with a wrong token', () => ['acme/shop', ['x-bitbucket-api-token-auth', 'ATATwrong']]],
    ['with the name for access tokens', () => ['acme/shop', ['x-token-auth', bitbucket.token.value]]],
    ['without a credential', () => ['acme/shop']],
    ['of a repository that is hidden', () => ['acme/hidden', gitPair(bitbucket.token)]],
    ['of a repository that does not exist', () => ['acme/nowhere', gitPair(bitbucket.token)]],
  ])('is refused %s, always with the same words and a Basic challenge', async (_what, request) => {
    acme().repositories.push({ ...repositoryNamed('acme', 'hidden'), grant: 'none' });
    const answer = await bitbucket.probe(...request());
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const [status, text] = await told(answer);
    expect(status).toBe(401);
    expect(text).toMatch(/^You may not have access to this repository or it no longer exists in this workspace/);
  });

  it('ends with the token', async () => {
    bitbucket.world.now = () => bitbucket.token.expires;
    expect((await good()).status).toBe(401);
  });

  it('tells a missing scope and a token without any', async () => {
    bitbucket.token.scopes = ['write:repository:bitbucket'];
    const lacking = await good();
    expect(lacking.headers.get('www-authenticate')).toBeNull();
    expect(await told(lacking)).toEqual([403, 'Your credentials lack one or more required privilege scopes.']);
    bitbucket.token.scopes = [];
    expect(await told(await good())).toEqual([401, 'API Token provided has no Bitbucket scopes.']);
  });

  it('says 410 to every app password after their end', async () => {
    const [status, text] = await told(await bitbucket.probe('acme/shop', ['build-bot', 'ATBBnever-seen-before']));
    expect(status).toBe(410);
    expect(text).toContain('CHANGE-3222');
    expect(text).toContain('App passwords are deprecated and must be replaced with API tokens.');
  });

  it('takes a known app password before their end', async () => {
    bitbucket.world.now = () => new Date('2026-06-01T00:00:00Z');
    const password = bitbucket.world.appPasswords[0]?.value ?? '';
    expect((await bitbucket.probe('acme/shop', ['build-bot', password])).status).toBe(200);
    expect((await bitbucket.probe('acme/shop', ['build-bot', 'ATBBnever-seen-before'])).status).toBe(401);
  });

  it('takes an access token for its own repository under its own user name', async () => {
    bitbucket.world.accessTokens.push({ value: 'ATCTxyz', workspace: 'acme', repository: 'shop' });
    const probe = async (repository: string, userName: string) => (await bitbucket.probe(repository, [userName, 'ATCTxyz'])).status;
    expect([await probe('acme/shop', 'x-token-auth'), await probe('acme/stock', 'x-token-auth'), await probe('acme/shop', 'build-bot')]).toEqual([
      200, 401, 401,
    ]);
  });

  it('keeps to the workspaces of the token', async () => {
    bitbucket.token.workspaces = ['umbrella'];
    expect((await good()).status).toBe(401);
    expect((await bitbucket.probe('umbrella/rain', gitPair(bitbucket.token))).status).toBe(200);
  });

  it('serves a public repository to anybody, and to a wrong credential nothing', async () => {
    acme().repositories.push({ ...repositoryNamed('acme', 'open'), isPrivate: false });
    expect((await bitbucket.probe('acme/open')).status).toBe(200);
    expect((await bitbucket.probe('acme/open', ['build-bot', 'wrong'])).status).toBe(401);
  });

  it('serves a renamed repository under its former name', async () => {
    Object.assign(acme().repositories[0] ?? {}, { slug: 'store', formerNames: ['acme/shop'] });
    expect((await good()).status).toBe(200);
  });
});

describe('what a workspace demands of git alone', () => {
  it('is an address on its list: REST still answers, and Bamboo may stand elsewhere', async () => {
    acme().ipAllowlist = { admits: ['bamboo'] };
    expect(await told(await good())).toEqual([403, 'To access this repository, an admin must whitelist your IP.']);
    expect(mayCallRest(bitbucket.world, bitbucket.token.email, bitbucket.token.value, 'acme', 'shop')).toEqual({ kind: 'allowed' });
    expect(mayFetch(bitbucket.world, ...gitPair(bitbucket.token), 'acme', 'shop', 'bamboo')).toEqual({ kind: 'allowed' });
  });

  it('is two-step verification of the account', async () => {
    acme().twoStepRequired = true;
    expect(await told(await good())).toEqual([403, 'To access this repository, enable two-step authentication.']);
    bitbucket.token.account.twoStep = true;
    expect((await good()).status).toBe(200);
  });
});

describe('mayCallRest', () => {
  it('gives the words of the refusal', () => {
    const verdict = mayCallRest(bitbucket.world, 'build-bot', bitbucket.token.value, 'acme', 'shop');
    expect(verdict).toMatchObject({ kind: 'refused', status: 401, text: expect.stringContaining('Token is invalid, expired') });
  });
});
