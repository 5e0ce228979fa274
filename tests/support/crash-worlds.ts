import type { Simulator } from '../../src/simulator/index.ts';
import { ScenarioWorld, type WorldOptions } from './scenario-world.ts';

/** The two tokens of a rotation: the same account, so that the user name stays. */
const EMAIL = 'ci@acme.example';

/** The smallest worlds that show each route and each kind of object. */
const WORLDS = {
  form: { repositories: 4 },
  import: { repositories: 12, home: true, plan: ['--repository', 'web-api-1', '--repository', 'web-frontend-11'] },
  'shared credentials': { repositories: 4, plan: ['--kind', 'credentials'], prepare: shareCredentials },
  twins: {
    profile: 'old',
    repositories: 12,
    home: true,
    plan: ['--as-git', '--repository', 'web-api-1', '--repository', 'web-frontend-11'],
  },
  rotation: {
    repositories: 4,
    home: true,
    tokens: [
      { name: 'ci', email: EMAIL },
      { name: 'next', email: EMAIL },
    ],
    plan: ['--rotate', '--level', 'global', '--level', 'project'],
    prepare: moveToToken,
    configure: (document) => {
      const count = (document.get('assign') as { items: unknown[] }).items.length;
      for (let index = 0; index < count; index += 1) document.setIn(['assign', index, 'token'], 'next');
      document.setIn(['previous', EMAIL], document.getIn(['tokens', 'ci', 'token']));
      document.deleteIn(['tokens', 'ci']);
    },
  },
} satisfies Record<string, WorldOptions>;

/** What a world shows. */
export type WorldName = keyof typeof WORLDS;

/** Opens one, and makes sure that its plan goes the way that it is to show. */
export async function openCrashWorld(name: WorldName, bin: string, directory: string): Promise<ScenarioWorld> {
  const world = await ScenarioWorld.open(bin, directory, WORLDS[name]);
  const { changes } = world.plan();
  const ways = [...new Set(changes.map(({ object, level, route }) => (object === 'shared-credential' ? `${route} ${level}` : `${object} ${route}`)))].sort();
  if (JSON.stringify(ways) !== JSON.stringify(WAYS[name])) throw new TypeError(`The plan for "${name}" goes by ${ways.join(', ')}.`);
  return world;
}

/** The credential of the whole server is written by its form, that of a project by import. */
const WAYS: Readonly<Record<WorldName, readonly string[]>> = {
  form: ['repository form'],
  import: ['repository import'],
  'shared credentials': ['shared-credential global', 'shared-credential project'],
  twins: ['twin import'],
  rotation: ['repository form', 'repository import'],
};

/** Two repositories come to use a shared credential: one of the whole server, one of its project. */
export function shareCredentials(simulator: Simulator): void {
  const credentials = simulator.sharedCredentials().filter(({ name }) => name === 'bitbucket cloud');
  for (const level of ['global', 'project'] as const) {
    const repository = simulator.repositories().find((each) => each.level === level && each.type === 'bbCloud');
    const credential = credentials.find((each) => each.level === level);
    if (repository === undefined || credential === undefined) throw new TypeError(`There is nothing to share at the ${level} level.`);
    simulator.edit(repository.id, 'repository.bitbucket.passwordCredentialsSource', 'SHARED_CREDENTIALS');
    simulator.edit(repository.id, 'repository.bitbucket.passwordSharedCredentials.id', credential.id);
    simulator.edit(repository.id, 'repository.bitbucket.username', '');
  }
}

/** Everything that stood on an app password stands on the older token. */
function moveToToken(simulator: Simulator): void {
  const [older] = simulator.tokens;
  for (const { id, type, secrets } of simulator.repositories()) {
    if (type !== 'bbCloud' || secrets['repository.bitbucket.password'] === undefined) continue;
    simulator.edit(id, 'repository.bitbucket.username', EMAIL);
    simulator.edit(id, 'repository.bitbucket.password', older?.value ?? '');
  }
}
