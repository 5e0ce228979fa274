import type { BambooModel, Plan, Project } from '../model.ts';
import { planWordAt, projectKeyAt } from './names.ts';

/** Empty projects and plans, as many as that number of repositories calls for; the last project has no plan. */
export function createProjects(repositories: number): Pick<BambooModel, 'projects' | 'plans'> {
  const projects = new Map<string, Project>();
  const plans = new Map<string, Plan>();
  for (let index = 0; index < 4 + Math.ceil(repositories / 50); index += 1) {
    const key = projectKeyAt(index);
    projects.set(key, { key, name: `${key} – Projekt ${index + 1}`, description: index % 2 === 0 ? '' : `Everything of ${key}`, own: [], plans: [] });
  }
  const homes = [...projects.values()].slice(0, -1);
  for (let index = 0; index < Math.max(6, Math.ceil(repositories / 8)); index += 1) {
    const project = homes[index % homes.length];
    if (project === undefined) continue;
    const key = `${project.key}-${planWordAt(project.plans.length)}`;
    project.plans.push(key);
    plans.set(key, {
      key,
      project: project.key,
      name: `Build ${project.plans.length}`,
      own: [],
      used: [],
      branches: [],
      enabled: true,
      access: 'admin',
      specsBound: false,
    });
  }
  return { projects, plans };
}
