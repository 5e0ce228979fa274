import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that signs for as long as a test lasts. */
export interface Authority extends Certificate {
  /** @param names subjectAltName, such as `DNS:localhost,IP:127.0.0.1` */
  sign(names: string): Certificate;
  /** One that is no longer, or not yet, valid. */
  signFor(years: 'past' | 'future', names: string): Certificate;
  remove(): void;
}

/** Makes an authority with the openssl program. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'rekey-authority-'));
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  openssl('req', '-x509', ...NEW_KEY, '-subj', '/CN=Test Authority', '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem');
  return {
    cert: read('ca.pem'),
    key: read('ca.key'),
    sign(names) {
      writeFileSync(join(folder, 'names'), `subjectAltName=${names}\n`);
      openssl('req', ...NEW_KEY, '-subj', '/CN=test', '-keyout', 'leaf.key', '-out', 'leaf.csr');
      openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names', '-out', 'leaf.pem');
      return { cert: read('leaf.pem'), key: read('leaf.key') };
    },
    signFor(years, names) {
      writeFileSync(join(folder, 'names'), `subjectAltName=${names}\n`);
      for (const [name, text] of Object.entries({ 'ca.cnf': CA_CONFIG, 'index.txt': '', serial: '1000\n' })) writeFileSync(join(folder, name), text);
      openssl('req', ...NEW_KEY, '-subj', '/CN=test', '-keyout', 'leaf.key', '-out', 'leaf.csr');
      const [start, end] = years === 'past' ? ['20200101000000Z', '20210101000000Z'] : ['21000101000000Z', '21010101000000Z'];
      openssl(
        ...['ca', '-config', 'ca.cnf', '-batch', '-notext', '-in', 'leaf.csr', '-out', 'leaf.pem', '-extfile', 'names'],
        '-startdate',
        start,
        '-enddate',
        end,
      );
      return { cert: read('leaf.pem'), key: read('leaf.key') };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;
/** For `openssl ca`, the only command of every version that takes the dates themselves. */
const CA_CONFIG = ['[ca]', 'default_ca=d', '[d]', 'dir=.', 'database=index.txt', 'serial=serial', 'new_certs_dir=.', 'certificate=ca.pem']
  .concat(['private_key=ca.key', 'default_md=sha256', 'unique_subject=no', 'policy=p', '[p]', 'commonName=supplied', ''])
  .join('\n');
