import { describe, expect, it } from '@jest/globals';
import type { Sighting } from '../../../../src/core/log-diagnosis/recognise.ts';
import { isoTime } from '../../../../src/core/log-diagnosis/record-start.ts';
import { recogniseRecord } from '../../../support/recognise-record.ts';

const THREAD = '[http-nio-8085-exec-16 url: /rest/hg/latest/bb/repositories; user: admin] [RESTCall]';
const GIT_THREAD = '[scheduler_Worker-3] [GitRepository]';

function seen(message: string, thread = GIT_THREAD): Sighting | undefined {
  const sighting = recogniseRecord(`2026-08-09 10:34:20,418 WARN ${thread} ${message}`);
  return sighting && { ...sighting, time: undefined };
}

function timeIn(record: string): string | undefined {
  const time = recogniseRecord(record)?.time;
  return time && isoTime(time);
}

describe('the two scenarios of Atlassian’s article', () => {
  it('knows 401 on the repository list: user name and token on an unfixed version', () => {
    const list = 'https://api.bitbucket.org/2.0/user/permissions/repositories?pagelen=10&fields=values.repository.name';
    for (const message of [
      `Response from GET ${list}: 401 Unauthorized`,
      `401 from ${list}`,
      `Response from GET ${list}\nstatus=401`,
      `Response from GET ${list} {"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}`,
      'Failed to load data from Bitbucket. 401 Unauthorized.',
    ])
      expect(seen(message, THREAD)).toEqual({ failure: 'REPOSITORY_LIST_REFUSED', bambooUser: 'admin', changes: [] });
  });

  it('takes 401 on any list of repositories for the same, on a single repository not', () => {
    const code = (path: string) => seen(`Response from GET https://api.bitbucket.org/2.0/${path}: 401 Unauthorized`)?.failure;
    for (const list of ['repositories?role=member', 'repositories/acme?pagelen=100', 'repositories/acme/', 'user/workspaces/acme/permissions/repositories'])
      expect([list, code(list)]).toEqual([list, 'REPOSITORY_LIST_REFUSED']);
    expect(code('repositories/acme/shop')).toBe('CREDENTIAL_REFUSED');
  });

  it.each(['workspaces', 'users', 'teams'])('knows 404 on %s with the email in the path', (kind) => {
    for (const email of ['ci@acme.example', 'ci%40acme.example'])
      expect(seen(`Response from GET https://api.bitbucket.org/2.0/${kind}/${email}: 404 Not Found`)).toEqual({
        failure: 'EMAIL_IN_PATH',
        user: 'ci@acme.example',
        changes: [],
      });
  });

  it('knows git being given the email, and names repository and email', () => {
    expect(seen("fatal: Authentication failed for 'https://ci%40acme.example@bitbucket.org/acme/shop.git/'")).toEqual({
      failure: 'GIT_EMAIL_REFUSED',
      workspace: 'acme',
      slug: 'shop',
      user: 'ci@acme.example',
      changes: [],
    });
  });
});

describe('what else Bitbucket is known to answer', () => {
  const repository = 'https://buildbot@bitbucket.org/acme/shop.git';
  it.each([
    ['APP_PASSWORD_GONE', `remote: CHANGE-3222 ...\nfatal: unable to access '${repository}/': The requested URL returned error: 410`],
    ['APP_PASSWORD_GONE', `fatal: unable to access '${repository}/': The requested URL returned error: 410`],
    ['APP_PASSWORD_GONE', `remote: App passwords are deprecated and must be replaced with API tokens.\nfatal: Authentication failed for '${repository}/'`],
    ['TOKEN_WITHOUT_SCOPES', `{"error":"API Token provided has no Bitbucket scopes."} ${repository}`],
    ['SCOPE_MISSING', `${repository} {"error":{"message":"Your credentials lack one or more required privilege scopes."}}`],
    ['IP_NOT_ALLOWED', `remote: To access this repository, an admin must whitelist your IP.\nfatal: unable to access '${repository}/'`],
    ['TWO_STEP_REQUIRED', `remote: To access this repository, enable two-step authentication.\nfatal: unable to access '${repository}/'`],
    ['QUOTA_USED_UP', `429 Rate limit for this resource has been exceeded ${repository}`],
    ['CREDENTIAL_REFUSED', `Token is invalid, expired, or not supported for this endpoint. ${repository}`],
    [
      'REPOSITORY_CLOSED',
      `remote: You may not have access to this repository or it no longer exists in this workspace.\nfatal: Authentication failed for '${repository}/'`,
    ],
    ['GIT_REFUSED', `fatal: Authentication failed for '${repository}/'`],
  ])('%s: %s', (failure, message) => {
    expect(seen(message)).toMatchObject({ failure, workspace: 'acme', slug: 'shop', user: 'buildbot' });
  });

  it.each(['user/permissions/repositories', 'user/permissions/workspaces', 'workspaces', 'repositories'])('ENDPOINT_GONE for 410 on %s', (path) => {
    expect(seen(`Response from GET https://api.bitbucket.org/2.0/${path}?pagelen=10 was 410`)).toEqual({ failure: 'ENDPOINT_GONE', changes: [] });
  });

  it('keeps Atlassian’s number of a change', () => {
    expect(seen('410 {"error":{"message":"CHANGE-2770 - Functionality has been deprecated"}}')).toEqual({ failure: 'ENDPOINT_GONE', changes: ['CHANGE-2770'] });
    expect(seen("CHANGE-3222 for 'https://bitbucket.org/acme/shop'")).toMatchObject({ failure: 'APP_PASSWORD_GONE', changes: ['CHANGE-3222'] });
  });

  it('tells a workspace that is unknown from an email taken for one', () => {
    const says = '404 {"error":{"message":"No workspace with identifier"}}';
    expect(seen(`https://api.bitbucket.org/2.0/workspaces/acme-inc: ${says}`)).toMatchObject({ failure: 'WORKSPACE_UNKNOWN', workspace: 'acme-inc' });
    expect(seen(`https://api.bitbucket.org/2.0/workspaces/ci@acme.example: ${says}`)).toMatchObject({ failure: 'EMAIL_IN_PATH' });
  });

  it('knows the CAPTCHA lock by its own words', () => {
    expect(seen('403 maximum number of failed login attempts reached')?.failure).toBe('CAPTCHA_LOCK');
    expect(seen('please solve the CAPTCHA')?.failure).toBe('CAPTCHA_LOCK');
  });
});

describe('what is no known failure', () => {
  it.each([
    ['git on another host', "fatal: Authentication failed for 'https://github.com/acme/shop.git/' https://bitbucket.org/acme/shop"],
    ['a host that only ends alike', "fatal: Authentication failed for 'https://notbitbucket.org/acme/shop.git/'"],
    ['a login to Bamboo', 'Authentication failed for user admin'],
    ['a good answer', 'Response from GET https://api.bitbucket.org/2.0/user/permissions/repositories?pagelen=10: 200'],
    ['a 401 in a query', 'Response from GET https://api.bitbucket.org/2.0/user/permissions/repositories?page=401: 200'],
    ['a 401 of milliseconds', 'Response from GET https://api.bitbucket.org/2.0/user/permissions/repositories: 200 in 401 ms'],
    ['a 404 without an email', 'Response from GET https://api.bitbucket.org/2.0/repositories/acme/gone: 404'],
    ['an issue key in a commit message', 'new revision "CHANGE-12 paint the door" of https://bitbucket.org/acme/shop'],
    ['a class name in a stack trace', 'all is well\n\tat com.example.CAPTCHA.check(CAPTCHA.java:401)'],
    ['nothing at all', ''],
  ])('%s', (_what, message) => {
    expect(seen(message)).toBeUndefined();
  });

  it('is a 401 in the thread’s name or in the time', () => {
    const record = '2026-08-09 10:34:20,401 WARN [exec-401] Response from GET https://api.bitbucket.org/2.0/user/permissions/repositories: 200';
    expect(recogniseRecord(record)).toBeUndefined();
  });
});

describe('a record', () => {
  it('gives its time, and none where it has none', () => {
    const message = "fatal: Authentication failed for 'https://bitbucket.org/acme/shop.git/'";
    expect(timeIn(`2026-08-09 10:34:20,418 ERROR ${message}`)).toBe('2026-08-09T10:34:20.418');
    expect(timeIn(`2026-08-09 10:34:21,000 ERROR ${message}`)).toBe('2026-08-09T10:34:21.000');
    expect(recogniseRecord(message)).toMatchObject({ failure: 'GIT_REFUSED', time: undefined });
  });

  it('speaks of the address after the failure, not of another before it', () => {
    expect(seen("checked https://bitbucket.org/acme/other; fatal: Authentication failed for 'https://bitbucket.org/acme/shop.git/'")?.slug).toBe('shop');
  });

  it('is judged the same however many others came between', () => {
    const record = (slug: number) => `2026-08-09 10:34:20,418 ERROR fatal: Authentication failed for 'https://bitbucket.org/acme/shop-${slug}.git/'`;
    for (let slug = 0; slug < 5000; slug++) expect(recogniseRecord(record(slug % 2500))?.slug).toBe(`shop-${slug % 2500}`);
  });
});
