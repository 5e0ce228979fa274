import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../../src/core/model.ts';

/** Names of the two controls that change the secret: unknown for Bitbucket Cloud, so several families are tried. */
export interface FamilyNames {
  readonly flag: string;
  readonly secret: string;
}

/** Families that fit the names of the sister types (Git, GitHub, Subversion). */
export const FAMILIES: Readonly<Record<string, FamilyNames>> = {
  git: { flag: 'temporary.bitbucket.password.change', secret: 'temporary.bitbucket.password' },
  github: { flag: 'temporary.bitbucket.password.change', secret: 'repository.bitbucket.temporary.password' },
  subversion: { flag: 'temporary.bitbucket.passwordChange', secret: 'temporary.bitbucket.password' },
  own: { flag: 'repository.bitbucket.changePassword', secret: 'repository.bitbucket.newPassword' },
};

/** What a page is made of; what is left out is a linked Bitbucket Cloud repository with an inline app password. */
export interface EditPageOptions {
  readonly id?: string;
  readonly name?: string;
  readonly names?: FamilyNames;
  readonly username?: string;
  readonly repository?: string;
  readonly module?: string;
  readonly source?: 'CUSTOM' | 'SHARED_CREDENTIALS';
  readonly access?: string;
  readonly type?: string;
  readonly action?: string;
  readonly decorated?: boolean;
  /** No secret is stored: the flag is a hidden `true`. */
  readonly noSecret?: boolean;
  /** Markup inside the Bitbucket section, and after it. */
  readonly inside?: string;
  readonly after?: string;
  readonly save?: string;
  readonly close?: string;
}

/** Escapes a text for an attribute. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const under = (name: string) => name.replaceAll('.', '_');
const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escaped(value)}">`;
const text = (name: string, value: string) =>
  `<input type="text" class="text" name="${name}" id="updateLinkedRepository_${under(name)}" value="${escaped(value)}">`;
const box = (name: string, on = false) =>
  `<input type="checkbox" name="${name}" value="true" id="updateLinkedRepository_${under(name)}"${on ? ' checked' : ''}>${hidden('checkBoxFields', name)}`;
const select = (name: string, options: string) => `<select name="${name}" id="${under(name)}">${options}</select>${hidden('selectFields', name)}`;
const option = (value: string, selected: boolean, label = value) => `<option value="${value}"${selected ? ' selected="selected"' : ''}>${label}</option>`;
const section = (on: string, value: string, inner: string) =>
  `<fieldset class="aui dependsOn${under(on)} showOn${value}" style="display:none">${inner}</fieldset>`;

function secretMarkup(names: FamilyNames, noSecret: boolean): string {
  const input = `<input type="password" class="text" name="${names.secret}" id="${under(names.secret)}" autocomplete="off">`;
  return noSecret ? hidden(names.flag, 'true') + input : box(names.flag) + section(names.flag, 'true', input);
}

function bitbucketSection(options: EditPageOptions, names: FamilyNames): string {
  const { username = 'buildbot', repository = 'acme/web', source = 'CUSTOM', access = 'PRIVATE', type = 'PASSWORD', noSecret = false, inside = '' } = options;
  const of = (name: string) => `repository.bitbucket.${name}`;
  const shared = select(of('passwordSharedCredentials.id'), `${option('71', false, 'other')}${option('72', true, 'team &amp; ci')}`);
  const inline = text(of('username'), username) + secretMarkup(names, noSecret);
  return [
    select(of('accessLevel'), ['PRIVATE', 'PUBLIC'].map((each) => option(each, each === access)).join('')),
    section(
      of('accessLevel'),
      'PRIVATE',
      select(of('passwordCredentialsSource'), ['CUSTOM', 'SHARED_CREDENTIALS'].map((each) => option(each, each === source)).join('')) +
        section(of('passwordCredentialsSource'), 'CUSTOM', inline) +
        section(of('passwordCredentialsSource'), 'SHARED_CREDENTIALS', shared),
    ),
    select(of('repository'), option(repository, true)),
    select(of('authenticationType'), ['PASSWORD', 'SSH'].map((each) => option(each, each === type)).join('')),
    section(
      of('authenticationType'),
      'SSH',
      select(of('sshCredentialsSource'), option('SHARED_CREDENTIALS', true)) + select(of('sshSharedCredentials.id'), option('81', true, 'deploy key')),
    ),
    text(of('branch'), 'feature/x'),
    box(of('useShallowClones'), true),
    box(of('useLfs')),
    text(of('commandTimeout'), '180'),
    inside,
  ].join('\n');
}

/** The Git type stands on the same page, with a pair of its own. */
function gitSection(): string {
  const pair = secretMarkup({ flag: 'temporary.git.password.change', secret: 'temporary.git.password' }, false);
  return text('repository.git.repositoryUrl', 'https://git.example.com/x.git') + text('repository.git.username', 'someone') + pair;
}

function form(options: EditPageOptions): string {
  const { id = '4711', name = 'Web shop', module = BITBUCKET_CLOUD_MODULE, action = '/bamboo/admin/updateLinkedRepository.action', after = '' } = options;
  const names = options.names ?? { flag: 'temporary.bitbucket.password.change', secret: 'temporary.bitbucket.password' };
  const save = options.save ?? '<input type="submit" name="save" value="Save repository" id="updateLinkedRepository_save">';
  return [
    `<form id="updateLinkedRepository" class="aui top-label" action="${action}" method="post" enctype="multipart/form-data">`,
    '<input type="submit" name="save" value="Save repository" id="updateLinkedRepository_defaultSave" style="display:none">',
    hidden('repositoryId', id),
    text('repositoryName', name),
    select(
      'selectedRepository',
      [BITBUCKET_CLOUD_MODULE, GIT_MODULE, 'x:svn'].includes(module)
        ? [BITBUCKET_CLOUD_MODULE, GIT_MODULE, 'x:svn'].map((each) => option(each, each === module)).join('')
        : option(module, true),
    ),
    section('selectedRepository', under(BITBUCKET_CLOUD_MODULE).replaceAll(/[-:]/g, '_'), bitbucketSection(options, names)),
    section('selectedRepository', under(GIT_MODULE).replaceAll(/[-:]/g, '_'), gitSection()),
    '<button type="button" id="test-connection-com-atlassian-bamboo-plugins-atlassian-bamboo-plugin-bitbucket-bbCloud">Test connection</button>',
    after,
    save,
    hidden('atl_token', 'xsrf-123'),
    options.close ?? '</form>',
  ].join('\n');
}

const TRAPS = `<form id="quickSearch" action="/bamboo/search.action"><input name="searchTerm"></form>
<script type="text/x-template" title="item"><form><input name="repositoryId" value="{id}"><input name="selectedRepository" value="{x}"></form></script>`;

/** An edit form's page, written from `bamboo-forms.md`: a search form and a script template stand beside the form. */
export function editPage(options: EditPageOptions = {}): string {
  const body = `${TRAPS}\n${form(options)}`;
  if (options.decorated !== true) return body;
  return `<!DOCTYPE html><html><head><title>Edit - Bamboo</title><meta name="atlassian-token" content="xsrf-123"></head><body><a href="/bamboo/userLogout.action">Log Out</a><a href="/bamboo/viewAdministrators.action">administrators</a>${body}<footer>Atlassian Bamboo</footer></body></html>`;
}
