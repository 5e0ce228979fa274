import { describe, expect, it } from '@jest/globals';
import { createBitbucket } from '../../../src/bitbucket/bitbucket.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import { Secret } from '../../../src/core/secret.ts';
import { withRetry } from '../../../src/http/with-retry.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { type Scripted, scriptedHttp } from '../../support/scripted-http.ts';

const API = 'https://api.bitbucket.org/2.0';
const PAIR = { username: 'ci@acme.example', secret: new Secret('ATATcanary') };

function client(...script: Scripted[]) {
  const http = scriptedHttp(...script);
  const clock = createManualClock();
  const bitbucket = createBitbucket({ http, retry: (inner) => withRetry(inner, clock, () => 0), clock, api: API, git: 'https://bitbucket.org' });
  return { bitbucket, clock, urls: () => http.requests.map(({ url }) => url) };
}

const workspace = (slug: string) => ({ workspace: { slug, uuid: `{${slug}}` } });
const grant = (name: string) => ({ permission: 'write', repository: { name, full_name: name } });

describe('lists of Bitbucket', () => {
  it('follows next to the end, on the configured address', async () => {
    const { bitbucket, urls } = client(
      { body: { values: [workspace('acme')], next: `${API}/user/workspaces?pagelen=100&page=2` } },
      { body: { values: [workspace('globex'), { slug: 'flat' }], next: '/2.0/user/workspaces?page=3' } },
      { body: { values: [] } },
    );
    const answer = await bitbucket.workspaces(PAIR);
    expect(answer).toEqual({ kind: 'listed', entries: [{ slug: 'acme', uuid: '{acme}' }, { slug: 'globex', uuid: '{globex}' }, { slug: 'flat' }] });
    expect(urls()).toEqual([`${API}/user/workspaces?pagelen=100`, `${API}/user/workspaces?pagelen=100&page=2`, `${API}/user/workspaces?page=3`]);
  });

  it.each([null, ''])('takes a page for the last one whose next is %j', async (next) => {
    const { bitbucket, urls } = client({ body: { values: [workspace('acme')], next } });
    expect(await bitbucket.workspaces(PAIR)).toEqual({ kind: 'listed', entries: [{ slug: 'acme', uuid: '{acme}' }] });
    expect(urls()).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['another host', 'https://evil.example/2.0/user/workspaces?page=2', 'redirected'],
    ['no address', 'http://[', 'not-understood'],
    ['itself', `${API}/user/workspaces?pagelen=100`, 'not-understood'],
  ])('asks no further when next names %s, and says that the list is short', async (_what, next, cause) => {
    const { bitbucket, urls } = client({ body: { values: [workspace('acme')], next } });
    expect(await bitbucket.workspaces(PAIR)).toMatchObject({ kind: 'listed', entries: [{ slug: 'acme' }], broken: { cause } });
    expect(urls()).toHaveLength(1);
  });

  it('never sends a token over plain http because next says so', async () => {
    const { bitbucket, urls } = client({ body: { values: [], next: 'http://api.bitbucket.org/2.0/user/workspaces?page=2' } }, { body: { values: [] } });
    await bitbucket.workspaces(PAIR);
    expect(urls()[1]).toBe(`${API}/user/workspaces?page=2`);
  });

  it('stops reading rights when enough was seen', async () => {
    const next = `${API}/user/workspaces/acme/permissions/repositories?page=2`;
    const { bitbucket, urls } = client({ body: { values: [grant('acme/shop'), { permission: 'read', repository: null }], next } });
    const pages: (readonly string[])[] = [];
    const answer = await bitbucket.grants(PAIR, 'acme', (page) => {
      pages.push(page);
      return false;
    });
    expect(answer).toEqual({ kind: 'listed', entries: ['acme/shop', ''] });
    expect([pages.length, urls()]).toEqual([1, [`${API}/user/workspaces/acme/permissions/repositories?pagelen=100`]]);
  });

  it('keeps what was read before a page that fails', async () => {
    const { bitbucket } = client({ body: { values: [grant('acme/shop')], next: `${API}/x?page=2` } }, { status: 500, body: 'boom' });
    expect(await bitbucket.grants(PAIR, 'acme', () => true)).toMatchObject({ kind: 'listed', entries: ['acme/shop'], broken: { cause: 'server-fault' } });
  });

  it.each<[string, Scripted, string]>([
    ['a workspace that is hidden', { status: 404, body: { type: 'error', error: { message: "No workspace with identifier 'acme'." } } }, 'workspace-hidden'],
    ['a web page with 404', { status: 404, body: '<html></html>' }, 'proxy-page'],
    ['a missing scope', { status: 403, body: { error: { message: 'Your credentials lack one or more required privilege scopes.' } } }, 'scope-missing'],
    ['a list of another shape', { body: { values: 'none' } }, 'not-understood'],
    ['no connection', new RekeyError('TLS_REFUSED', 'No way there.'), 'unreachable'],
  ])('tells %s apart', async (_what, answer, cause) => {
    expect(await client(answer).bitbucket.grants(PAIR, 'acme', () => true)).toMatchObject({ cause });
  });

  it('takes a list of workspaces with an entry that is not understood for no list', async () => {
    expect(await client({ body: { values: [workspace('acme'), { name: 'odd' }] } }).bitbucket.workspaces(PAIR)).toMatchObject({ cause: 'not-understood' });
  });
});

describe('our own calls', () => {
  it('are counted by token and side, repetitions included, and forgotten after an hour', async () => {
    const user = { body: { uuid: '{1}' } };
    const { bitbucket, clock } = client({ status: 503 }, user, user, { status: 401 });
    const other = { ...PAIR, secret: new Secret('ATATother') };
    await bitbucket.identity(PAIR);
    clock.pass(3_599_000);
    await bitbucket.identity(PAIR);
    await bitbucket.probe(other.secret, 'acme', 'web');
    expect([bitbucket.spent(PAIR.secret), bitbucket.spent(new Secret('ATATother'))]).toEqual([
      { rest: 3, git: 0 },
      { rest: 0, git: 1 },
    ]);
    clock.pass(1_000);
    expect(bitbucket.spent(PAIR.secret)).toEqual({ rest: 1, git: 0 });
  });
});
