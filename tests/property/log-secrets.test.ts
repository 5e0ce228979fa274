import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFailureTally } from '../../src/core/log-diagnosis/failure-tally.ts';
import { KNOWN_FAILURES } from '../../src/core/log-diagnosis/known-failures.ts';
import { diagnosisText } from '../../src/view/results.ts';
import { recogniseRecord } from '../support/recognise-record.ts';

/** A body that no sentence of ours contains. */
const body = fc.stringMatching(/^[QXZ0-9_=-]{12,40}$/);
const prefixed = fc.tuple(fc.constantFrom('ATATT3', 'ATBB', 'ATCTT3', 'BAMSCRT@0@0@'), body).map((parts) => parts.join(''));
const password = fc.tuple(body, fc.constantFrom('', '@', ':', '/', '#', '?', '%40', "'", '"', ' ', '://', '&'), body).map((parts) => parts.join(''));

/** Ways in which a secret gets into a log; those that put it where a name belongs only for secrets that show what they are. */
const WITH_PASSWORD = [
  (secret: string) => `https://buildbot:${secret}@bitbucket.org/acme/shop.git`,
  (secret: string) => `https://buildbot:${encodeURIComponent(secret)}@bitbucket.org/acme/shop.git`,
  (secret: string) => `https://ci%40acme.example:${secret}@api.bitbucket.org/2.0/user/permissions/repositories: 401`,
  (secret: string) => `https://bitbucket.org/acme/shop?access_token=${secret}`,
  (secret: string) => `https://api.bitbucket.org/2.0/workspaces/ci@acme.example?key=${secret} 404`,
  (secret: string) => `password=${secret} user: admin; https://bitbucket.org/acme/shop`,
  (secret: string) => `Authorization: Basic ${Buffer.from(`buildbot:${secret}`).toString('base64')} https://bitbucket.org/acme/shop`,
  (secret: string) => `[exec-1 url: /x; user: admin, password: ${secret}] https://bitbucket.org/acme/shop`,
];
const WITH_PREFIX = [
  (secret: string) => `https://${secret}@bitbucket.org/acme/shop.git`,
  (secret: string) => `https://${encodeURIComponent(secret)}:x@bitbucket.org/acme/shop.git`,
  (secret: string) => `https://bitbucket.org/${secret}/${secret}.git`,
  (secret: string) => `https://api.bitbucket.org/2.0/users/${secret}@acme.example 404`,
  (secret: string) => `https://api.bitbucket.org/2.0/repositories/${secret}/${secret} 401`,
  (secret: string) => `git@bitbucket.org:${secret}/shop`,
  (secret: string) => `[exec-1 url: /x; user: ${secret}] https://bitbucket.org/acme/shop`,
];

const leak = fc.oneof(fc.tuple(password, fc.constantFrom(...WITH_PASSWORD)), fc.tuple(prefixed, fc.constantFrom(...WITH_PASSWORD, ...WITH_PREFIX)));
const phrase = fc.constantFrom(
  ...Object.values(KNOWN_FAILURES).flatMap(({ marks }) => marks),
  'To access this repository, an admin must whitelist your IP.',
  'CHANGE-2770 - Functionality has been deprecated',
  "fatal: Authentication failed for '",
);

function told(records: readonly string[]): string {
  const tally = createFailureTally();
  for (const record of records) {
    const seen = recogniseRecord(record);
    if (seen !== undefined) tally.add(seen);
  }
  const diagnosis = { format: 1 as const, logs: [], failures: tally.found(), untold: tally.untold() };
  return diagnosisText(diagnosis, 'json') + diagnosisText(diagnosis, 'table', { width: Number.POSITIVE_INFINITY, colors: false });
}

describe('diagnose', () => {
  it('never tells a secret that stands in a log, whole or in part', () => {
    const line = fc.tuple(phrase, leak, phrase, fc.boolean());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const records = lines.map(([before, [secret, show], after, own]) => `2026-08-09 10:00:00,000 WARN ${own ? '' : before}${show(secret)} ${after}`);
        const output = told(records);
        for (const [, [secret]] of lines) {
          const pieces = secret.match(/[QXZ0-9_=-]{12,}/g) ?? [];
          expect(pieces.filter((piece) => output.includes(piece))).toEqual([]);
          expect(output).not.toMatch(/ATAT|ATBB|ATCT|BAMSCRT/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('tells the failure all the same', () => {
    for (const show of [...WITH_PASSWORD.slice(0, 2), ...WITH_PREFIX.slice(0, 2)])
      expect(told([`2026-08-09 10:00:00,000 WARN fatal: Authentication failed for '${show('ATATT3QXZ')}/'`])).toContain('acme/shop');
  });
});
