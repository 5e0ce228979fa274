import type { BitbucketWorld, Repository, Workspace } from './model.ts';

/** A repository together with the workspace it now lives in. */
export interface Place {
  workspace: Workspace;
  repository: Repository;
}

/** The workspace with this slug, or with this uuid in braces. */
export function findWorkspace(world: BitbucketWorld, identifier: string): Workspace | undefined {
  return world.workspaces.find((workspace) => workspace.slug === identifier || workspace.uuid === identifier);
}

/** The repository of this name, or the one that had this name before it was renamed or moved. */
export function findRepository(world: BitbucketWorld, workspaceName: string, slug: string): Place | undefined {
  const workspace = findWorkspace(world, workspaceName);
  const repository = workspace?.repositories.find((each) => each.slug === slug || each.uuid === slug);
  return workspace && repository ? { workspace, repository } : findByFormerName(world, `${workspaceName}/${slug}`);
}

function findByFormerName(world: BitbucketWorld, formerName: string): Place | undefined {
  for (const workspace of world.workspaces) {
    const repository = workspace.repositories.find((each) => each.formerNames.includes(formerName));
    if (repository) return { workspace, repository };
  }
  return undefined;
}
