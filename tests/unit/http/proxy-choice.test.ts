import { describe, expect, it } from '@jest/globals';
import { proxyFor } from '../../../src/http/proxy-choice.ts';

const PROXY = 'http://proxy.corp:3128';

function chosen(url: string, env: Record<string, string>): string | undefined {
  return proxyFor(new URL(url), env)?.href;
}

describe('proxyFor', () => {
  it('takes the variable of the scheme, lower case first', () => {
    const env = { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2', HTTP_PROXY: 'http://plain:3' };
    expect(chosen('https://a.example/', env)).toBe('http://lower:2/');
    expect(chosen('http://a.example/', env)).toBe('http://plain:3/');
    expect(chosen('http://a.example/', { HTTPS_PROXY: PROXY })).toBeUndefined();
    expect(chosen('https://a.example/', { HTTPS_PROXY: '', https_proxy: ' ' })).toBeUndefined();
  });

  it('takes a proxy without a scheme for an http one', () => {
    expect(chosen('https://a.example/', { HTTPS_PROXY: 'me:pass@proxy.corp:3128' })).toBe('http://me:pass@proxy.corp:3128/');
  });

  it.each([
    ['socks5://me:canary@proxy:1080', /names a socks5 proxy/],
    ['http://me:canary#1@proxy:1', /is not an address/],
    ['http://me:canary%zz@proxy:1', /is not URL-encoded/],
  ])('refuses %s without repeating its password', (value, sentence) => {
    expect(() => chosen('https://a.example/', { HTTPS_PROXY: value })).toThrow(
      expect.objectContaining({ code: 'SERVER_UNREACHABLE', message: expect.stringMatching(sentence) }),
    );
    expect(() => chosen('https://a.example/', { HTTPS_PROXY: value })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });

  it.each([
    ['*', 'https://a.example/'],
    ['a.example', 'https://a.example/'],
    ['A.Example', 'https://a.example/'],
    ['a.example.', 'https://a.example/'],
    ['example', 'https://a.example/'],
    ['.example', 'https://a.example/'],
    ['*.example', 'https://a.example/'],
    ['*ample', 'https://a.example/'],
    ['other, a.example', 'https://a.example/'],
    ['other a.example', 'https://a.example/'],
    ['a.example:443', 'https://a.example/'],
    ['a.example:8085', 'https://a.example:8085/'],
    ['127.0.0.1', 'https://127.0.0.1/'],
    ['10.0.0.0/8', 'https://10.20.30.40:8085/'],
    ['::1', 'https://[::1]/'],
    ['[::1]:8085', 'https://[::1]:8085/'],
    ['fd00::/8', 'https://[fd12::1]/'],
  ])('NO_PROXY %s leaves out %s', (list, url) => {
    expect(chosen(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBeUndefined();
  });

  it.each([
    ['', 'https://a.example/'],
    ['b.example', 'https://a.example/'],
    ['xample', 'https://a.example/'],
    ['a.example:8085', 'https://a.example/'],
    ['a.example', 'https://a.example.evil/'],
    ['10.0.0.0/8', 'https://11.0.0.1/'],
    ['10.0.0.0/8', 'https://a.example/'],
    ['10.0.0.0/99', 'https://10.0.0.1/'],
    ['fd00::/8', 'https://10.0.0.1/'],
  ])('NO_PROXY %s does not leave out %s', (list, url) => {
    expect(chosen(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBe(`${PROXY}/`);
  });
});
