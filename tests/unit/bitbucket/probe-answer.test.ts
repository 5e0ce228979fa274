import { describe, expect, it } from '@jest/globals';
import { classifyProbe } from '../../../src/bitbucket/probe-answer.ts';
import { type Answered, answered } from '../../support/answered.ts';
import { told } from '../../support/told.ts';

const TYPE = { 'content-type': 'application/x-git-upload-pack-advertisement' };
const URL = 'https://bitbucket.org/acme/web.git/info/refs?service=git-upload-pack';

function verdict(answer: Answered) {
  return classifyProbe(answered(URL, answer), 'acme/web');
}

describe('classifyProbe', () => {
  it.each([
    ['001e# service=git-upload-pack\n0000', TYPE],
    ['001E# service=git-upload-pack\n', TYPE],
    ['001d# service=git-upload-pack', { 'content-type': 'Application/X-Git-Upload-Pack-Advertisement; charset=utf-8' }],
  ])('takes an advertisement for good: %j', (body, headers) => {
    expect(verdict({ body, headers })).toEqual({ kind: 'good' });
  });

  it.each<[string, Answered, RegExp]>([
    ['the right bytes of another type', { body: '001e# service=git-upload-pack\n', headers: { 'content-type': 'text/plain' } }, /no git server/],
    ['the right type with other bytes', { body: '0000', headers: TYPE }, /no git server/],
    ['another service', { body: '001f# service=git-upload-packs\n', headers: TYPE }, /no git server/],
    ['a length that is no length', { body: 'zz1e# service=git-upload-pack\n', headers: TYPE }, /no git server/],
    ['an empty 200', { headers: TYPE }, /no git server/],
    ['a web page', { body: '<html>Sign on</html>', headers: { 'content-type': 'text/html' } }, /A web page came/],
    ['IP allowlist', { status: 403, body: 'To access this repository, an admin must whitelist your IP.' }, /listed IP addresses/],
    ['the rate', { status: 429, body: 'Rate limit for this resource has been exceeded' }, /rate of requests/],
    ['a call that is gone', { status: 410, body: 'CHANGE-9999 - Functionality has been deprecated' }, /no fault of the token/],
    ['a fault of the server', { status: 502 }, /fault of its own \(502\)/],
    [
      'a renamed repository',
      { status: 301, headers: { location: '/acme/new.git/info/refs?service=git-upload-pack' } },
      /redirects to \/acme\/new\.git\/info\/refs.*renamed or moved/,
    ],
    [
      'a redirect to another host',
      { status: 302, headers: { location: 'https://id.atlassian.com/login' } },
      /bitbucket\.org redirects to id\.atlassian\.com.*never sent to another host/,
    ],
    ['a downgrade to http', { status: 302, headers: { location: URL.replace('https:', 'http:') } }, /never sent to another host/],
  ])('decides nothing by %s', (_what, answer, sentence) => {
    expect(told(verdict(answer))).toEqual({ kind: 'undecided', text: expect.stringMatching(sentence) });
  });

  it.each<[string, Answered, RegExp]>([
    [
      '401',
      { status: 401, body: 'You may not have access to this repository or it no longer exists in this workspace.' },
      /read acme\/web by git \(401\).*look the same/,
    ],
    ['404', { status: 404, body: 'Repository not found' }, /no repository acme\/web \(404\)/],
    [
      'a missing scope, in plain text',
      { status: 403, body: 'Your credentials lack one or more required privilege scopes.' },
      /lacks the scope read:repository:bitbucket/,
    ],
    [
      'a missing scope that is named',
      { status: 403, body: { error: { message: 'Your credentials lack one or more required privilege scopes.', detail: { required: ['x:y', 'z'] } } } },
      /lacks the scope x:y, z\./,
    ],
    ['no Bitbucket scopes', { status: 403, body: 'API Token provided has no Bitbucket scopes' }, /no Bitbucket scopes/],
    ['an app password', { status: 403, body: 'App passwords are deprecated and must be replaced with API tokens.' }, /app passwords are gone/],
    ['two-step verification', { status: 403, body: 'To access this repository, enable two-step authentication.' }, /two-step verification/],
  ])('finds the token bad by %s', (_what, answer, sentence) => {
    expect(told(verdict(answer))).toEqual({ kind: 'bad', text: expect.stringMatching(sentence) });
  });
});
