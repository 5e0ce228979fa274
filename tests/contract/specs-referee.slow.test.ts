import { beforeAll, describe, expect, it } from '@jest/globals';
import { scratchDocument } from '../../src/core/scratch.ts';
import { credentialOf } from '../../src/core/specs-document/account-slot.ts';
import { credentialText, withCredential, withCredentialText } from '../../src/core/specs-document/credential-text.ts';
import { twinDocument } from '../../src/core/specs-document/twin-document.ts';
import { buildReferee, judgeDocuments, type Ruling } from '../support/referee.ts';
import { atlassianDocument, encryptedKey, treeOf } from '../support/specs-documents.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const NAMES = ['repository-cloud-defaults', 'repository-cloud-every-setting', 'repository-cloud-project', 'repository-git-inline'];
/** What a YAML reader might take for something else, and what secrets and names look like in the worst case. */
const VALUES = [
  'ci@acme.example',
  'x-bitbucket-api-token-auth',
  'ATATT3xFfGF0=1A2B3C4D',
  "it's",
  'null',
  '~',
  'yes',
  '0o17',
  '1e3',
  '2026-11-24',
  '- a',
  'a: b # c',
  '!!str x',
  '&a *b',
  '"\\"',
  '%TAG',
  'zoë – 日本 \u{1f511}',
  'tab\tand\u0085next\u2028line',
  '\ufeffmark',
];

/** Our import bodies, before Atlassian's own parser and validators. */
describe('import bodies', () => {
  const temporaryDirectory = temporaryDirectories();

  beforeAll(() => buildReferee(), 600_000);

  function accepted(ruling: Ruling | undefined): string {
    expect(ruling).toMatchObject({ kind: 'accepted' });
    return ruling?.kind === 'accepted' ? ruling.canonical : '';
  }

  it('of a proof are accepted', () => {
    const body = scratchDocument('bamboo-rekey-prove-2026-11-24t22-41-27-000z-0a1b2c', { username: 'prove-start@bamboo-rekey.invalid', password: 'made-up' });
    expect(credentialOf(treeOf(accepted(judgeDocuments([body], temporaryDirectory())[0])))).toEqual({
      username: 'prove-start@bamboo-rekey.invalid',
      password: 'made-up',
    });
  }, 120_000);

  it.each(NAMES)(
    'of %s are accepted, and equal the original entity but for user name and password',
    (name) => {
      const original = encryptedKey(atlassianDocument(name));
      const bodies = VALUES.map((value) => withCredential(treeOf(original), { username: value, password: value }) ?? '');
      const [first, ...rulings] = judgeDocuments([original, ...bodies], temporaryDirectory());
      const canonical = accepted(first);
      const kept = credentialText(treeOf(canonical));
      expect(rulings).toHaveLength(VALUES.length);
      for (const [index, value] of VALUES.entries()) {
        const tree = treeOf(accepted(rulings[index]));
        expect(credentialOf(tree)).toEqual({ username: value, password: value });
        expect(kept === undefined ? undefined : withCredentialText(tree, kept)).toBe(canonical);
      }
    },
    120_000,
  );

  it('of twins are accepted, and are of the Git type', () => {
    const identity = { name: 'shop (git)', url: 'https://bitbucket.org/acme/shop.git' };
    const twins = NAMES.slice(0, 3).map(
      (name) => twinDocument(treeOf(atlassianDocument(name)), identity, { username: 'x-bitbucket-api-token-auth', password: "it's" }) ?? '',
    );
    for (const ruling of judgeDocuments(twins, temporaryDirectory()))
      expect(ruling).toMatchObject({ kind: 'accepted', entity: 'com.atlassian.bamboo.specs.model.repository.git.GitRepositoryProperties' });
  }, 120_000);

  it('would be refused with an unknown key: the referee looks', () => {
    const [ruling] = judgeDocuments([atlassianDocument('repository-git-inline').replace('  useLfs', '  newKey: 1\n  useLfs')], temporaryDirectory());
    expect(ruling).toMatchObject({ kind: 'refused' });
  }, 120_000);
});
