import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifyGitUrl, withoutUserinfo } from '../../../src/core/git-url.ts';

const BITBUCKET = 'https://bitbucket.org';
const ACME_WEB = { kind: 'https', workspace: 'acme', slug: 'web' };

describe('a Git address on Bitbucket Cloud', () => {
  it.each([
    'https://bitbucket.org/acme/web.git',
    'https://bitbucket.org/acme/web',
    ' https://bitbucket.org/acme/web/ ',
    'https://BITBUCKET.org/acme/web.git',
    'https://bitbucket.org:443/acme/web.git',
    'HTTPS://bitbucket.org/acme/web.git/',
    'https://bitbucket.org/%61cme/web.git',
  ])('is %s', (url) => {
    expect(classifyGitUrl(url, BITBUCKET)).toEqual(ACME_WEB);
  });

  it.each([
    ['https://buildbot@bitbucket.org/acme/web.git', 'buildbot'],
    ['https://buildbot:secret@bitbucket.org/acme/web.git', 'buildbot'],
    ['https://ci%40acme.example@bitbucket.org/acme/web.git', 'ci@acme.example'],
    ['https://ci@acme.example@bitbucket.org/acme/web.git', 'ci@acme.example'],
    ['https://:secret@bitbucket.org/acme/web.git', ''],
    ['https://100%@bitbucket.org/acme/web.git', '100%'],
  ])('may carry a user name, never kept with its password: %s', (url, usernameInUrl) => {
    expect(classifyGitUrl(url, BITBUCKET)).toEqual({ ...ACME_WEB, usernameInUrl });
  });

  it('keeps names as they are written', () => {
    expect(classifyGitUrl('https://bitbucket.org/Acme/web.app.git', BITBUCKET)).toMatchObject({ workspace: 'Acme', slug: 'web.app' });
    expect(classifyGitUrl('https://bitbucket.org/%7B0e1f%7D/web', BITBUCKET)).toMatchObject({ workspace: '{0e1f}' });
  });

  it('is looked for at the configured stand-in and at Bitbucket Cloud itself, and nowhere else', () => {
    const simulator = 'http://127.0.0.1:7991/git';
    expect(classifyGitUrl('http://127.0.0.1:7991/git/acme/web.git', simulator)).toEqual(ACME_WEB);
    expect(classifyGitUrl('http://127.0.0.1:7991/acme/web.git', simulator).kind).toBe('unreadable');
    expect(classifyGitUrl('http://127.0.0.1:7992/git/acme/web.git', simulator).kind).toBe('other-host');
    expect(classifyGitUrl('https://bitbucket.org/acme/web.git', simulator)).toEqual(ACME_WEB);
    expect(classifyGitUrl('http://bitbucket.org/acme/web.git', simulator).kind).toBe('other-host');
  });
});

describe('any other Git address', () => {
  it.each([
    ['https://bitbucket.org.evil.example/acme/web.git', 'other-host'],
    ['https://xbitbucket.org/acme/web.git', 'other-host'],
    ['https://www.bitbucket.org/acme/web.git', 'other-host'],
    ['https://bitbucket.org./acme/web.git', 'other-host'],
    ['https://bitbucket.org:8443/acme/web.git', 'other-host'],
    ['https://bitbucket.org@evil.example/acme/web.git', 'other-host'],
    ['https://bitbucket.org:x@evil.example/acme/web.git', 'other-host'],
    ['https://bitbucket.оrg/acme/web.git', 'other-host'],
    ['http://bitbucket.org/acme/web.git', 'other-host'],
    ['git://bitbucket.org/acme/web.git', 'other-host'],
    ['https://[::1]/acme/web.git', 'other-host'],
    ['file:///srv/git/web.git', 'other-host'],
    ['/srv/git/web.git', 'other-host'],
    ['ssh://git@bitbucket.org/acme/web.git', 'ssh'],
    ['git+ssh://git@bitbucket.org/acme/web.git', 'ssh'],
    ['SSH://git@altssh.bitbucket.org:443/acme/web.git', 'ssh'],
    ['git@bitbucket.org:acme/web.git', 'ssh'],
    ['bitbucket.org:acme/web.git', 'ssh'],
    ['', 'unreadable'],
    ['acme/web', 'unreadable'],
    ['https:bitbucket.org/acme/web.git', 'unreadable'],
    ['https:///bitbucket.org/acme/web.git', 'unreadable'],
    ['https://bitbucket.org', 'unreadable'],
    ['https://bitbucket.org/acme', 'unreadable'],
    ['https://bitbucket.org/acme/web/src/main', 'unreadable'],
    ['https://bitbucket.org//acme/web.git', 'unreadable'],
    ['https://bitbucket.org/acme/..', 'unreadable'],
    ['https://bitbucket.org/acme/%2e%2e', 'unreadable'],
    ['https://bitbucket.org/acme/a%2fb', 'unreadable'],
    ['https://bitbucket.org/acme/%zz', 'unreadable'],
    ['https://bitbucket.org/acme/web.git?at=main', 'unreadable'],
    ['https://bitbucket.org/acme/web.git#readme', 'unreadable'],
    ['https://bitbucket.org\\@evil.example/acme/web.git', 'unreadable'],
    ['https://bitbucket.org/acme/we b.git', 'unreadable'],
    ['https://bitbucket.org/\nacme/web.git', 'unreadable'],
    ['https://bitbucket%2eorg/acme/web.git', 'unreadable'],
    ['https://ｂitbucket.org/acme/web.git', 'unreadable'],
    ['https://bitbucket.org:99999/acme/web.git', 'unreadable'],
  ])('%j is told apart: %s', (url, kind) => {
    expect(classifyGitUrl(url, BITBUCKET).kind).toBe(kind);
  });

  it('is never believed to be at Bitbucket Cloud where the platform sees another host, and never throws', () => {
    const piece = fc.constantFrom(
      'https:',
      'http:',
      '/',
      '//',
      '@',
      ':',
      'bitbucket.org',
      'evil.example',
      '.',
      '443',
      '\\',
      '%2e',
      'acme',
      'web.git',
      '?',
      '#',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
        ),
        (url) => {
          const { kind } = classifyGitUrl(url, BITBUCKET);
          if (kind === 'https') expect(new URL(url.trim()).origin).toBe(BITBUCKET);
        },
      ),
    );
  });
});

describe('an address that is told to a person', () => {
  it.each([
    ['https://bot:pass@bitbucket.org/acme/web.git', 'https://bitbucket.org/acme/web.git'],
    ['https://bot:p@ss@bitbucket.org/acme/web.git', 'https://bitbucket.org/acme/web.git'],
    ['https://bitbucket.org/acme/web.git', 'https://bitbucket.org/acme/web.git'],
  ])('holds no user name and no password: %s', (address, told) => {
    expect(withoutUserinfo(address)).toBe(told);
  });
});
