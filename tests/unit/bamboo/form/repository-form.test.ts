import { describe, expect, it } from '@jest/globals';
import { GIT_MODULE } from '../../../../src/core/model.ts';
import { editPage, FAMILIES } from '../../../support/edit-form-page.ts';
import { readPage, readRepository } from './read-form.ts';

const whyNot = (html: string, override?: { changeFlag: string; secret: string }) => {
  const { writable } = readRepository(html, override).state;
  return writable.kind === 'no' ? writable.why : 'writable';
};

describe('reading a Bitbucket Cloud form', () => {
  it('tells an inline app password by a user name without @, and that this was concluded', () => {
    const { state } = readRepository(editPage());
    expect(state).toMatchObject({
      kind: 'bitbucket-cloud',
      workspace: 'acme',
      slug: 'web',
      credential: { kind: 'app-password', username: 'buildbot', inferred: true },
    });
    expect(state.writable).toEqual({ kind: 'yes' });
  });

  it('tells an inline API token by an email', () => {
    expect(readRepository(editPage({ username: 'ci@acme.example' })).state.credential).toEqual({
      kind: 'api-token',
      username: 'ci@acme.example',
      inferred: true,
    });
  });

  it('tells a shared credential with its id and name, and does not write it', () => {
    const { state, credential } = readRepository(editPage({ source: 'SHARED_CREDENTIALS' }));
    expect(state.credential).toEqual({ kind: 'shared', shared: { id: '72', name: 'team & ci' } });
    expect(state.writable).toEqual({ kind: 'no', why: 'it uses the shared credential "team & ci"' });
    expect(credential).toBeUndefined();
  });

  it('tells public access as no credential, although a user name stands in the hidden section', () => {
    expect(readRepository(editPage({ access: 'PUBLIC' })).state.credential).toEqual({ kind: 'none' });
  });

  it('tells an empty user name as no credential', () => {
    expect(readRepository(editPage({ username: '' })).state.credential).toEqual({ kind: 'none' });
  });

  it('keeps the SSH checkout slot apart from the account slot', () => {
    const { state } = readRepository(editPage({ type: 'SSH' }));
    expect(state.checkout).toEqual({ kind: 'shared', shared: { id: '81', name: 'deploy key' } });
    expect(state.credential.kind).toBe('app-password');
    expect(readRepository(editPage({ type: 'PASSWORD' })).state.checkout).toEqual({ kind: 'none' });
  });

  it('refuses to guess where the source of the password is a word that is not known', () => {
    const html = editPage().replaceAll('CUSTOM', 'VAULT');
    expect(readRepository(html).state.credential).toEqual({ kind: 'unknown' });
  });

  it('refuses to guess where a section depends on a control that the page does not have', () => {
    const html = editPage().replaceAll('dependsOnrepository_bitbucket_accessLevel', 'dependsOnrepository_bitbucket_visibility');
    expect(whyNot(html)).toBe('its form does not tell which kind of credential it uses');
  });

  it.each(Object.entries(FAMILIES))('finds the two controls in the %s family of names', (_, names) => {
    const { credential } = readRepository(editPage({ names }));
    expect([credential?.flag.name, credential?.secret.name, credential?.username.name]).toEqual([names.flag, names.secret, 'repository.bitbucket.username']);
  });

  it.each(Object.entries(FAMILIES))('finds the hidden flag of the %s family where no secret is stored', (_, names) => {
    expect(readRepository(editPage({ names, noSecret: true })).credential?.flag).toMatchObject({ name: names.flag, kind: 'hidden', value: 'true' });
  });

  it('leaves out what is shown for another type, though its names hold the same word', () => {
    const pair =
      '<input type="hidden" name="temporary.bitbucket.server.password.change" value="true"><div class="dependsOntemporary_bitbucket_server_password_change showOntrue"><input type="password" name="temporary.bitbucket.server.password"></div>';
    const server = `<fieldset class="dependsOnselectedRepository showOnx_svn"><input type="text" name="repository.bitbucket.server.username" value="">${pair}</fieldset>`;
    const { credential, state } = readRepository(editPage({ after: server }));
    expect([credential?.flag.name, credential?.username.name, state.writable.kind]).toEqual([
      'temporary.bitbucket.password.change',
      'repository.bitbucket.username',
      'yes',
    ]);
  });

  it('reads the same from a decorated page, from dotted section names and from dotted ids', () => {
    const plain = readRepository(editPage()).state;
    expect(readRepository(editPage({ decorated: true })).state).toEqual(plain);
    expect(readRepository(editPage().replaceAll('dependsOnrepository_bitbucket_', 'dependsOnrepository.bitbucket.')).state).toEqual(plain);
  });

  it('reads the same where sections go by the id of a radio group, which none of its buttons has', () => {
    const radio = (name: string, value: string, on: boolean) =>
      `<input type="radio" name="${name}" id="updateLinkedRepository_${name.replaceAll('.', '_')}${value}" value="${value}"${on ? ' checked' : ''}>`;
    const source = 'repository.bitbucket.passwordCredentialsSource';
    const select = /<select name="repository\.bitbucket\.passwordCredentialsSource".*?<\/select><input[^>]*>/s;
    const grouped = editPage()
      .replace(select, radio(source, 'CUSTOM', true) + radio(source, 'SHARED_CREDENTIALS', false))
      .replaceAll('dependsOnrepository_bitbucket_', 'dependsOnupdateLinkedRepository_repository_bitbucket_')
      .replaceAll('id="repository_bitbucket_', 'id="updateLinkedRepository_repository_bitbucket_');
    expect(readRepository(grouped).state).toMatchObject({ credential: { kind: 'app-password', username: 'buildbot' }, writable: { kind: 'yes' } });
  });

  it('knows an entry of a plan that is a linked repository by its numeric type', () => {
    expect(readPage(editPage({ module: '983042' }))).toEqual({ kind: 'linked' });
  });

  it('leaves other types alone', () => {
    expect(readPage(editPage({ module: 'x:svn' }))).toEqual({ kind: 'other-type', type: 'x:svn' });
  });
});

describe('a form that is not written', () => {
  const twoPairs =
    '<input type="checkbox" name="temporary.bitbucket.other.passwordChange" value="true"><div class="dependsOntemporary_bitbucket_other_passwordChange showOntrue"><input type="password" name="temporary.bitbucket.other"></div>';

  it('has two pairs of password field and change box', () => {
    expect(whyNot(editPage({ inside: twoPairs }))).toMatch(/^2 pairs .* bamboo\.form can name the two$/);
  });

  it('has no change box for its password field', () => {
    expect(whyNot(editPage({ names: { flag: 'temporary.bitbucket.renew', secret: 'temporary.bitbucket.password' } }))).toMatch(/^no field for a new password/);
  });

  it('has a pair under another prefix only', () => {
    expect(whyNot(editPage({ names: { flag: 'temporary.stash.password.change', secret: 'temporary.stash.password' } }))).toMatch(
      /^no field for a new password/,
    );
  });

  it('has a change box that shows the field when it is off', () => {
    const html = editPage().replace('dependsOntemporary_bitbucket_password_change showOntrue', 'dependsOntemporary_bitbucket_password_change showOnfalse');
    expect(whyNot(html)).toMatch(/^no field for a new password/);
  });

  it('has a second control of the name of the secret', () => {
    expect(whyNot(editPage({ after: '<input type="hidden" name="temporary.bitbucket.password" value="">' }))).toBe(
      'the form has several controls named "temporary.bitbucket.password"',
    );
  });

  it('lost its list of repositories', () => {
    expect(whyNot(editPage({ repository: '' }))).toMatch(/no value of the form workspace\/slug/);
    expect(whyNot(editPage().replace('<select name="repository.bitbucket.repository"', '<select disabled name="repository.bitbucket.repository"'))).toMatch(
      /would lose the repository/,
    );
  });

  it('holds a value that the server would trim', () => {
    expect(whyNot(editPage({ name: ' Web shop' }))).toMatch(/^its setting "repositoryName" begins or ends with a blank/);
    expect(whyNot(editPage({ after: '<textarea name="notes">\nkept\n</textarea>' }))).toMatch(/"notes"/);
  });

  it('has a user name field that is disabled', () => {
    const html = editPage().replace('name="repository.bitbucket.username"', 'disabled name="repository.bitbucket.username"');
    expect(whyNot(html)).toBe('its form has no user name field that can be written');
  });
});

describe('bamboo.form', () => {
  const names = { flag: 'temporary.bitbucket.renew', secret: 'temporary.bitbucket.fresh' };
  const override = { changeFlag: names.flag, secret: names.secret };

  it('names two controls that nothing else tells apart', () => {
    const { credential, state } = readRepository(editPage({ names }), override);
    expect([credential?.flag.name, credential?.secret.name]).toEqual([names.flag, names.secret]);
    expect(state.settings.map(([name]) => name)).not.toContain(names.flag);
  });

  it('is checked against the page: a missing control, or one of another kind, is refused', () => {
    expect(whyNot(editPage({ names }), { ...override, changeFlag: 'x.change' })).toBe('bamboo.form names "x.change", which this form does not have');
    expect(whyNot(editPage({ names }), { ...override, secret: 'x.secret' })).toBe('bamboo.form names "x.secret", which this form does not have');
    expect(whyNot(editPage({ names }), { ...override, secret: 'repositoryName' })).toMatch(/it takes no password$/);
    expect(whyNot(editPage({ names }), { ...override, changeFlag: 'repositoryName' })).toMatch(/no box that can be switched on$/);
  });
});

describe('reading a Git form', () => {
  const gitPage = (address: string, username = 'someone') =>
    editPage({ module: GIT_MODULE }).replace('https://git.example.com/x.git', address).replace('value="someone"', `value="${username}"`);

  it('takes a repository on bitbucket.org over https, with its own pair', () => {
    const { state, credential } = readRepository(gitPage('https://bitbucket.org/acme/web.git'));
    expect(state).toMatchObject({
      kind: 'git',
      workspace: 'acme',
      slug: 'web',
      credential: { kind: 'app-password', username: 'someone', inferred: true },
      writable: { kind: 'yes' },
    });
    expect(credential?.secret.name).toBe('temporary.git.password');
  });

  it('counts only the fixed user name as a token: git refuses an email', () => {
    const kind = (username: string) => readRepository(gitPage('https://bitbucket.org/acme/web', username)).state.credential.kind;
    expect([kind('x-bitbucket-api-token-auth'), kind('ci@acme.example')]).toEqual(['api-token', 'app-password']);
  });

  it.each([
    'https://bitbucket.org.evil.example/acme/web.git',
    'https://bitbucket.org@evil.example/acme/web.git',
    'ssh://git@bitbucket.org/acme/web.git',
    'git@bitbucket.org:acme/web.git',
    'http://bitbucket.org/acme/web.git',
  ])('leaves %s alone', (address) => {
    expect(readPage(gitPage(address)).kind).toBe('other-type');
  });

  it('does not write where the address carries a user name, and does not keep the password in it', () => {
    const { state } = readRepository(gitPage('https://bot:hunter2@bitbucket.org/acme/web.git'));
    expect(state.writable).toEqual({ kind: 'no', why: 'its repository address carries a user name of its own' });
    expect(JSON.stringify(state)).not.toContain('hunter2');
    expect(state).toMatchObject({ gitUrl: { kind: 'https', workspace: 'acme', slug: 'web', usernameInUrl: 'bot' } });
    expect(state.settings).toContainEqual(['repository.git.repositoryUrl', 'https://[login]@bitbucket.org/acme/web.git']);
  });

  it.each([
    ['https://git.example.com/x/y.git', 'other-host'],
    ['git@bitbucket.org:acme/web.git', 'ssh'],
    ['https://bitbucket.org:443@evil.example/x/y', 'other-host'],
  ])('shows %s where it uses a shared credential: whoever else uses that must be known', (address, kind) => {
    const shared =
      '<select name="repository.git.passwordCredentialsSource"><option value="SHARED_CREDENTIALS" selected></select><select name="repository.git.passwordSharedCredentials"><option value="72" selected>team ci</option></select>';
    const { state, credential } = readRepository(gitPage(address).replace('<input type="text" class="text" name="repository.git.username"', `${shared}$&`));
    expect(state).toMatchObject({
      kind: 'git',
      gitUrl: { kind },
      credential: { kind: 'shared', shared: { id: '72', name: 'team ci' } },
      writable: { kind: 'no' },
    });
    expect(state.workspace).toBeUndefined();
    expect(credential).toBeUndefined();
  });

  it.each(['https://bitbucket.org/acme', 'https://bitbucket.org/acme/web/src', 'https:bitbucket.org/acme/web'])(
    'shows %s as not certain, and does not write it',
    (address) => {
      const { state } = readRepository(gitPage(address));
      expect(state).toMatchObject({ gitUrl: { kind: 'unreadable' }, writable: { kind: 'no', why: expect.stringContaining('not certain') } });
    },
  );

  it.each(['https://u:pa/ss@w0rd@bitbucket.org/acme/web', 'https://ATATcanary@bitbucket.org/acme/web', 'https://u:%70w@host/x y'])(
    'keeps nothing of the login inside %s',
    (address) => {
      const page = editPage({ inside: `<input type="hidden" name="repository.bitbucket.viewer" value="${address}">` });
      const viewer = readRepository(page).state.settings.find(([name]) => name.endsWith('viewer'))?.[1] ?? '';
      expect(viewer).toContain('[login]@');
      expect(viewer).not.toMatch(/ss@|w0rd|canary|%70w/);
    },
  );
});

describe('what a form says beside its controls', () => {
  it('is noted where its own list of repositories failed', () => {
    const { state } = readRepository(editPage({ inside: '<div class="error">Failed to load data\n from Bitbucket</div>' }));
    expect(state.notes).toEqual(['its form says "Failed to load data from Bitbucket"']);
    expect(state.writable).toEqual({ kind: 'yes' });
    expect(readRepository(editPage()).state.notes).toEqual([]);
  });
});

describe('the settings of a form', () => {
  it('are every successful control in order with duplicates, but for the credential, the XSRF token and buttons', () => {
    const names = readRepository(editPage()).state.settings.map(([name]) => name);
    expect(names.slice(0, 4)).toEqual(['repositoryId', 'repositoryName', 'selectedRepository', 'selectFields']);
    expect(names.filter((name) => name === 'checkBoxFields')).toHaveLength(3);
    expect(names).toContain('repository.git.username');
    for (const gone of [
      'atl_token',
      'save',
      'repository.bitbucket.username',
      'temporary.bitbucket.password',
      'temporary.bitbucket.password.change',
      'temporary.git.password',
    ]) {
      expect(names).not.toContain(gone);
    }
  });

  it('are the same before and after a first secret is stored', () => {
    expect(readRepository(editPage({ noSecret: true })).state.settings).toEqual(readRepository(editPage()).state.settings);
  });

  it('hold no secret, however it is hidden in the form', () => {
    const after = [
      '<input type="hidden" name="a" value="BAMSCRT@0@0@canary-1">',
      '<textarea name="repository.x.sshKey">canary-2</textarea>',
      '<textarea name="b">-----BEGIN RSA PRIVATE KEY-----canary-3</textarea>',
      '<input type="text" name="repository.x.passphrase" value="canary-4">',
      '<input type="password" name="other" value="canary-5">',
      '<input type="hidden" name="viewer" value="https://u:canary-6@host/">',
    ].join('');
    expect(JSON.stringify(readRepository(editPage({ after })).state)).not.toMatch(/canary/);
  });
});
