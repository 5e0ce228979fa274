import { linkTo } from '../context.ts';
import { usersOf } from '../credentials/credential-users.ts';
import { escapeHtml, tag } from '../forms/markup.ts';
import { credentialName, nameOf, type Owner, type Repository, type SharedCredential } from '../model.ts';
import { type PageScene, sendPage } from './layout.ts';

/**
 * Every repository and task that uses a credential [D], with the form that deletes it when it is sent. Markup: free, a list with a link
 * to each, or table rows where the server turns everything round.
 */
export function sendCredentialUsers(scene: PageScene, credential: SharedCredential): void {
  const { context, session } = scene;
  const repositories = usersOf(context.model, context.traits, credential).map((each) => ({ name: nameOf(each), href: hrefOf(scene, each) }));
  const tasks = credential.tasks.map(({ plan, name }) => ({ name, href: linkTo(context, `/build/admin/edit/editBuildTasks.action?buildKey=${plan}-JOB1`) }));
  const form = [
    tag('form', { id: 'deleteSharedCredentials', class: 'aui', method: 'post', action: linkTo(context, '/admin/deleteSharedCredentials.action') }),
    tag('input', { type: 'hidden', name: 'credentialsId', value: credential.id }),
    `<input type="submit" name="save" value="Delete"/>${tag('input', { type: 'hidden', name: 'atl_token', value: session.xsrfToken })}</form>`,
  ].join('');
  const question = `<p>Are you sure you want to delete ${escapeHtml(credentialName(credential))}?</p>`;
  const body = `<h1>Delete shared credentials</h1>${question}${groupOf(scene, 'Repositories', repositories)}${groupOf(scene, 'Tasks', tasks)}${form}`;
  sendPage(scene, { title: 'Delete shared credentials', body });
}

interface User {
  readonly name: string;
  readonly href: string;
}

function groupOf({ context }: PageScene, heading: string, users: readonly User[]): string {
  if (users.length === 0) return '';
  const links = users.map(({ name, href }) => `${tag('a', { href })}${escapeHtml(name)}</a>`);
  const isTable = context.traits.order === 'turned';
  const rows = links.map((link) => (isTable ? `<tr><td>${link}</td></tr>` : `<li>${link}</li>`)).join('');
  return `<h3>${heading}</h3>${isTable ? `<table class="aui"><tbody>${rows}</tbody></table>` : `<ul>${rows}</ul>`}`;
}

function hrefOf({ context }: PageScene, { id, owner }: Repository): string {
  return linkTo(context, pathOf(id, owner));
}

function pathOf(id: string, owner: Owner): string {
  switch (owner.kind) {
    case 'global':
      return `/admin/editLinkedRepository.action?repositoryId=${id}`;
    case 'project':
      return `/project/editProjectRepository.action?projectKey=${owner.project}&repositoryId=${id}`;
    case 'plan':
      return `/chain/admin/config/editRepository.action?planKey=${owner.plan}&repositoryId=${id}`;
    case 'branch':
      return `/branch/admin/config/editChainBranchRepository.action?planKey=${owner.branch}&repositoryId=${id}`;
  }
}
