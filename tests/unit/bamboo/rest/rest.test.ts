import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { type TableAnswer, type TableEntry, tableHttp } from '../../../support/table-http.ts';
import { failureIn } from '../failure-of.ts';

const URL_ = 'https://bamboo.example/bamboo';
const BASE = '/bamboo/rest/api/latest';

function bambooWith(table: Record<string, TableEntry>, headers: Record<string, string> = {}) {
  const http = tableHttp(table);
  return { http, bamboo: createBamboo({ http, url: URL_, restToken: new Secret('pat-1'), headers }) };
}
const infoWith = (answer: TableAnswer) => bambooWith({ [`GET ${BASE}/info`]: answer });

describe('REST', () => {
  it('asks below the context path for JSON, with the token as Bearer and the extra headers', async () => {
    const { http, bamboo } = bambooWith({ [`GET ${BASE}/info`]: { body: { version: '10.2.7', state: 'RUNNING', buildNumber: 100217 } } }, { 'CF-Id': 'x' });
    expect(await bamboo.info()).toEqual({ version: '10.2.7', state: 'RUNNING', buildNumber: '100217' });
    expect(http.requests[0]).toMatchObject({ effect: 'read', headers: { Authorization: 'Bearer pat-1', Accept: 'application/json', 'CF-Id': 'x' } });
  });

  it('uses the login where there is no token', async () => {
    const http = tableHttp({ [`GET ${BASE}/info`]: { body: { version: '9.6.16', state: 'RUNNING' } } });
    const bamboo = createBamboo({ http, url: URL_, login: { username: 'jürgen', password: new Secret('p:w') }, headers: {} });
    expect(await bamboo.info()).toEqual({ version: '9.6.16', state: 'RUNNING' });
    expect(http.requests[0]?.headers?.Authorization).toBe(`Basic ${Buffer.from('jürgen:p:w').toString('base64')}`);
  });

  it.each([
    ['401', { status: 401, body: { message: 'no' } }, 'LOGIN_REFUSED', /401: "no"\.$/],
    [
      'the CAPTCHA lock',
      { status: 403, body: { message: 'The maximum number of failed login attempts may have been reached.' } },
      'LOGIN_CAPTCHA',
      /maximum number/,
    ],
    ['403', { status: 403, body: { message: 'Forbidden', 'status-code': '403' } }, 'PERMISSION_MISSING', /403: "Forbidden"/],
    ['404', { status: 404, body: { message: 'None', 'status-code': 404 } }, 'PAGE_MISSING', /404/],
    ['404 inside a 200', { body: { message: 'None', 'status-code': '404' } }, 'PAGE_MISSING', /404: "None"/],
    ['429', { status: 429 }, 'RATE_LIMITED', /429/],
    [
      'errors and field errors',
      { status: 400, body: { errors: ['Bad.'], fieldErrors: { name: ['Taken.'] } } },
      'ANSWER_NOT_UNDERSTOOD',
      /400: "Bad\. name: Taken"/,
    ],
    ['500', { status: 500, body: '<html><pre>at canary</pre></html>' }, 'PAGE_ERROR', /500\.$/],
    ['503', { status: 503, body: '<html>down</html>' }, 'SERVER_UNREACHABLE', /503/],
    [
      'XML with 404',
      { status: 404, headers: { 'content-type': 'application/xml' }, body: '<?xml version="1.0"?><status><message>No such thing. x</message></status>' },
      'PAGE_MISSING',
      /404: "No such thing"/,
    ],
    [
      'XML with 200',
      { headers: { 'content-type': 'application/xml' }, body: '<status><message>Gone.</message></status>' },
      'ANSWER_NOT_UNDERSTOOD',
      /200 with XML instead of JSON: "Gone"\.$/,
    ],
    [
      'XML with 200 that tells of a 401',
      { headers: { 'content-type': 'application/xml' }, body: '<status><status-code>401</status-code><message>No.</message></status>' },
      'LOGIN_REFUSED',
      /401: "No"\.$/,
    ],
    ['HTML with 200', { body: '<html>Log in</html>' }, 'ANSWER_NOT_UNDERSTOOD', /200 with a web page instead of JSON/],
    ['broken JSON', { headers: { 'content-type': 'application/json' }, body: '{"version":' }, 'ANSWER_NOT_UNDERSTOOD', /broken JSON/],
    ['JSON of another shape', { body: { name: 'x' } }, 'ANSWER_NOT_UNDERSTOOD', /another shape .* \(at version\)/],
    [
      'an inherited field',
      { headers: { 'content-type': 'application/json' }, body: '{"__proto__":{"version":"10.2.7"}}' },
      'ANSWER_NOT_UNDERSTOOD',
      /another shape/,
    ],
    [
      'a redirect to a login',
      { status: 302, headers: { location: 'https://sso.example/login?ticket=canary' } },
      'ACCESS_PROXY',
      /access proxy .* sends people to https:\/\/sso\.example\/login\.$/,
    ],
    [
      'a redirect to Bamboo’s own login page',
      { status: 302, headers: { location: '/bamboo/userlogin!doDefault.action?os_destination=%2Frest' } },
      'LOGIN_ENDED',
      /Bamboo sends to its login page/,
    ],
    [
      'a redirect to the same call elsewhere',
      { status: 301, headers: { location: 'https://new.example/rest/api/latest/info?ticket=canary' } },
      'REDIRECTED_AWAY',
      /redirects to https:\/\/new\.example\/rest\/api\/latest\/info\.$/,
    ],
    [
      "another's login page, whatever address it names",
      { status: 403, body: '<html><title>Sign in</title><form action="https://x.example/?to=bamboo.example/bamboo"><input type="password"></form></html>' },
      'ACCESS_PROXY',
      /shows a login page of its own/,
    ],
  ] as const)('tells %s', async (_, answer, code, words) => {
    const failure = await failureIn(infoWith(answer).bamboo.info());
    expect(failure).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(failure?.message).not.toContain('canary');
  });

  it('sends nothing more with a token that was refused once', async () => {
    const { http, bamboo } = infoWith({ status: 401 });
    const failures = [await failureIn(bamboo.info()), await failureIn(bamboo.info()), await failureIn(bamboo.linkedRepositories())];
    expect(failures.map((failure) => failure?.code)).toEqual(['LOGIN_REFUSED', 'LOGIN_REFUSED', 'LOGIN_REFUSED']);
    expect(http.lines()).toHaveLength(1);
  });

  it('goes on after a 403, which concerns one thing only', async () => {
    const { bamboo } = bambooWith({ [`GET ${BASE}/info`]: [{ status: 403 }, { body: { version: '12.0.0', state: 'RUNNING' } }] });
    expect((await failureIn(bamboo.info()))?.code).toBe('PERMISSION_MISSING');
    expect((await bamboo.info()).version).toBe('12.0.0');
  });

  it('refuses to be made without any credential', async () => {
    const http = tableHttp({});
    await expect(async () => createBamboo({ http, url: URL_, headers: {} })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('usage', () => {
  const place = { object: 'repository', id: '7', level: 'global', name: 'x' } as const;
  const usageOf = (body: object) => bambooWith({ [`GET ${BASE}/repository/7/usage`]: { body } });

  it('counts plans and environments, what is inaccessible, and the projects of the plans', async () => {
    const { http, bamboo } = usageOf({
      plans: [{ planKey: 'WEB-A' }, { planKey: { key: 'API-B' } }, { planKey: 'WEB-C' }],
      totalPlans: 5,
      inaccessiblePlansCount: '2',
      environments: [{ id: 1 }],
      totalEnvironments: 1,
    });
    expect(await bamboo.usage(place)).toEqual({ plans: 5, environments: 1, projects: ['API', 'WEB'], inaccessiblePlans: 2, inaccessibleEnvironments: 0 });
    expect(http.lines()[0]).toMatch(/maxPlans=\d{5,}&maxEnvironments=\d{5,}$/);
  });

  it('does not take an answer without counts for "used by nobody"', async () => {
    expect((await failureIn(usageOf({}).bamboo.usage(place)))?.code).toBe('ANSWER_NOT_UNDERSTOOD');
  });

  it("knows without asking that a plan's own repository serves that plan", async () => {
    const usage = await bambooWith({}).bamboo.usage({ ...place, level: 'plan', project: 'WEB', plan: 'WEB-A' });
    expect(usage).toMatchObject({ plans: 1, environments: 0, projects: ['WEB'] });
  });
});

describe('access tokens', () => {
  const tokensWith = (answer: TableAnswer) => bambooWith({ [`GET ${BASE}/access-token`]: answer }).bamboo.accessTokens();
  const row = { tokenId: 1, name: 'ci', permissions: ['READ'], creationDate: 'x', daysUntilExpiry: 12 };

  it('are read from a bare array and from a page', async () => {
    const wanted = [{ name: 'ci', permissions: ['READ'], daysUntilExpiry: 12 }];
    expect(await tokensWith({ body: [row] })).toEqual(wanted);
    expect(await tokensWith({ body: { results: [row] } })).toEqual(wanted);
  });

  it('are not known where the server does not tell', async () => {
    expect(await tokensWith({ status: 404 })).toBeUndefined();
    expect(await tokensWith({ status: 403 })).toBeUndefined();
  });
});
