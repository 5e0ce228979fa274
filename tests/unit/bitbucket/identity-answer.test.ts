import { describe, expect, it } from '@jest/globals';
import { classifyIdentity } from '../../../src/bitbucket/identity-answer.ts';
import { type Answered, answered } from '../../support/answered.ts';
import { told } from '../../support/told.ts';

const ACCOUNT = { type: 'user', uuid: '{1}', account_id: '557058:1', nickname: 'ci', display_name: 'CI Robot' };
const SCOPES = 'read:repository:bitbucket, read:user:bitbucket';
const error = (message: string, detail?: object) => ({ type: 'error', error: { message, ...(detail === undefined ? {} : { detail }) } });

function verdict(answer: Answered) {
  return classifyIdentity(answered('https://api.bitbucket.org/2.0/user', answer));
}

describe('classifyIdentity: good', () => {
  it('gives account, scopes and token id', () => {
    const headers = { 'x-oauth-scopes': SCOPES, 'x-token-id': 't-1', 'x-credential-type': 'api_token' };
    expect(verdict({ body: ACCOUNT, headers })).toEqual({
      kind: 'good',
      account: 'CI Robot',
      tokenId: 't-1',
      scopes: ['read:repository:bitbucket', 'read:user:bitbucket'],
    });
  });

  it('leaves out what the answer does not tell', () => {
    expect(verdict({ body: { uuid: '{1}' } })).toEqual({ kind: 'good', account: '{1}' });
  });

  it('tells no scopes apart from scopes that are not told', () => {
    expect(verdict({ body: ACCOUNT, headers: { 'x-oauth-scopes': '' } })).toMatchObject({ kind: 'good', scopes: [] });
  });

  it('takes a token that lacks only read:user for valid, with its scopes from header or body', () => {
    const body = error('Your credentials lack one or more required privilege scopes.', {
      required: ['read:user:bitbucket'],
      granted: ['read:repository:bitbucket'],
    });
    expect(verdict({ status: 403, body })).toEqual({ kind: 'good', scopes: ['read:repository:bitbucket'] });
    expect(verdict({ status: 403, body: error('Your credentials lack one or more required privilege scopes.'), headers: { 'x-oauth-scopes': 'a,b' } })).toEqual(
      { kind: 'good', scopes: ['a', 'b'] },
    );
  });
});

describe('classifyIdentity: the token must not be written', () => {
  it.each<[string, Answered, RegExp]>([
    [
      '401 with a message',
      { status: 401, body: error('Token is invalid, expired, or not supported for this endpoint.') },
      /refused the email and token \(401\).*wrong email.*expired.*revoked/,
    ],
    ['401 without a body', { status: 401 }, /all look like this/],
    ['401 with a web page', { status: 401, body: '<html>Log in</html>' }, /\(401\)/],
    ['no Bitbucket scopes', { status: 401, body: { error: 'API Token provided has no Bitbucket scopes.' } }, /has no Bitbucket scopes.*with scopes/],
    ['an app password', { status: 410, body: 'App passwords are deprecated and must be replaced with API tokens.' }, /for an app password/],
    ['an app password by its change', { status: 410, body: error('CHANGE-3222 - Functionality has been deprecated') }, /for an app password/],
    ['two-step verification', { status: 403, body: 'To access this repository, enable two-step authentication.' }, /demands two-step verification/],
    ['another credential', { body: ACCOUNT, headers: { 'x-credential-type': 'app_password' } }, /no API token but "app_password"/],
  ])('%s', (_what, answer, sentence) => {
    expect(told(verdict(answer))).toEqual({ kind: 'bad', text: expect.stringMatching(sentence) });
  });
});

describe('classifyIdentity: the answer proves nothing', () => {
  it.each<[string, Answered, RegExp]>([
    [
      'a scope is missing and the scopes are not told',
      { status: 403, body: error('Your credentials lack one or more required privilege scopes.') },
      /lacks the scope read:user:bitbucket/,
    ],
    ['an unknown credential type', { body: ACCOUNT, headers: { 'x-credential-type': 'session' } }, /of the type "session"/],
    ['IP allowlist', { status: 403, body: error('To access this repository, an admin must whitelist your IP.') }, /only Bamboo's own connection test/],
    [
      'the rate, in plain text',
      { status: 429, body: 'Rate limit for this resource has been exceeded', headers: { 'content-type': 'text/plain' } },
      /rate of requests \(429\)/,
    ],
    [
      'a call that is gone',
      { status: 410, body: error('CHANGE-2770 - Functionality has been deprecated') },
      /call is gone \(410, "CHANGE-2770 - Functionality has been deprecated"\).*no fault of the token/,
    ],
    ['a web page with 200', { body: '<!DOCTYPE html><title>Sign on</title>' }, /A web page came \(status 200\)/],
    ['a web page with 403 that talks of an allowlist', { status: 403, body: '\n <html>not on the allowlist</html>' }, /A web page came \(status 403\)/],
    ['a web page with 503', { status: 503, body: '<html>down</html>' }, /A web page came \(status 503\)/],
    ['a fault of the server', { status: 500, body: error('boom\nat line 1') }, /fault of its own \(500, "boom at line 1"\)/],
    ['JSON that is no account', { body: { ok: true } }, /no Bitbucket account/],
    ['an empty 200', {}, /no Bitbucket account/],
    ['404', { status: 404, body: 'Not found' }, /not understood \(404, "Not found"\).*Check bitbucket\.api/],
    ['an unknown 403', { status: 403, body: error('Computer says no') }, /not understood \(403, "Computer says no"\)/],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'https://sso.corp/login?x=1' } },
      /api\.bitbucket\.org redirects to sso\.corp \(302\), which is not followed. A token is never sent/,
    ],
    ['a redirect to nowhere', { status: 302, headers: { location: 'http://[' } }, /redirects to nowhere/],
    ['an error of odd shape', { status: 400, body: { error: { message: 7, detail: 'x' } } }, /not understood \(400\)/],
  ])('%s', (_what, answer, sentence) => {
    expect(told(verdict(answer))).toEqual({ kind: 'undecided', text: expect.stringMatching(sentence) });
  });

  it('repeats only the beginning of a long message', () => {
    expect((verdict({ status: 400, body: 'x'.repeat(5000) }) as { why: string }).why.length).toBeLessThan(300);
  });
});
