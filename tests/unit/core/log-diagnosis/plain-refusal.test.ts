import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstFailure, nearest } from '../../../../src/core/log-diagnosis/known-failures.ts';
import { readRecord } from '../../../../src/core/log-diagnosis/log-record.ts';
import { plainRefusal } from '../../../../src/core/log-diagnosis/plain-refusal.ts';
import { marksOf } from '../../../support/recognise-record.ts';

/** What the table of known failures says of the same record. */
function inTable(record: string) {
  const read = readRecord(record);
  const found = firstFailure(
    read,
    marksOf(record).map(([words]) => words),
  );
  const { user, workspace, slug } = nearest(read.mentions, found?.at ?? 0) ?? {};
  return { failure: found?.failure, user, workspace, slug };
}

const name = fc.oneof(
  fc.constantFrom('acme', 'account', 'site', 'a.b', 'shop.git', 'x_1-y', '404', 'ATATT3x', '2.0', ''),
  fc.stringMatching(/^[a-z\d_-]{1,9}$/),
);
const user = fc.oneof(
  fc.constantFrom('', 'ci@', 'buildbot@', 'Bob@', 'ci%40acme.example@', 'ci@acme.example@', 'x:secret@'),
  fc.stringMatching(/^[a-z\d_-]{1,9}@$/),
);
const host = fc.constantFrom(
  'bitbucket.org',
  'bitbucket.org',
  'bitbucket.org',
  'bitbucket.org:443',
  'www.bitbucket.org',
  'notbitbucket.org',
  'api.bitbucket.org',
);
const before = fc.constantFrom(
  ' ERROR [x] fatal: ',
  ' ',
  '\n\tat x ',
  ' line\n',
  " https://bitbucket.org/other/one 'https://bitbucket.org/other/two' ",
  'CHANGE-3222 ',
);
const words = fc.constantFrom('Authentication failed', 'Authentication failed', 'Authentication failed for', 'You may not have access to this repository');
const after = fc.constantFrom(
  "'",
  "/'",
  ".git'",
  ".git/'",
  ".git/'\n",
  "/x'",
  "?a=b'",
  '',
  "' https://bitbucket.org/other/three",
  "'\nCHANGE-1 Authentication failed",
);

const sentence = fc
  .tuple(before, words, fc.constantFrom(" for 'https://", " for 'http://", " 'https://"), user, host, name, name, after)
  .map(([start, said, link, who, at, workspace, slug, end]) => `${start}${said}${link}${who}${at}/${workspace}/${slug}${end}`);

describe('git’s plainest sentence', () => {
  it('is read in one look', () => {
    const record = " ERROR [scheduler_Worker-3] fatal: Authentication failed for 'https://buildbot@bitbucket.org/acme/shop.git/'\n";
    expect(plainRefusal(record, marksOf(record))).toEqual({ user: 'buildbot', workspace: 'acme', slug: 'shop' });
  });

  it('is read on the first line of a record that goes on, too', () => {
    const record = " fatal: Authentication failed for 'https://bitbucket.org/acme/shop'\n\tat a.B.c(B.java:1)\n";
    expect(plainRefusal(record, marksOf(record))).toEqual({ user: undefined, workspace: 'acme', slug: 'shop' });
  });

  it('says then what the table of known failures would', () => {
    fc.assert(
      fc.property(sentence, (record) => {
        const plain = plainRefusal(record, marksOf(record));
        if (plain !== undefined) expect(inTable(record)).toEqual({ failure: 'GIT_REFUSED', ...plain });
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['holds another mark', " remote: You may not have access to this repository.\nfatal: Authentication failed for 'https://bitbucket.org/acme/shop'"],
    ['stands on a line that goes on', " failed\n\tat Authentication failed for 'https://bitbucket.org/acme/shop'"],
    ['may hold a secret', " Authentication failed for 'https://ATATT3x@bitbucket.org/acme/shop'"],
    ['names an email', " Authentication failed for 'https://ci%40acme.example@bitbucket.org/acme/shop'"],
    ['names a page of the site', " Authentication failed for 'https://bitbucket.org/account/shop'"],
    ['names another host', " Authentication failed for 'https://github.com/acme/shop'"],
  ])('is not taken for read where the record %s', (_what, record) => {
    expect(plainRefusal(record, marksOf(record))).toBeUndefined();
  });
});
