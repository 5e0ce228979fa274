/** Values of a query string, in order. */
export type Query = Readonly<Record<string, string>>;

/** Where a redirect or a form's action leads, seen from the configured address. */
export type Destination =
  | { readonly kind: 'login'; readonly url: string }
  | { readonly kind: 'within'; readonly url: string }
  | { readonly kind: 'away'; readonly origin: string };

/** Paths that end in `/userlogin…` are the login page [D]. */
const LOGIN_PATH = /\/userlogin[^/]*$/i;

/** The configured address of the server: everything is sent here, whatever base URL the server thinks it has. */
export class Site {
  readonly origin: string;
  /** Context path without the closing slash; empty at the root. */
  readonly context: string;

  constructor(url: string) {
    const parsed = new URL(url);
    this.origin = parsed.origin;
    this.context = parsed.pathname.replace(/\/+$/, '');
  }

  /** The absolute address of a path below the context path. */
  address(path: string, query: Query = {}): string {
    const search = new URLSearchParams(Object.entries(query)).toString();
    return `${this.origin}${this.context}${path}${search === '' ? '' : `?${search}`}`;
  }

  /** Whether the address is of the configured origin. */
  owns(url: string): boolean {
    return new URL(url).origin === this.origin;
  }

  /** The part of a path that is below the context path, where it is. */
  below(pathname: string): string | undefined {
    if (pathname === this.context) return '/';
    return pathname.startsWith(`${this.context}/`) ? pathname.slice(this.context.length) : undefined;
  }

  /** Judges a `Location`, which may carry Bamboo's own base URL: an action of Bamboo's is asked for at the configured address. */
  destination(from: string, location: string): Destination {
    if (!URL.canParse(location, from)) return { kind: 'away', origin: 'an address that cannot be read' };
    const url = new URL(location, from);
    const mapped = `${this.origin}${url.pathname}${url.search}`;
    if (LOGIN_PATH.test(url.pathname)) return { kind: 'login', url: mapped };
    if (url.origin === this.origin) return { kind: 'within', url: mapped };
    const known = url.pathname.endsWith('.action') && this.below(url.pathname) !== undefined && mapped !== from;
    return known ? { kind: 'within', url: mapped } : { kind: 'away', origin: url.origin };
  }
}
