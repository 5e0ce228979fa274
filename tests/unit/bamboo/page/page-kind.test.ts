import { describe, expect, it } from '@jest/globals';
import { parsePage } from '../../../../src/bamboo/page/document.ts';
import { pageKind } from '../../../../src/bamboo/page/page-kind.ts';
import { pageProblem } from '../../../../src/bamboo/page/page-problem.ts';

const LOGIN = '<form id="loginForm" name="loginForm" action="/userlogin.action"><input name="os_username"><input type="password" name="os_password"></form>';
const TRACE = '<pre>java.lang.IllegalStateException: password canary-secret\n\tat com.atlassian.Foo.bar(Foo.java:1)</pre>';
const bamboo = (inner: string, title = 'Bamboo') =>
  `<html><head><title>${title}</title><meta name="atlassian-token" content="t"></head><body>${inner}</body></html>`;

describe('recognising a page', () => {
  it.each([
    ['its login page', 200, bamboo(LOGIN), 'login', 'LOGIN_ENDED'],
    [
      'a login page with a CAPTCHA',
      200,
      bamboo(LOGIN.replace('</form>', '<img src="/captcha?1"><input name="captcha_answer"></form>')),
      'captcha',
      'LOGIN_CAPTCHA',
    ],
    ['the lock after failed logins', 403, bamboo('<p>The maximum number of failed login attempts may have been reached.</p>'), 'captcha', 'LOGIN_CAPTCHA'],
    ['the lock as plain text', 403, 'The maximum number of failed login attempts may have been reached', 'captcha', 'LOGIN_CAPTCHA'],
    [
      'a missing permission with 200',
      200,
      bamboo('<p>Sorry. Ask your <a href="/bamboo/viewAdministrators.action">administrators</a>.</p>'),
      'no-permission',
      'PAGE_ACCESS_DENIED',
    ],
    ['a missing permission with 403', 403, bamboo('<h1>Forbidden</h1>'), 'no-permission', 'PAGE_ACCESS_DENIED'],
    ['the XSRF page', 403, bamboo('<h1>XSRF Security Token Missing</h1>'), 'xsrf', 'PAGE_XSRF'],
    [
      'a prompt that names the secure session',
      200,
      bamboo('<h2>Secure administrator session</h2><form><input type="password" name="p"></form>'),
      'elevation',
      'ELEVATION_NEEDED',
    ],
    ['a prompt for the password alone', 200, bamboo('<form><input type="password" name="p"><input type="submit"></form>'), 'elevation', 'ELEVATION_NEEDED'],
    ['an error page', 500, bamboo(`<h1>A system error has occurred</h1><a href="viewAdministrators.action">x</a>${TRACE}`), 'error', 'PAGE_ERROR'],
    ['an error message with 200', 200, bamboo('<div class="aui-message error"><p>No such repository. More follows.</p></div>'), 'error', 'PAGE_ERROR'],
    ['a missing page', 404, bamboo('<h1>Not found</h1>'), 'missing', 'PAGE_MISSING'],
    ['a page that was cut', 200, bamboo('<p>half').slice(0, -20), 'cut', 'ANSWER_NOT_UNDERSTOOD'],
    [
      'the page of an access proxy',
      200,
      '<html><title>Sign in to Acme</title><form><input name=user><input type=password name=p></form></html>',
      'foreign',
      'ANSWER_NOT_UNDERSTOOD',
    ],
    ['another page of Bamboo', 200, bamboo('<p>All plans</p>', 'All plans - Bamboo'), 'other', 'FORM_NOT_UNDERSTOOD'],
  ])('tells %s', (_, status, html, kind, code) => {
    const found = pageKind(parsePage(html), status);
    expect(found.kind).toBe(kind);
    expect(pageProblem(found, 'The page').code).toBe(code);
  });

  it('quotes the first sentence of an error page and never its stack trace', () => {
    const quoted = pageProblem(pageKind(parsePage(bamboo(`<h1>A system error has occurred. Details:</h1>${TRACE}`)), 500), 'The page').message;
    expect(quoted).toBe('The page: Bamboo shows an error page that says "A system error has occurred".');
  });

  it('quotes nothing of an error page that has neither heading nor message', () => {
    const found = pageKind(parsePage(`<html><body>A system error has occurred${TRACE}</body></html>`), 500);
    expect(pageProblem(found, 'The page').message).toBe('The page: Bamboo shows an error page without a word why.');
  });

  it('quotes no terminal escapes', () => {
    const quoted = pageProblem(pageKind(parsePage(bamboo('', 'a\u001b[31mred\u202e')), 200), 'The page').message;
    expect(quoted).toContain('(titled "a [31mred")');
  });
});
