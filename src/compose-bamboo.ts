import type { HomeAccess } from './bamboo/import/home-watch.ts';
import type { Credentials } from './bamboo/ways-in.ts';
import { withCleanWords } from './core/clean-words.ts';
import type { Config } from './core/config.ts';
import type { Bamboo, Clock, Http } from './core/ports.ts';
import type { Secret } from './core/secret.ts';
import type { TlsMaterial } from './http/tls-trust.ts';
import type { Secrets } from './settings/create-secrets.ts';
import { requireServerSecrets } from './settings/require-secrets.ts';

/** What the client of a server is made with. */
export interface BambooMaterial {
  readonly secrets: Secrets;
  /** Keeps a secret out of everything that is printed. */
  readonly keepSecret: (secret: Secret) => void;
  /** Takes every secret that is kept out of a text. */
  readonly redact: (text: string) => string;
  /** Reads a file that the configuration names. */
  readonly readText: (path: string) => Promise<string>;
  /** Makes the HTTP client that repeats reads. */
  readonly connect: (tls: TlsMaterial) => Promise<Http>;
  /** A path as it is written in the configuration, as seen from here. */
  readonly resolvePath: (path: string) => string;
  readonly clock: Clock;
}

/** Makes the client of one server; its secrets are looked up, nothing is sent. @throws RekeyError SECRET_UNREADABLE | SESSION_INVALID | CONFIG_INVALID */
export async function composeBamboo(config: Config, material: BambooMaterial): Promise<Bamboo> {
  const { bamboo, bitbucket } = config;
  await requireServerSecrets(config, material.secrets);
  const { createBamboo } = await import('./bamboo/create-bamboo.ts');
  const { url, rest, login, form, home } = bamboo;
  const client = createBamboo({
    http: await httpFor(bamboo, material),
    keepSecret: material.keepSecret,
    url,
    gitBase: bitbucket.git,
    headers: {},
    ...(rest === undefined ? {} : { restToken: await material.secrets('bamboo.rest.token', rest.token) }),
    ...(login === undefined ? {} : await loginFor(url, login, material)),
    ...(form === undefined ? {} : { form }),
    ...(home === undefined ? {} : { home: await homeFor(home, material) }),
  });
  return withCleanWords(client, material.redact);
}

/** The home of the server, into which it exports. */
async function homeFor({ server, local }: NonNullable<Config['bamboo']['home']>, { resolvePath, clock }: BambooMaterial): Promise<HomeAccess> {
  const { openHomeFiles } = await import('./store/home-files.ts');
  const folders = { server, local: resolvePath(local) };
  return { folders, files: openHomeFiles(folders.local), clock };
}

/** What an access proxy wants goes with every request to that origin, and to no other. */
async function httpFor({ url, headers, tls }: Config['bamboo'], { secrets, connect, readText }: BambooMaterial): Promise<Http> {
  const { withHeaders } = await import('./http/with-headers.ts');
  const own = Object.entries(headers).map(async ([name, reference]) => [name, await secrets(`bamboo.headers.${name}`, reference)] as const);
  const material: TlsMaterial = {
    ...(tls?.ca === undefined ? {} : { ca: await readText(tls.ca) }),
    ...(tls?.cert === undefined ? {} : { cert: await readText(tls.cert) }),
    ...(tls?.key === undefined ? {} : { key: await secrets('bamboo.tls.key', tls.key, 'text') }),
  };
  return withHeaders(await connect(material), url, Object.fromEntries(await Promise.all(own)));
}

/** User name and password, or the session of a browser in which a person has logged in. */
async function loginFor(url: string, login: NonNullable<Config['bamboo']['login']>, { secrets, keepSecret }: BambooMaterial): Promise<Credentials> {
  if ('session' in login) {
    const { readBrowserCookies, secretValues } = await import('./bamboo/session/browser-cookies.ts');
    const browser = readBrowserCookies(await secrets('bamboo.login.session', login.session, 'text'), url);
    for (const value of secretValues(browser)) keepSecret(value);
    return { browser };
  }
  const { username, totp } = login;
  const password = await secrets('bamboo.login.password', login.password);
  return { login: { username, password, ...(totp === undefined ? {} : { totp: () => secrets('bamboo.login.totp', totp, 'code') }) } };
}
