import { describe, expect, it } from '@jest/globals';
import type { Place } from '../../../../src/core/model.ts';
import { fingerprint, type ObjectState } from '../../../../src/core/object-state.ts';
import { stateOfDocument, whyNoTwin } from '../../../../src/core/specs-document/repository-document.ts';
import { atlassianDocument, encryptedKey, treeOf } from '../../../support/specs-documents.ts';

const LIB = atlassianDocument('repository-cloud-defaults').replace('oid: null', 'oid:\n    oid: abc');
const place = (part: Partial<Place> = {}): Place => ({ object: 'repository', id: '7', level: 'global', name: 'lib', ...part });

function stateOf(text: string, part: Partial<Place> = {}, oid = 'abc'): ObjectState | undefined {
  return stateOfDocument(treeOf(text), { place: place(part), oid, gitBase: 'https://bitbucket.org' });
}

function why(text: string, part: Partial<Place> = {}, oid?: string): string | undefined {
  const writable = stateOf(text, part, oid)?.writable;
  return writable?.kind === 'no' ? writable.why : undefined;
}

describe('a repository as its exported document tells it', () => {
  it('shows type, repository, user name and settings, and keeps the document', () => {
    const state = stateOf(LIB);
    expect(state).toMatchObject({
      kind: 'bitbucket-cloud',
      workspace: 'acme',
      slug: 'lib',
      credential: { kind: 'app-password', username: 'buildbot' },
      checkout: { kind: 'none' },
      writable: { kind: 'yes' },
      document: LIB,
    });
    expect(state?.settings).toContainEqual(['branch', 'main']);
    expect(JSON.stringify(state?.settings)).not.toMatch(/buildbot|BAMSCRT/);
  });

  it('is the same but for user name and password, and another when a setting, a class or an unknown key differs', () => {
    const print = (text: string) => fingerprint(stateOf(text) as ObjectState);
    expect(print(LIB.replace('username: buildbot', 'username: other').replace('BAMSCRT@0@0@Zm9v', 'BAMSCRT@0@0@AAAA'))).toBe(print(LIB));
    const others = [
      LIB.replace('branch: main', 'branch: next'),
      LIB.replace('AnyVcsRepositoryViewer', 'OtherViewer'),
      LIB.replace('  useLfs', '  newKey: 1\n  useLfs'),
    ];
    for (const other of others) expect(print(other)).not.toBe(print(LIB));
  });

  it('is the same whatever the order of its keys, which means nothing in YAML', () => {
    const print = (text: string) => fingerprint(stateOf(text) as ObjectState);
    const moved = LIB.replace('  branch: main\n', '').replace('  useLfs: false\n', '  useLfs: false\n  branch: main\n');
    expect(moved).not.toBe(LIB);
    expect(print(moved)).toBe(print(LIB));
  });

  it('takes a project repository of that project only', () => {
    const text = encryptedKey(atlassianDocument('repository-cloud-project'));
    const named = { name: 'Web: shop – ünïcode #1', level: 'project', project: 'WEB' } as const;
    expect(stateOf(text, named, '8w4d5x1k2abc')).toMatchObject({ writable: { kind: 'yes' }, checkout: { kind: 'ssh' } });
    expect(why(text, { ...named, project: 'OPS' }, '8w4d5x1k2abc')).toContain('belongs to WEB');
  });

  it('takes the Git type on Bitbucket Cloud only', () => {
    const git = atlassianDocument('repository-git-inline').replace('oid: null', 'oid: {oid: abc}');
    const named = { name: 'plain git' };
    expect(stateOf(git, named)).toMatchObject({ kind: 'git', workspace: 'acme', slug: 'plain', writable: { kind: 'yes' } });
    expect(stateOf(git.replace('https://bitbucket.org', 'https://git.example'), named)).toBeUndefined();
    expect(why(git.replace('https://', 'https://me@'), named)).toContain('user name of its own');
  });

  it.each([
    ['no oid', LIB.replace('oid:\n    oid: abc', 'oid: null'), 'no oid'],
    ['the oid of another', LIB.replace('oid: abc', 'oid: other'), 'the one of other'],
    ['another name', LIB.replace('name: lib', 'name: library'), '"library", not "lib"'],
    [
      'a shared credential',
      atlassianDocument('repository-cloud-shared-credentials').replace('oid: null', 'oid: {oid: abc}').replace('name: docs', 'name: lib'),
      'shared credential "bitbucket cloud"',
    ],
    [
      'no credential',
      atlassianDocument('repository-cloud-no-credentials').replace('oid: null', 'oid: {oid: abc}').replace('name: public', 'name: lib'),
      'no user name and password',
    ],
    ['a description that no import takes', LIB.replace('description: null', 'description: a & b'), 'holds the character &'],
    ['a value behind a comment', LIB.replace(/username: (.*)/, 'username: # who\n      $1'), 'in a shape that is not known'],
    ['a blank branch', LIB.replace('branch: main', "branch: ' '"), 'blank'],
    ['a password in clear', LIB.replace(/password: BAMSCRT.*/, 'password: geheim'), 'in clear (password)'],
    ['another secret in clear', LIB.replace('  useLfs', '  webhookSecret: geheim\n  useLfs'), 'in clear (webhookSecret)'],
    ['a key in clear', LIB.replace('branch: main', 'branch: "-----BEGIN OPENSSH PRIVATE KEY-----"'), 'in clear (branch)'],
    [
      'no key for its checkout',
      encryptedKey(LIB).replace(
        'checkoutAuthenticationProperties: null',
        'checkoutAuthenticationProperties: !!com.atlassian.bamboo.specs.model.repository.git.SshPrivateKeyAuthenticationProperties\n    passphrase: null',
      ),
      'SSH key of its checkout',
    ],
  ])('is not taken with %s', (_what, text, words) => {
    expect(why(text)).toContain(words);
    expect(stateOf(text)?.document).toBeUndefined();
  });

  it.each([
    ['a number about one', 'tokenExpiryDays: 30', true],
    ['a switch about one', 'passwordSharedCredentials: false', true],
    ['nothing about one', 'secretScanning: null', true],
    ['a length of time', "tokenLifetime: !!java.time.Duration 'PT1H'", true],
    ['one that is encrypted', 'webhookSecret: BAMSCRT@0@0@eA==', true],
    ['a text about one, which may be one', 'tokenForHooks: geheim', false],
    ['a quoted number about one, which may be one', "tokenForHooks: '4711'", false],
    ['a secret that is a number', 'webhookSecret: 4711', false],
  ])('takes a key of a later version that holds %s for what it is', (_what, line, isTaken) => {
    expect(why(LIB.replace('  useLfs', `  ${line}\n  useLfs`)) === undefined).toBe(isTaken);
  });

  it('is taken with nothing about a secret where passwords are left out', () => {
    const bare = LIB.replace(/ {4}password: BAMSCRT.*\n/, '');
    expect(why(bare.replace('  useLfs', '  tokenName: null\n  useLfs'))).toBeUndefined();
    expect(why(bare.replace('  useLfs', '  webhookToken: null\n  useLfs'))).toContain('leaves out a secret (webhookToken)');
  });

  it('lets a twin be made whatever is in its description, which the twin does not have, and refuses it for what it would have', () => {
    const whyNot = (text: string) => whyNoTwin(treeOf(text), { place: place(), oid: 'abc', gitBase: 'https://bitbucket.org' });
    expect(whyNot(LIB.replace('description: null', 'description: a & b'))).toBeUndefined();
    expect(whyNot(LIB.replace('branch: main', "branch: ' '"))).toContain('blank');
    expect(whyNot(LIB.replace('oid: abc', 'oid: other'))).toContain('the one of other');
    expect(whyNot(LIB.replace(/password: BAMSCRT.*/, 'password: geheim'))).toContain('in clear');
  });

  it('may be written, and can not go back exactly, where passwords are left out', () => {
    const state = stateOf(LIB.replace(/ {4}password: BAMSCRT.*\n/, ''));
    expect([state?.writable, state?.document]).toEqual([{ kind: 'yes' }, undefined]);
  });

  it('is of no concern in other types', () => {
    expect(stateOf(LIB.replace('bitbucket.cloud.BitbucketCloudRepositoryProperties', 'bitbucket.server.BitbucketServerRepositoryProperties'))).toBeUndefined();
  });
});
