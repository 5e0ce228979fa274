import type { BambooContext } from '../context.ts';
import { nameOf, type Plan, type Repository, repositoriesOf } from '../model.ts';
import { javaString } from './java.ts';
import { repositoryJava } from './repository-java.ts';

/** A plan as Atlassian's code generator writes it: its own repositories in full, all others by name, in the plan's order. */
export function planJava(context: BambooContext, plan: Plan): string {
  const project = context.model.projects.get(plan.project);
  const root = [
    '        final Plan rootObject = new Plan(new Project()',
    `                .key(new BambooKey(${javaString(plan.project)}))`,
    `                .name(${javaString(project?.name ?? plan.project)}),`,
    `            ${javaString(plan.name)},`,
    `            new BambooKey(${javaString(plan.key.split('-')[1] ?? '')}))`,
    '            .stages(new Stage("Default Stage")',
    '                    .jobs(new Job("Default Job",',
    '                            new BambooKey("JOB1"))))',
    ...repositoryCalls(context, plan).map((call) => `            .${call}`),
    '            ;',
  ];
  return [
    IMPORTS,
    '',
    '@BambooSpec',
    'public class PlanSpec {',
    '    ',
    '    public Plan rootObject() {',
    ...root,
    '        return rootObject;',
    '    }',
    MAIN,
    '}',
  ].join('\n');
}

type Run = { readonly kind: Repository['owner']['kind']; readonly repositories: Repository[] };

/** Neighbours of one kind share a call. */
function repositoryCalls(context: BambooContext, plan: Plan): string[] {
  const runs: Run[] = [];
  for (const id of repositoriesOf(plan)) {
    const repository = context.model.repositories.get(id);
    if (repository === undefined) continue;
    const last = runs.at(-1);
    if (last?.kind === repository.owner.kind) last.repositories.push(repository);
    else runs.push({ kind: repository.owner.kind, repositories: [repository] });
  }
  return runs.map((run) => callOf(context, run));
}

function callOf(context: BambooContext, { kind, repositories }: Run): string {
  if (kind === 'plan') return `planRepositories(${repositories.map((each) => repositoryJava(context, each)).join(',\n                ')})`;
  const names = repositories.map((each) => javaString(nameOf(each))).join(',\n                ');
  return `${kind === 'global' ? 'linkedRepositories' : 'projectRepositories'}(${names})`;
}

const API = 'com.atlassian.bamboo.specs.api';
const BUILDERS = 'com.atlassian.bamboo.specs.builders.repository';

const IMPORTS = [
  `${API}.BambooSpec`,
  `${API}.builders.AtlassianModule`,
  `${API}.builders.BambooKey`,
  `${API}.builders.BambooOid`,
  `${API}.builders.credentials.SharedCredentialsIdentifier`,
  `${API}.builders.credentials.SharedCredentialsScope`,
  `${API}.builders.plan.Job`,
  `${API}.builders.plan.Plan`,
  `${API}.builders.plan.Stage`,
  `${API}.builders.project.Project`,
  `${API}.builders.repository.AnyVcsRepository`,
  `${API}.builders.repository.VcsChangeDetection`,
  `${BUILDERS}.bitbucket.cloud.BitbucketCloudRepository`,
  `${BUILDERS}.git.GitRepository`,
  `${BUILDERS}.git.SshPrivateKeyAuthentication`,
  `${BUILDERS}.git.UserPasswordAuthentication`,
  `${BUILDERS}.viewer.BitbucketCloudRepositoryViewer`,
  'com.atlassian.bamboo.specs.util.BambooServer',
  'com.atlassian.bamboo.specs.util.MapBuilder',
  'java.time.Duration',
]
  .map((name) => `import ${name};`)
  .join('\n');

const MAIN = `    
    public static void main(String... argv) {
        //By default credentials are read from the '.credentials' file.
        BambooServer bambooServer = new BambooServer("http://localhost:8085");
        final PlanSpec planSpec = new PlanSpec();
        
        final Plan rootObject = planSpec.rootObject();
        bambooServer.publish(rootObject);
    }`;
