import type { Site } from '../site.ts';

const ACTION = /^\/(?:[\w-]+\/)*[\w!-]+\.action$/;

/** Actions that no save has. */
const DESTRUCTIVE = /\/(delete|remove|confirm)[^/]*$/i;

/** The namespace of an action: its path up to the last slash. */
function namespaceOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** An action may carry Bamboo's configured base URL, whose context path may be another one: then it has to be in the namespace of its page. */
function mapped(site: Site, action: string, page: string): string | undefined {
  const namespace = namespaceOf(site.below(page) ?? '/');
  return namespace !== '/' && namespaceOf(action).endsWith(namespace) ? `${namespace}${action.slice(action.lastIndexOf('/') + 1)}` : undefined;
}

/** Where a form is posted to: its own action, always at the configured address; undefined when the action is of no known shape. */
export function saveAddress(site: Site, pageUrl: string, action: string): string | undefined {
  if (action === '' || !URL.canParse(action, pageUrl)) return undefined;
  const url = new URL(action, pageUrl);
  const pathname = url.pathname.replace(/;[^/]*$/, '');
  const own = url.origin === site.origin ? site.below(pathname) : undefined;
  const path = own ?? mapped(site, pathname, new URL(pageUrl).pathname);
  if (path === undefined || !ACTION.test(path) || DESTRUCTIVE.test(path)) return undefined;
  return `${site.address(path)}${url.search}`;
}
