import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { credentialOf } from '../../src/core/specs-document/account-slot.ts';
import { credentialText, withCredential, withCredentialText } from '../../src/core/specs-document/credential-text.ts';
import { contentsOf } from '../../src/core/specs-document/tree-settings.ts';
import { quotedScalar } from '../../src/core/yaml-scalar.ts';
import { treeOf } from '../support/specs-documents.ts';

const PACKAGE = '!!com.atlassian.bamboo.specs.model.repository';
const text = fc.string({ unit: 'grapheme' });

/** The same text in one of the ways YAML has to write it. */
const written = (value: fc.Arbitrary<string>) =>
  fc.tuple(value, fc.constantFrom('single', 'double', 'plain', 'block', 'tagged')).map(([value, style]) => {
    const isSimple = /^[a-z][\w.@-]*$/i.test(value) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(value);
    if (style === 'plain' && isSimple) return value;
    if (style === 'block' && isSimple) return `|-\n      ${value}`;
    if (style === 'double') return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    if (style === 'tagged') return `!!str ${quotedScalar(value)}`;
    return quotedScalar(value);
  });

const comment = fc.constantFrom('', '', '  # by hand: "quoted" & \'odd\'', '   ');
const entry = fc
  .tuple(fc.stringMatching(/^x[A-Za-z]{3,12}$/), written(text), comment)
  .map(([key, value, end]) => ({ key, line: `  ${key}: ${value}${value.startsWith('|') ? '' : end}` }));
const entries = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 6 }).map((list) => list.map(({ line }) => line));

const credential = fc.tuple(written(text), written(text), comment, comment, fc.boolean()).map(([username, password, one, other, turned]) => {
  const lines = [`    username: ${username}${username.startsWith('|') ? '' : one}`, `    password: ${password}${password.startsWith('|') ? '' : other}`];
  return turned ? lines.reverse() : lines;
});

/** Documents of the known classes: unknown keys before, between and after, comments, unicode, odd quoting, both kinds of line ends. */
const documents = fc
  .tuple(fc.constantFrom('bitbucket.cloud.BitbucketCloudRepositoryProperties', 'git.GitRepositoryProperties'), entries, credential, entries, fc.boolean())
  .map(([type, before, account, after, windows]) => {
    const lines = [
      '--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties',
      `rootEntity: ${PACKAGE}.${type}`,
      ...before,
      `  authenticationProperties: ${PACKAGE}.git.UserPasswordAuthenticationProperties`,
      ...account,
      ...after.map((line) => line.replace(/^ {2}x/, '  z')),
      'specModelVersion: 9.2.1',
      '...',
      '',
    ];
    return lines.join('\n').replaceAll('\n', windows ? '\r\n' : '\n');
  });

describe('changing the credential in a document', () => {
  it('and changing it back yields the original bytes, and nothing else differs in between', () => {
    fc.assert(
      fc.property(documents, text, text, (original, username, password) => {
        const tree = treeOf(original);
        const kept = credentialText(tree);
        const changed = withCredential(tree, { username, password });
        if (kept === undefined || changed === undefined) throw new RangeError('the credential was not found');
        const after = treeOf(changed);
        expect(credentialOf(after) ?? {}).toEqual(username === '' ? expect.anything() : { username, password });
        expect(contentsOf(after)).toEqual(contentsOf(tree));
        expect(withCredentialText(after, kept)).toBe(original);
      }),
      { numRuns: 150 },
    );
  });

  it('quotes any text so that it is read as that text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.string({ unit: 'binary' }),
          fc.constantFrom('null', '~', 'yes', '1e3', '2026-11-24', "it's", 'a: b # c', '\u0085', '\u2028', '\ufeff'),
        ),
        (value) => {
          expect(parse(quotedScalar(value), { version: '1.1' })).toBe(value);
        },
      ),
      { numRuns: 400 },
    );
  });
});
