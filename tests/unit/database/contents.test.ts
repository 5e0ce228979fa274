import { describe, expect, it } from '@jest/globals';
import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../../../src/core/model.ts';
import { readContents } from '../../../src/database/contents.ts';
import { credentialUsername } from '../../../src/database/credential-contents.ts';
import { DefinitionReader } from '../../../src/database/definition.ts';
import { Kept } from '../../../src/database/slot.ts';
import { cloud, entry, git, gitXml, inlineXml, legacyXml, repositoryXml, STORED_SECRET } from '../../support/bamboo-database/xml.ts';

function contents(xml: string, pluginKey = BITBUCKET_CLOUD_MODULE, base = 'https://bitbucket.org') {
  const tools = { reader: new DefinitionReader(false), git: base, unknownKeys: new Set<string>(), kept: new Kept() };
  return { ...readContents(tools, pluginKey, xml), unknownKeys: [...tools.unknownKeys] };
}

const slot = (...entries: string[]) => contents(repositoryXml([cloud('repository', 'acme/web'), ...entries]));
/** As Bamboo writes a variable of its own. */
const variable = (name: string) => `$\{bamboo.${name}}`;
const SECRET = cloud('password', STORED_SECRET);

describe('a Bitbucket Cloud definition', () => {
  it.each([
    ['user name and password', [cloud('username', 'ci'), SECRET], { kind: 'app-password', username: 'ci', inferred: true }],
    ['an email', [cloud('username', 'ci@acme.example'), SECRET], { kind: 'api-token', username: 'ci@acme.example', inferred: true }],
    [
      'a shared credential by its source',
      [cloud('passwordCredentialsSource', 'SHARED_CREDENTIALS'), cloud('passwordSharedCredentials.id', '5')],
      { kind: 'shared', shared: { id: '5', name: '' } },
    ],
    ['a shared credential by its id alone', [cloud('passwordSharedCredentials', '5')], { kind: 'shared', shared: { id: '5', name: '' } }],
    ['a source of SHARED_CREDENTIALS without an id', [cloud('passwordCredentialsSource', 'SHARED_CREDENTIALS')], { kind: 'unknown' }],
    [
      'CUSTOM with an id left over',
      [cloud('passwordCredentialsSource', 'CUSTOM'), cloud('username', 'ci'), cloud('passwordSharedCredentials.id', '5')],
      { kind: 'app-password', username: 'ci', inferred: true },
    ],
    [
      'an id that stands for none',
      [cloud('username', 'ci'), cloud('passwordSharedCredentials.id', '-1')],
      { kind: 'app-password', username: 'ci', inferred: true },
    ],
    ['a source that is not known', [cloud('username', 'ci'), cloud('passwordCredentialsSource', 'VAULT')], { kind: 'unknown' }],
    ['public access with a user name left over', [cloud('username', 'ci'), cloud('accessLevel', 'PUBLIC')], { kind: 'none' }],
    ['no authentication', [cloud('authenticationType', 'NONE')], { kind: 'none' }],
    ['nothing', [], { kind: 'none' }],
  ])('with %s', (_, entries, credential) => {
    expect(slot(...entries)).toMatchObject({ kind: 'repository', workspace: 'acme', slug: 'web', credential });
  });

  it('tells the checkout slot apart from the account slot', () => {
    const both = slot(cloud('username', 'ci'), SECRET, cloud('sshSharedCredentials.id', '9'));
    expect(both).toMatchObject({ credential: { username: 'ci' }, checkout: { kind: 'shared', shared: { id: '9' } } });
    expect(slot(cloud('username', 'ci'), cloud('sshKey', STORED_SECRET))).toMatchObject({ checkout: { kind: 'ssh' } });
    expect(slot(cloud('username', 'ci'))).not.toHaveProperty('checkout');
  });

  it('does not take a switch for a key because of its name', () => {
    const found = slot(cloud('sshKeyAppliesToSubmodules', 'false'), cloud('webhookEnabled', 'true'));
    expect(found).not.toHaveProperty('checkout');
    expect(found).toMatchObject({ holdsOwn: false, unknownKeys: [] });
  });

  it('reads the legacy layout, also where the new one keeps it as text', () => {
    const legacy = legacyXml('old', 'acme/web');
    expect(contents(legacy)).toMatchObject({ credential: { username: 'old' }, workspace: 'acme' });
    expect(contents(`<repository><legacyXml><![CDATA[${legacy}]]></legacyXml></repository>`)).toMatchObject({
      credential: { username: 'old' },
      workspace: 'acme',
    });
  });

  it('says when workspace and slug are not told', () => {
    expect(contents(repositoryXml([cloud('username', 'ci'), cloud('repository', 'web')]))).toMatchObject({
      notes: ['its definition does not tell workspace/slug'],
    });
  });

  it('names settings that it does not know, never their values', () => {
    const found = slot(cloud('username', 'ci'), cloud('newToken', 'hunter2'), cloud('plainThing', 'visible'));
    expect(found.unknownKeys.sort()).toEqual(['repository.bitbucket.newToken', 'repository.bitbucket.plainThing']);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|visible/);
  });

  it('holds a credential of its own only where something of one is there', () => {
    expect(slot()).toMatchObject({ holdsOwn: false });
    for (const own of [cloud('username', 'ci'), SECRET, cloud('passwordSharedCredentials', '5'), cloud('sshKey', STORED_SECRET)])
      expect(slot(own)).toMatchObject({ holdsOwn: true });
  });

  it('takes no other repository type', () => {
    expect(contents(inlineXml('ci', 'acme/web'), 'com.example:svn')).not.toHaveProperty('kind');
  });
});

describe('a Git definition', () => {
  const at = (url: string, base?: string) => contents(gitXml(url, 'ci'), GIT_MODULE, base);

  it('is taken on exactly the host of Bitbucket Cloud over https', () => {
    expect(at('https://bitbucket.org/acme/web.git')).toMatchObject({
      kind: 'repository',
      workspace: 'acme',
      slug: 'web',
      credential: { kind: 'app-password', username: 'ci' },
    });
    expect(at('https://git.test:8443/bitbucket/acme/web', 'https://git.test:8443/bitbucket')).toMatchObject({ workspace: 'acme', slug: 'web' });
    for (const url of [
      'https://bitbucket.org.evil.example/a/b',
      'git@bitbucket.org:acme/web.git',
      'http://bitbucket.org/a/b',
      'https://bitbucket.org:444/a/b',
      '/srv/git/web',
    ])
      expect({ url, ...at(url) }).toMatchObject({ url, kind: 'elsewhere' });
  });

  it('is not judged where its address is a variable or missing', () => {
    for (const url of ['', variable('url'), `https://${variable('host')}/acme/web.git`, 'https://bitbucket.org/acme'])
      expect({ url, ...at(url) }).toMatchObject({ url, kind: 'unreadable' });
  });

  it.each([
    ['NONE', { kind: 'none' }],
    ['SSH_KEYPAIR', { kind: 'ssh' }],
    ['SHARED_CREDENTIALS', { kind: 'shared', shared: { id: '4', name: '' } }],
    ['SOMETHING_NEW', { kind: 'unknown' }],
    ['', { kind: 'app-password', username: 'ci', inferred: true }],
  ])('with authentication type "%s"', (type, credential) => {
    const xml = repositoryXml([
      git('repositoryUrl', 'https://bitbucket.org/acme/web'),
      git('authenticationType', type),
      git('username', 'ci'),
      git('passwordSharedCredentials', '4'),
    ]);
    expect(contents(xml, GIT_MODULE)).toMatchObject({ credential });
  });

  it('never shows what an address carries before its host', () => {
    const found = contents(gitXml('https://joe:hunter2@bitbucket.org/acme/web', ''), GIT_MODULE);
    expect(found).toMatchObject({ credential: { kind: 'unknown' }, notes: ['its repository address carries a user name of its own'] });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('a shared credential', () => {
  const username = (xml: string) => credentialUsername(new DefinitionReader(true), xml);

  it('shows its user name as an entry, under serverConfiguration, or as a plain element', () => {
    for (const xml of [
      `<map>${entry('username', 'team')}</map>`,
      repositoryXml([entry('username', 'team')]),
      '<credentials><data><username>team</username></data></credentials>',
    ])
      expect(username(xml)).toEqual({ username: 'team' });
  });

  it('says why it shows none', () => {
    expect(username('')).toEqual({ why: 'its definition is empty' });
    expect(username('<a/>')).toEqual({ why: 'its definition shows no user name' });
    expect(username('<a>')).toMatchObject({ why: expect.stringContaining('not well-formed') });
  });
});
