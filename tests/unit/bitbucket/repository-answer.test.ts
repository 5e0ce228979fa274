import { describe, expect, it } from '@jest/globals';
import { classifyRepository } from '../../../src/bitbucket/repository-answer.ts';
import { type Answered, answered } from '../../support/answered.ts';
import { told } from '../../support/told.ts';

const API = 'https://api.bitbucket.org/2.0/repositories/acme/web';
const SCOPES = { 'x-oauth-scopes': 'read:repository:bitbucket' };

const verdict = (answer: Answered) => classifyRepository(answered(API, answer), 'acme/web');

describe('classifyRepository', () => {
  it.each<[string, Answered]>([
    ['private', { body: { full_name: 'acme/web', is_private: true } }],
    ['written otherwise', { body: { full_name: 'Acme/Web', is_private: true } }],
    ['of unknown kind, answered for the token', { body: { full_name: 'acme/web' }, headers: SCOPES }],
  ])('takes one for reachable that is %s', (_what, answer) => {
    expect(verdict(answer)).toEqual({ kind: 'good' });
  });

  it.each<[string, Answered, string, RegExp]>([
    ['another name', { body: { full_name: 'acme/shop', is_private: true } }, 'moved', /acme\/web was renamed or moved: it is now acme\/shop\. Correct/],
    ['another workspace', { body: { full_name: 'globex/web', is_private: false } }, 'moved', /now globex\/web/],
    ['a redirect to its new name', { status: 301, headers: { location: '/2.0/repositories/acme/shop' } }, 'moved', /it is now acme\/shop/],
    [
      '404',
      { status: 404, body: { type: 'error', error: { message: 'Repository acme/web not found' } } },
      'hidden',
      /Hidden and missing look the same\. Check the name/,
    ],
    ['401', { status: 401 }, 'refused', /revoked token all look like this/],
    [
      'a missing scope',
      { status: 403, body: { error: { message: 'x', detail: { required: ['read:repository:bitbucket'] } } } },
      'scope-missing',
      /lacks the scope read:repo/,
    ],
  ])('finds the token bad by %s', (_what, answer, cause, sentence) => {
    const found = verdict(answer);
    expect(found).toMatchObject({ kind: 'bad', cause });
    expect(told(found).text).toMatch(sentence);
  });

  it.each<[string, Answered, string]>([
    ['a public one', { body: { full_name: 'acme/web', is_private: false }, headers: SCOPES }, 'public'],
    ['one that anybody may have been answered', { body: { full_name: 'acme/web' } }, 'public'],
    ['a web page', { body: '<html>Sign on</html>' }, 'proxy-page'],
    ['a web page with 404', { status: 404, body: '<html>nginx</html>' }, 'proxy-page'],
    ['something else', { body: { ok: true } }, 'not-understood'],
    ['a redirect elsewhere', { status: 302, headers: { location: 'https://id.example.com/2.0/repositories/a/b' } }, 'redirected'],
    ['a redirect to no repository', { status: 302, headers: { location: '/2.0/user' } }, 'not-understood'],
    ['the end of the call', { status: 410, body: { error: { message: 'CHANGE-2770 - Functionality has been deprecated' } } }, 'gone'],
    ['the rate', { status: 429, body: 'Rate limit for this resource has been exceeded' }, 'quota'],
  ])('decides nothing by %s', (_what, answer, cause) => {
    expect(verdict(answer)).toMatchObject({ kind: 'undecided', cause });
  });
});
