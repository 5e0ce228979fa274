/** The older login form, with its XSRF token where one is given. */
export function loginPage(token?: string, extra = ''): string {
  const hidden = token === undefined ? '' : `<input type="hidden" name="atl_token" value="${token}">`;
  return `<html><head><title>Log in - Bamboo</title></head><body><form id="loginForm" name="loginForm" class="aui" action="/bamboo/userlogin.action" method="post"><input type="text" name="os_username"><input type="password" name="os_password"><input type="checkbox" name="os_cookie" value="true">${extra}<input type="submit" name="save" value="Log in">${hidden}</form></body></html>`;
}

/** The start page, for one who is logged in or not. */
export function startPage(loggedIn: boolean): string {
  return `<html><head><title>Bamboo</title></head><body>${loggedIn ? '<a href="/bamboo/userLogout.action">Log Out</a>' : '<a href="/bamboo/userlogin!doDefault.action">Log In</a>'}</body></html>`;
}

/** The two-step screen of 10.1 and later: a script draws it, so the page holds no form. */
export const TWO_STEP_PAGE =
  '<html><head><title>Log in - Bamboo</title></head><body><div id="login-root"></div><script src="/bamboo/s/tsv.js"></script></body></html>';

/** The prompt of a secure administrator session; its markup is not known. */
export const PASSWORD_PROMPT =
  '<html><head><title>Administrator access - Bamboo</title></head><body><form action="/bamboo/x.action" class="aui"><p>Please confirm your password.</p><input type="password" name="p"><input type="submit"></form></body></html>';

/** The login page of an access proxy: it names Bamboo's address, and has nothing of Bamboo. */
export const PROXY_PAGE =
  '<html><head><title>Sign in - Acme Access</title></head><body><h1>Sign in to reach bamboo.example</h1><form action="https://access.example/login?to=https://bamboo.example/bamboo/"><input type="email" name="e"><input type="password" name="p"></form></body></html>';

/** The words of the CAPTCHA lock [D]. */
export const LOGIN_LOCK = '<html><body>The maximum number of failed login attempts may have been reached.</body></html>';
