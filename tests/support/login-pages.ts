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
