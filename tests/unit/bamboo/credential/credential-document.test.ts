import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { credentialDocument, nameProblem } from '../../../../src/bamboo/credential/credential-document.ts';
import { Secret } from '../../../../src/core/secret.ts';

const pair = (username: string, secret: string) => ({ username, secret: new Secret(secret) });

/** Another reader than the one that wrote it; tags are kept as they are. */
function read(text: string): unknown {
  const document = parseDocument(text, { customTags: [], version: '1.1', logLevel: 'silent' });
  expect(document.errors).toEqual([]);
  return document.toJS();
}

describe('the import document of a credential', () => {
  it('is laid out as Atlassian lays out one of the whole server', () => {
    expect(credentialDocument({ name: 'team ci' }, pair('ci@acme.example', 'ATAT: #1'))).toBe(`--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties
rootEntity: !!com.atlassian.bamboo.specs.model.credentials.UsernamePasswordCredentialsProperties
  name: 'team ci'
  oid: null
  project: null
  password: 'ATAT: #1'
  username: 'ci@acme.example'
specModelVersion: 9.2.1
...
`);
  });

  it('names the project and the oid where they are known', () => {
    const text = credentialDocument({ name: 'n', oid: 'cred1', project: 'WEB' }, pair('u', 's'));
    expect(read(text)).toMatchObject({ rootEntity: { oid: { oid: 'cred1' }, project: { key: { key: 'WEB' } } } });
  });

  it('gives back every text as it was, whatever it looks like to YAML', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('null', 'yes', '0x1', '- a', 'a: b # c', '!!x', "'", '\u0085\u2028\u0000\u007f'),
    );
    fc.assert(
      fc.property(text, text, text, (name, username, secret) => {
        fc.pre([name, username, secret].every((each) => !/[\ud800-\udfff]/u.test(each)));
        expect(read(credentialDocument({ name }, pair(username, secret)))).toMatchObject({ rootEntity: { name, username, password: secret } });
      }),
    );
  });

  it.each(['"', '&', "'", '<', '>', '\\'])('is not made for a name with %s, which the import refuses', (character) => {
    expect(nameProblem(`a${character}b`)).toBe(`its name holds the character ${character}, which Bamboo's import refuses: rename it in Bamboo first`);
  });

  it('is made for other names, and for none without a name', () => {
    expect(nameProblem('größer – 名 (x/y)')).toBeUndefined();
    expect(nameProblem(' ')).toContain('no name');
  });
});
