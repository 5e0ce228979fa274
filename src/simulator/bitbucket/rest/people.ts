import { accountOf, type Caller, reaches } from '../caller.ts';
import { findWorkspace } from '../directory.ts';
import type { BitbucketWorld, Workspace } from '../model.ts';
import { refusedPersonalCall } from './admit.ts';
import { failed, found, type RestAnswer, unauthorised } from './answer.ts';
import { type Page, paged } from './paging.ts';

/** `GET /user`: 403 when only the scope is missing, the token is still good. */
export function readUser(world: BitbucketWorld, caller: Caller): RestAnswer {
  const refusal = refusedPersonalCall(world, caller, 'read:user:bitbucket');
  if (refusal) return refusal;
  const account = accountOf(caller);
  if (!account) return unauthorised();
  const { uuid, accountId, nickname, displayName, userName } = account;
  return found(caller, { type: 'user', uuid, account_id: accountId, nickname, display_name: displayName, username: userName });
}

/** `GET /user/workspaces`. */
export function listWorkspaces(world: BitbucketWorld, caller: Caller, page: Page): RestAnswer {
  const refusal = refusedPersonalCall(world, caller, 'read:workspace:bitbucket');
  if (refusal) return refusal;
  const reachable = world.workspaces.filter((workspace) => reaches(caller, workspace));
  return paged(caller, page, reachable, ({ slug, uuid }) => ({
    type: 'workspace_access',
    administrator: false,
    workspace: { type: 'workspace_base', slug, uuid },
  }));
}

/** `GET /workspaces/{workspace}`. */
export function readWorkspace(world: BitbucketWorld, caller: Caller, identifier: string, base: string): RestAnswer {
  const refusal = refusedPersonalCall(world, caller, 'read:workspace:bitbucket');
  if (refusal) return refusal;
  const workspace = findWorkspace(world, identifier);
  if (!workspace || !reaches(caller, workspace)) return failed(404, `No workspace with identifier '${identifier}'.`);
  return found(caller, describe(workspace, base));
}

function describe({ slug, uuid }: Workspace, base: string): object {
  const self = `${base}/workspaces/${slug}`;
  return {
    type: 'workspace',
    uuid,
    slug,
    name: slug,
    is_private: true,
    links: {
      self: { href: self },
      projects: { href: `${self}/projects` },
      members: { href: `${self}/members` },
      repositories: { href: `${base}/repositories/${slug}` },
    },
  };
}
