import type { Simulator } from '../../../src/simulator/index.ts';
import { Random } from './random.ts';
import { CLOUD, GIT, type RepositoryRow, World } from './world.ts';
import { entry, repositoryXml, STORED_SECRET } from './xml.ts';

const PLUGIN_KEYS: Readonly<Record<string, string>> = { bbCloud: CLOUD, git: GIT };

/** The tables that a simulated server would stand on, with ids and settings of its own. */
export function worldOf(simulator: Simulator, change: (row: RepositoryRow) => RepositoryRow = (row) => row): World {
  const world = new World(new Random(1));
  const projectId = (key: string) => {
    const known = world.projects.find((project) => project.key === key);
    if (known !== undefined) return known.id;
    world.projects.push({ id: world.id(), key });
    return world.projects.at(-1)?.id ?? '';
  };
  const build = (key: string, project: string, type: 'CHAIN' | 'CHAIN_BRANCH') => {
    const row = { id: world.id(), key, type, marked: false, projectId: projectId(project) };
    world.builds.push(row);
    return row;
  };
  const parents = new Map<string, string>();
  for (const plan of simulator.plans()) {
    const row = build(plan.key, plan.project, 'CHAIN');
    if (plan.specsBound) world.specsPlans.push(row.id);
    for (const repository of [...plan.own, ...plan.used]) world.uses.push({ plan: row.id, repository });
    for (const branch of plan.branches) {
      const branchRow = build(branch.key, plan.project, 'CHAIN_BRANCH');
      for (const [parent, repository] of Object.entries(branch.overrides)) {
        parents.set(repository, parent);
        world.uses.push({ plan: branchRow.id, repository });
      }
    }
  }
  for (const { id, name, type, owner, settings } of simulator.repositories()) {
    const entries = Object.entries(settings)
      .filter(([key]) => key.startsWith('repository.'))
      .map(([key, value]) => entry(key, value));
    const secret = entry(`repository.${type === 'git' ? 'git' : 'bitbucket'}.password`, STORED_SECRET);
    const row: RepositoryRow = {
      id,
      name,
      pluginKey: PLUGIN_KEYS[type] ?? `com.example:${type}`,
      xml: repositoryXml([...entries, secret]),
      marked: false,
      isGlobal: owner.kind === 'global',
      projectId: owner.kind === 'project' ? projectId(owner.project) : null,
      parentId: parents.get(id) ?? null,
    };
    world.repositories.push(change(row));
  }
  for (const { id, name, username, project } of simulator.sharedCredentials())
    if (username !== null)
      world.credentials.push({
        id,
        name,
        pluginKey: 'com.atlassian.bamboo.plugin.sharedCredentials:usernamePasswordCredentials',
        xml: `<map>${entry('username', username)}${entry('password', STORED_SECRET)}</map>`,
        projectId: project === null ? null : projectId(project),
      });
  return world;
}
