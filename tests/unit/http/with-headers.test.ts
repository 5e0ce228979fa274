import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.ts';
import { withHeaders } from '../../../src/http/with-headers.ts';
import { scriptedHttp } from '../../support/scripted-http.ts';

const EXTRA = { 'CF-Access-Client-Id': new Secret('id-1') };

async function sent(url: string, headers?: Record<string, string>) {
  const wire = scriptedHttp({});
  await withHeaders(wire, 'https://bamboo.example/bamboo', EXTRA).send({ effect: 'read', method: 'GET', url, ...(headers === undefined ? {} : { headers }) });
  return wire.requests[0]?.headers ?? {};
}

describe('withHeaders', () => {
  it('adds its headers to the requests of its origin, beside those that are there', async () => {
    expect(await sent('https://bamboo.example/bamboo/rest', { Accept: 'a/b' })).toEqual({ 'cf-access-client-id': 'id-1', accept: 'a/b' });
    expect(await sent('https://bamboo.example:443/other')).toEqual({ 'cf-access-client-id': 'id-1' });
  });

  it.each([
    'http://bamboo.example/',
    'https://bamboo.example:8443/',
    'https://api.bitbucket.org/2.0/user',
    'https://bamboo.example.evil/',
    'https://bamboo.example@evil.example/',
  ])('adds nothing for %s', async (url) => {
    expect(await sent(url)).toEqual({});
  });

  it('does not replace a header that the request has', async () => {
    expect(await sent('https://bamboo.example/', { 'cf-access-client-id': 'own' })).toEqual({ 'cf-access-client-id': 'own' });
  });

  it.each([
    ['Bad Name', 'x'],
    ['X-Good', 'canary\nvalue'],
    ['X-Good', 'canary\u0000'],
  ])('refuses what HTTP cannot send, without repeating the value: %s', (name, value) => {
    const make = () => withHeaders(scriptedHttp(), 'https://bamboo.example', { [name]: new Secret(value) });
    expect(make).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(`bamboo.headers.${name}`) }));
    expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });
});
