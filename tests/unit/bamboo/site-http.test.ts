import { describe, expect, it } from '@jest/globals';
import { Site } from '../../../src/bamboo/site.ts';
import { createSiteHttp } from '../../../src/bamboo/site-http.ts';
import { tableHttp } from '../../support/table-http.ts';

const SITE = new Site('https://bamboo.example/bamboo');
const read = (url: string) => ({ effect: 'read', method: 'GET', url }) as const;

describe('the HTTP of one server', () => {
  it.each([
    'https://other.example/bamboo/start.action',
    'http://bamboo.example/bamboo/start.action',
    'https://bamboo.example:8443/bamboo/start.action',
    'https://bamboo.example.evil.example/bamboo/start.action',
    'https://bamboo.example@evil.example/bamboo/start.action',
  ])('sends nothing to another origin: %s', async (url) => {
    const wire = tableHttp({ 'GET /bamboo/start.action': {} });
    const http = createSiteHttp({ http: wire, site: SITE, headers: { Authorization: 'Bearer secret' }, keepSecret: () => undefined });
    await expect(http.send(read(url))).rejects.toMatchObject({ code: 'REDIRECTED_AWAY', message: expect.not.stringContaining('secret') });
    expect(wire.requests).toEqual([]);
  });

  it('sends its headers and the cookies of the server with each request to it', async () => {
    const wire = tableHttp({ 'GET /bamboo/start.action': { cookies: ['JSESSIONID=one; Path=/bamboo'] } });
    const http = createSiteHttp({ http: wire, site: SITE, headers: { 'X-Access': 'yes' }, keepSecret: () => undefined });
    for (let round = 0; round < 2; round += 1) await http.send(read('https://bamboo.example/bamboo/start.action'));
    expect(wire.requests.map(({ headers }) => headers)).toEqual([{ 'X-Access': 'yes' }, { 'X-Access': 'yes', Cookie: 'JSESSIONID=one' }]);
  });

  it('tells of the cookies that let somebody in, and of no setting', async () => {
    const wire = tableHttp({ 'GET /bamboo/start.action': { cookies: ['JSESSIONID=0123456789ABCDEF; Path=/bamboo', 'theme=dark'] } });
    const kept: string[] = [];
    const http = createSiteHttp({ http: wire, site: SITE, headers: {}, keepSecret: (secret) => void kept.push(secret.reveal()) });
    await http.send(read('https://bamboo.example/bamboo/start.action'));
    expect(kept).toEqual(['0123456789ABCDEF']);
  });
});
