import express, { type Router } from 'express';
import { type BambooContext, linkTo } from '../context.ts';
import { escapeHtml, tag } from '../forms/markup.ts';
import { parameter } from '../incoming.ts';
import { nameOf } from '../model.ts';
import { forAdministrators, sendNoPermissionPage } from './guard.ts';
import { type PageScene, sendError, sendPage } from './layout.ts';

interface ListItem {
  readonly id: string;
  readonly name: string;
  readonly href: string;
}

/** The lists of linked repositories and of one plan's repositories: no type, all on one page [D]. */
export function listPages(context: BambooContext): Router {
  const router = express.Router();
  router.get('/admin/configureLinkedRepositories.action', forAdministrators(context, sendLinkedList));
  router.get('/chain/admin/config/editChainRepository.action', forAdministrators(context, sendPlanList));
  return router;
}

function sendLinkedList(scene: PageScene): void {
  const { context } = scene;
  const href = (id: string): string => linkTo(context, `/admin/editLinkedRepository.action?repositoryId=${id}`);
  const items = context.model.linked.map((id) => ({ id, name: nameAt(context, id), href: href(id) }));
  sendPage(scene, { title: 'Linked repositories', body: listMarkup('Linked repositories', items, href('{id}'), false) });
}

function sendPlanList(scene: PageScene): void {
  const { context, request, response } = scene;
  const key = parameter(request, response, 'buildKey');
  const plan = context.model.plans.get(key);
  if (plan === undefined || plan.access === 'hidden') return sendError(scene, `There is no plan with the key ${key}.`);
  if (plan.access === 'view') return sendNoPermissionPage(scene);
  const href = (id: string): string => linkTo(context, `/chain/admin/config/editRepository.action?planKey=${key}&repositoryId=${id}`);
  const items = [...plan.own, ...plan.used].map((id) => ({ id, name: nameAt(context, id), href: href(id) }));
  sendPage(scene, { title: `${plan.name} repositories`, body: listMarkup('Repositories', items, href('{id}'), true) });
}

function nameAt(context: BambooContext, id: string): string {
  const repository = context.model.repositories.get(id);
  return repository === undefined ? '' : nameOf(repository);
}

/** A list of repositories. The template holds the same markup with placeholders: Bamboo's script makes new items from it [D]. */
export function listMarkup(title: string, items: readonly ListItem[], templateHref: string, marksFirst: boolean): string {
  const rows = items.map((item, index) => itemMarkup(item, marksFirst && index === 0));
  const template = itemMarkup({ id: '{id}', name: '{name}', href: templateHref }, false);
  return `<h1>${title}</h1><div id="panel-editor-list"><ul>${rows.join('\n')}</ul></div><script type="text/x-template" title="repositoryListItemTemplate">${template}</script>`;
}

function itemMarkup(item: ListItem, isDefault: boolean): string {
  const marker = isDefault ? '<span class="item-default">Default</span>' : '';
  const link = tag('a', { class: 'repository-item-link', href: item.href });
  return `${tag('li', { class: 'item', 'data-item-id': item.id })}${link}<h3 class="item-title">${escapeHtml(item.name)}${marker}</h3></a></li>`;
}
