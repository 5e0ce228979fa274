import type { Request } from 'express';

/** A user name and a password as they came; both empty when nothing came. */
interface Credential {
  userName: string;
  password: string;
}

/** Reads Basic authorization. Any other scheme is a credential that nobody knows: Bearer with an API token is unreliable. */
export function credentialOf(request: Request): Credential {
  const header = request.get('authorization');
  if (!header) return { userName: '', password: '' };
  const [scheme = '', encoded = ''] = header.split(' ');
  if (scheme.toLowerCase() !== 'basic') return { userName: `(${scheme})`, password: encoded };
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? { userName: decoded, password: '' } : { userName: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
