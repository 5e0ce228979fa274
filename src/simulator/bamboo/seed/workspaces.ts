import { slugAt } from './names.ts';

/** The workspaces that the seeded repositories live in. */
export const WORKSPACES = ['acme', 'globex', 'initech'] as const;

/** A workspace's name. */
export type WorkspaceSlug = (typeof WORKSPACES)[number];

/** The workspace of the repository at this place in the seed. */
export function workspaceAt(index: number): WorkspaceSlug {
  return WORKSPACES[index % 10 < 6 ? 0 : index % 10 < 9 ? 1 : 2];
}

/** The workspaces and slugs that a seed of this many repositories speaks of. */
export function workspacesFor(repositories: number): { slug: string; repositories: string[] }[] {
  const homes = WORKSPACES.map((slug) => ({ slug, repositories: [] as string[] }));
  for (let index = 0; index < repositories; index += 1) homes.find((home) => home.slug === workspaceAt(index))?.repositories.push(slugAt(index));
  return homes;
}
