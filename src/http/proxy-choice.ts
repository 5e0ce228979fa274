import { BlockList, isIP } from 'node:net';
import { RekeyError } from '../core/errors.ts';

/** Environment variables as values: HTTPS_PROXY, HTTP_PROXY, NO_PROXY (either case) and NODE_EXTRA_CA_CERTS. */
export type NetworkEnvironment = Readonly<Record<string, string | undefined>>;

/** The proxy for an address, or undefined for the direct way. Lower case wins, as in curl. */
export function proxyFor(target: URL, env: NetworkEnvironment): URL | undefined {
  const name = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const text = variable(env, name);
  if (text === '' || isExempt(target, variable(env, 'NO_PROXY'))) return undefined;
  return parseProxy(text, name);
}

function variable(env: NetworkEnvironment, name: string): string {
  return (env[name.toLowerCase()] || env[name] || '').trim();
}

/** The value may hold a password, so no message repeats it. */
function parseProxy(text: string, name: string): URL {
  const address = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(address))
    throw new RekeyError('SERVER_UNREACHABLE', `${name} is not an address. Special characters in its user name or password must be URL-encoded.`);
  const proxy = new URL(address);
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
    throw new RekeyError('SERVER_UNREACHABLE', `${name} names a ${proxy.protocol.slice(0, -1)} proxy; only http and https proxies are known.`);
  if (!isDecodable(proxy.username) || !isDecodable(proxy.password))
    throw new RekeyError('SERVER_UNREACHABLE', `The user name or password in ${name} is not URL-encoded: write % as %25.`);
  return proxy;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isExempt(target: URL, list: string): boolean {
  const host = bare(target.hostname);
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => entry !== '' && matches(entry, host, port));
}

/** An entry is `*`, a host (its subdomains too), `.suffix`, `*suffix`, an IP address or a CIDR range; each with an optional port. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const withPort = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry);
  if (withPort && withPort[2] !== port) return false;
  const pattern = bare(withPort?.[1] ?? entry);
  if (pattern.includes('/')) return isInRange(pattern, host);
  if (pattern.startsWith('*')) return host.endsWith(pattern.slice(1));
  const domain = pattern.replace(/^\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInRange(range: string, host: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  const prefix = Number(bits);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(bits) || prefix > (family === 4 ? 32 : 128)) return false;
  const block = new BlockList();
  block.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return block.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
