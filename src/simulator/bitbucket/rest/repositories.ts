import { type Caller, reaches } from '../caller.ts';
import { findRepository, findWorkspace, type Place } from '../directory.ts';
import type { BitbucketWorld } from '../model.ts';
import { NO_SUCH_REPOSITORY } from '../texts.ts';
import { refusedCall, refusedPersonalCall } from './admit.ts';
import { failed, found, type RestAnswer } from './answer.ts';
import { type Page, paged } from './paging.ts';

const SCOPE = 'read:repository:bitbucket';

/** `GET /repositories/{workspace}/{slug}`. */
export function readRepository(world: BitbucketWorld, caller: Caller, workspace: string, slug: string, base: string): RestAnswer {
  const refusal = refusedCall(world, caller, SCOPE);
  if (refusal) return refusal;
  const place = findRepository(world, workspace, slug);
  const missing = failed(404, NO_SUCH_REPOSITORY);
  if (!place) return missing;
  if (reaches(caller, place.workspace) && place.repository.grant !== 'none') return found(caller, describe(place, base));
  if (place.repository.isPrivate) return missing;
  // A public repository is served to whoever asks; a credential that does not reach it counts as none [I].
  return found(reaches(caller, place.workspace) ? caller : { kind: 'anonymous' }, describe(place, base));
}

/** `GET /user/workspaces/{workspace}/permissions/repositories`: omits public repositories without a grant [D]. */
export function sweepPermissions(world: BitbucketWorld, caller: Caller, identifier: string, page: Page): RestAnswer {
  const refusal = refusedPersonalCall(world, caller, SCOPE);
  if (refusal) return refusal;
  const workspace = findWorkspace(world, identifier);
  if (!workspace || !reaches(caller, workspace)) return failed(404, `No workspace with identifier '${identifier}'.`);
  const granted = workspace.repositories.filter((repository) => repository.grant !== 'none');
  return paged(caller, page, granted, ({ grant, slug, uuid }) => ({
    type: 'repository_permission',
    permission: grant,
    repository: { type: 'repository', name: slug, full_name: `${workspace.slug}/${slug}`, uuid },
  }));
}

function describe({ workspace, repository }: Place, base: string): object {
  const fullName = `${workspace.slug}/${repository.slug}`;
  return {
    type: 'repository',
    uuid: repository.uuid,
    full_name: fullName,
    name: repository.slug,
    slug: repository.slug,
    is_private: repository.isPrivate,
    scm: 'git',
    mainbranch: { type: 'branch', name: 'main' },
    workspace: { type: 'workspace', slug: workspace.slug, uuid: workspace.uuid },
    links: { self: { href: `${base}/repositories/${fullName}` } },
  };
}
