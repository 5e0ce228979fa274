import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { RekeyError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';

/** Contents of the files named under `bamboo.tls`, all PEM. */
export interface TlsMaterial {
  /** Authorities trusted on top of the usual ones. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: Secret;
}

/** Options for every TLS connection. The checks are on by word, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not turn them off. */
export interface TrustOptions {
  readonly rejectUnauthorized: true;
  readonly secureContext?: tls.SecureContext;
}

/**
 * Builds the trust: the default roots, NODE_EXTRA_CA_CERTS and the given authorities.
 * @throws RekeyError CONFIG_INVALID when the material cannot be used.
 */
export function buildTrust(material: TlsMaterial | undefined, extraCertificatesFile: string | undefined): TrustOptions {
  if (material === undefined || Object.keys(material).length === 0) return { rejectUnauthorized: true };
  if (material.ca !== undefined) checkCertificate(material.ca, 'bamboo.tls.ca');
  if (material.cert !== undefined) checkCertificate(material.cert, 'bamboo.tls.cert');
  if ((material.cert === undefined) !== (material.key === undefined))
    throw new RekeyError('CONFIG_INVALID', 'bamboo.tls.cert and bamboo.tls.key belong together: give both or neither.');
  return { rejectUnauthorized: true, secureContext: secureContext(material, extraCertificatesFile) };
}

/** Every authority to be trusted when one is named, for connections that take a list. @throws RekeyError CONFIG_INVALID */
export function trustedAuthorities(ca: string, extraCertificatesFile: string | undefined): readonly string[] {
  checkCertificate(ca, 'bamboo.tls.ca');
  return [...defaultRoots(extraCertificatesFile), ca];
}

function secureContext({ ca, cert, key }: TlsMaterial, extraCertificatesFile: string | undefined): tls.SecureContext {
  try {
    return tls.createSecureContext({
      ...(ca === undefined ? {} : { ca: [...defaultRoots(extraCertificatesFile), ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key: key.reveal() }),
    });
  } catch (thrown) {
    const code = (thrown as { code?: unknown }).code;
    throw new RekeyError(
      'CONFIG_INVALID',
      `bamboo.tls.cert and bamboo.tls.key cannot be used together (${String(code)}): the key must be an unencrypted PEM key that belongs to the certificate.`,
    );
  }
}

function checkCertificate(pem: string, where: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw new RekeyError('CONFIG_INVALID', `The file named by ${where} holds no PEM certificate (-----BEGIN CERTIFICATE-----).`);
  }
}

/** Naming authorities replaces the default ones, so these are named again. Newer Node tells them all; Node 20 leaves out the extra file. */
function defaultRoots(extraCertificatesFile: string | undefined): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  if (getCACertificates !== undefined) return getCACertificates('default');
  return [...tls.rootCertificates, ...readExtra(extraCertificatesFile)];
}

/** Node itself warns of a file that it cannot read, and goes on. */
function readExtra(file: string | undefined): readonly string[] {
  if (!file) return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
