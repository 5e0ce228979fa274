import { CLOUD, GIT, type Truth, type World } from './world.ts';
import { cloud, entry, escapeXml, git, gitXml, inlineXml, legacyXml, repositoryXml, STORED_SECRET } from './xml.ts';

type Oddity = (world: World) => void;

const one = { postgresql: 1, mysql: 1 } as const;
const none = { postgresql: 0, mysql: 0 } as const;
const SAME = 'all agree';

const appPassword = (username: string) => ({ kind: 'app-password', username, inferred: true });

function slug(world: World): string {
  return `acme/service-${world.repositories.length}`;
}

function usernameOf(world: World): string {
  return `${world.random.pick(['buildbot', 'ci', 'deploy', "o'brien", 'jörg & söhne', 'team\\ops'])}-${world.repositories.length}`;
}

/** A plan's own repository with some content. */
function ofPlan(world: World, part: { xml: string | null; pluginKey?: string; marked?: boolean; name?: string }, planPart: { marked?: boolean } = {}) {
  const project = world.project();
  const plan = world.plan(project, planPart);
  const repository = world.repository(part);
  world.use(plan, repository);
  return { project, plan, repository, at: { level: 'plan', project: project.key, plan: plan.key } };
}

function planItem(world: World, xml: string | null, truth: Omit<Truth, 'id' | 'name' | 'ours'>, pluginKey = CLOUD): void {
  const { repository, at } = ofPlan(world, { xml, pluginKey });
  world.truth(repository, { ...truth, ours: 'item', item: { ...at, ...truth.item } });
}

/** Everything odd that the facts name: each function adds one repository and what is true of it. */
export const ODDITIES: readonly Oddity[] = [
  (world) => {
    const username = usernameOf(world);
    planItem(world, inlineXml(username, slug(world)), {
      oddity: "a plan's own repository with an app password",
      item: { credential: appPassword(username), usedBy: { plans: 1 } },
      published: one,
      why: SAME,
    });
  },
  (world) => {
    const project = world.project();
    const username = usernameOf(world);
    const repository = world.repository({ xml: inlineXml(username, slug(world)), projectId: project.id });
    world.truth(repository, {
      oddity: "a project's repository that no plan uses",
      ours: 'item',
      item: { level: 'project', project: project.key, credential: appPassword(username), usedBy: { plans: 0 } },
      published: one,
      why: SAME,
    });
  },
  (world) => {
    const username = usernameOf(world);
    const repository = world.repository({ xml: inlineXml(username, slug(world)), isGlobal: true });
    const plans = 3;
    const projects = Array.from({ length: plans }, () => world.project());
    for (const project of projects) world.use(world.plan(project), repository);
    world.truth(repository, {
      oddity: 'a linked repository that three plans use',
      ours: 'item',
      item: { level: 'global', credential: appPassword(username), usedBy: { plans, projects: projects.map(({ key }) => key).sort() } },
      published: { postgresql: plans, mysql: plans },
      why: 'theirs give one row for each plan, ours one item with its three plans',
    });
  },
  (world) =>
    planItem(world, inlineXml('ci@acme.example', slug(world)), {
      oddity: 'an email as user name: migrated already',
      item: { credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } },
      published: none,
      why: 'theirs leave it out, ours counts it as migrated, unproven',
    }),
  (world) => {
    const xml = inlineXml('ci', slug(world)).replace('<string>ci</string>', '<string>ci&#64;acme.example</string>');
    planItem(world, xml, {
      oddity: 'an email written with a character reference',
      item: { credential: { kind: 'api-token', username: 'ci@acme.example', inferred: true } },
      published: { postgresql: 0, mysql: 1 },
      why: 'MySQL does not decode the reference, and so finds no @',
    });
  },
  (world) => {
    const shared = world.credential({
      xml: `<credentials><configuration>${entry('username', 'team')}${entry('password', STORED_SECRET)}</configuration></credentials>`,
    });
    const xml = repositoryXml([
      cloud('passwordCredentialsSource', 'SHARED_CREDENTIALS'),
      cloud('passwordSharedCredentials.id', shared.id),
      cloud('repository', slug(world)),
    ]);
    planItem(world, xml, {
      oddity: 'a shared credential, no user name of its own',
      item: { credential: { kind: 'shared', shared: { id: shared.id, name: shared.name } } },
      published: { postgresql: 0, mysql: 1 },
      why: 'PostgreSQL has NULL for what is absent, MySQL an empty text; ours names the shared credential, which is an item of its own',
    });
  },
  (world) => {
    const shared = world.credential({ xml: `<sharedCredentials><username>team2</username><password>${STORED_SECRET}</password></sharedCredentials>` });
    const xml = inlineXml('left.over', slug(world), [cloud('passwordCredentialsSource', 'SHARED_CREDENTIALS'), cloud('passwordSharedCredentials', shared.id)]);
    planItem(world, xml, {
      oddity: 'a shared credential, and a user name left over from before',
      item: { credential: { kind: 'shared', shared: { id: shared.id, name: shared.name } } },
      published: one,
      why: 'theirs look at the user name only, ours at what is in use',
    });
  },
  (world) => {
    const xml = inlineXml('somebody', slug(world), [cloud('passwordSharedCredentials.id', '77')]);
    planItem(world, xml, {
      oddity: 'a user name and a shared credential, and nothing that says which is used',
      item: { credential: { kind: 'unknown' } },
      published: one,
      why: 'ours concludes nothing: it is read over HTTP',
    });
  },
  (world) =>
    planItem(world, repositoryXml([cloud('username', ''), cloud('accessLevel', 'PUBLIC'), cloud('repository', slug(world))]), {
      oddity: 'public access, the user name empty',
      item: { credential: { kind: 'none' } },
      published: { postgresql: 0, mysql: 1 },
      why: 'no credential stands there: MySQL lists it all the same',
    }),
  (world) => {
    const xml = repositoryXml([cloud('repository', slug(world)), cloud('sshCredentialsSource', 'CUSTOM'), cloud('sshKey', STORED_SECRET)]);
    planItem(world, xml, {
      oddity: 'an SSH key for the checkout, no user name',
      item: { credential: { kind: 'none' }, checkout: { kind: 'ssh' } },
      published: { postgresql: 0, mysql: 1 },
      why: 'an SSH key is no app password: MySQL lists it all the same',
    });
  },
  (world) => {
    const username = usernameOf(world);
    const ssh = world.credential({ xml: '<c/>', pluginKey: 'com.atlassian.bamboo.plugin.sharedCredentials:sshCredentials' });
    const xml = inlineXml(username, slug(world), [cloud('sshCredentialsSource', 'SHARED_CREDENTIALS'), cloud('sshSharedCredentials.id', ssh.id)]);
    planItem(world, xml, {
      oddity: 'an app password, and a shared SSH key for the checkout',
      item: { credential: appPassword(username), checkout: { kind: 'shared', shared: { id: ssh.id, name: ssh.name } } },
      published: one,
      why: 'ours tells both slots',
    });
  },
  (world) =>
    planItem(world, '<repository><viewerPluginKey>x</viewerPluginKey></repository>', {
      oddity: 'no serverConfiguration',
      item: { credential: { kind: 'unknown' } },
      published: { postgresql: 0, mysql: 1 },
      why: 'ours says what is missing',
    }),
  (world) => planItem(world, null, { oddity: 'no XML at all', item: { credential: { kind: 'unknown' } }, published: none, why: 'ours says what is missing' }),
  (world) => {
    const username = usernameOf(world);
    planItem(world, legacyXml(username, slug(world)), {
      oddity: 'the legacy layout with an app password',
      item: { credential: appPassword(username) },
      published: { postgresql: 0, mysql: 1 },
      why: 'their path does not meet it; MySQL lists it as if it had no user name',
    });
  },
  (world) => {
    const username = usernameOf(world);
    const xml = inlineXml(
      username,
      slug(world),
      [
        '<entry><string>repository.bitbucket.newThing</string><null/></entry>',
        '<entry><unknown/><string>repository.bitbucket.other</string><string>1</string></entry>',
      ],
      (parts) => world.random.shuffle(parts),
    );
    planItem(world, xml, {
      oddity: 'parts in another order, and children that nobody knows',
      item: { credential: appPassword(username) },
      published: one,
      why: SAME,
    });
  },
  (world) => {
    const username = usernameOf(world);
    const xml = inlineXml('NAME', slug(world)).replace('<string>NAME</string>', `<string><![CDATA[${username}]]></string>`);
    planItem(world, xml, { oddity: 'a user name in a CDATA section', item: { credential: appPassword(username) }, published: one, why: SAME });
  },
  (world) => {
    const { repository } = ofPlan(world, { xml: inlineXml('x', slug(world)).replace('</serverConfiguration>', '') });
    world.truth(repository, {
      oddity: 'malformed XML',
      ours: 'unread',
      published: { postgresql: 'abort', mysql: 0 },
      why: 'one such row ends the whole query on PostgreSQL; ours reports the row and goes on',
    });
  },
  (world) => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${inlineXml('&NAME', slug(world))
      .replace(/<\?xml.*\?>\n/, '')
      .replace('&amp;NAME', '&b;')}`;
    const { repository } = ofPlan(world, { xml: bomb });
    world.truth(repository, {
      oddity: 'entities of its own (an XML bomb)',
      ours: 'unread',
      published: { postgresql: 'abort', mysql: 1 },
      why: 'ours never expands entities',
    });
  },
  (world) => {
    const { repository } = ofPlan(world, { xml: inlineXml(usernameOf(world), slug(world)), marked: true });
    world.truth(repository, {
      oddity: 'marked for deletion',
      ours: 'apart',
      published: one,
      why: 'theirs show the mark and do not filter; ours lists it apart, never to be planned',
    });
  },
  (world) => {
    const { repository } = ofPlan(world, { xml: inlineXml(usernameOf(world), slug(world)) }, { marked: true });
    world.truth(repository, {
      oddity: 'its only plan is deleted',
      ours: 'apart',
      published: one,
      why: 'theirs give neither plan nor project; ours says why and lists it apart',
    });
  },
  (world) => {
    const repository = world.repository({ xml: inlineXml(usernameOf(world), slug(world)) });
    world.truth(repository, { oddity: 'no plan uses it', ours: 'apart', published: one, why: 'as above' });
  },
  (world) => {
    const { project, plan, repository } = ofPlan(world, { xml: inlineXml(usernameOf(world), slug(world)) });
    world.truth(repository, {
      oddity: 'a repository whose plan has a branch with an override',
      ours: 'item',
      item: { level: 'plan', plan: plan.key, usedBy: { plans: 1 } },
      published: one,
      why: SAME,
    });
    const branch = world.plan(project, { key: `${plan.key}0`, type: 'CHAIN_BRANCH' });
    const override = world.repository({ xml: repositoryXml([cloud('branch', 'feature')]), parentId: repository.id });
    world.use(branch, override);
    world.truth(override, {
      oddity: "a branch's override without a credential",
      ours: 'absent',
      published: { postgresql: 0, mysql: 1 },
      why: 'it inherits its credential: nothing to change',
    });
  },
  (world) => {
    const address = slug(world);
    const { project, plan, repository } = ofPlan(world, { xml: inlineXml(usernameOf(world), address) });
    world.specsPlans.push(plan.id);
    world.truth(repository, {
      oddity: 'a plan bound to Repository Stored Specs',
      ours: 'item',
      item: { level: 'plan', plan: plan.key, specsBound: true },
      published: one,
      why: 'theirs do not tell that the next Specs run undoes a change',
    });
    const branch = world.plan(project, { key: `${plan.key}1`, type: 'CHAIN_BRANCH' });
    const username = usernameOf(world);
    const override = world.repository({ xml: repositoryXml([cloud('username', username), cloud('password', STORED_SECRET)]), parentId: repository.id });
    world.use(branch, override);
    world.truth(override, {
      oddity: "a branch's override with a credential of its own",
      ours: 'item',
      item: {
        level: 'branch',
        plan: branch.key,
        project: project.key,
        workspace: 'acme',
        slug: address.split('/')[1],
        specsBound: true,
        credential: appPassword(username),
      },
      published: one,
      why: 'theirs call it a plan; ours knows the branch, and the repository that it overrides',
    });
  },
  (world) => {
    const username = usernameOf(world);
    planItem(
      world,
      gitXml(`https://bitbucket.org/${slug(world)}.git`, username),
      {
        oddity: 'Git type on bitbucket.org over https',
        item: { kind: 'git', workspace: 'acme', credential: appPassword(username) },
        published: none,
        why: 'theirs look for one type only',
      },
      GIT,
    );
  },
  (world) =>
    planItem(
      world,
      gitXml(`https://bitbucket.org/${slug(world)}`, 'x-bitbucket-api-token-auth'),
      {
        oddity: "Git type with git's static user name",
        item: { kind: 'git', credential: { kind: 'api-token', username: 'x-bitbucket-api-token-auth', inferred: true } },
        published: none,
        why: 'migrated already',
      },
      GIT,
    ),
  (world) =>
    planItem(
      world,
      gitXml(`https://bitbucket.org/${slug(world)}`, 'ci@acme.example'),
      { oddity: 'Git type with an email', item: { kind: 'git', credential: appPassword('ci@acme.example') }, published: none, why: 'git refuses an email' },
      GIT,
    ),
  (world) =>
    planItem(
      world,
      gitXml(`https://someone:${'pass'}word@bitbucket.org/${slug(world)}`, ''),
      {
        oddity: 'Git type with a user name inside the address',
        item: { kind: 'git', credential: { kind: 'unknown' } },
        published: none,
        why: 'ours says so, and never shows the address',
      },
      GIT,
    ),
  (world) => {
    const url = world.random.pick([
      'https://bitbucket.org.evil.example/acme/a',
      'https://bitbucket.organic/acme/a',
      'ssh://git@bitbucket.org/acme/a.git',
      'git@bitbucket.org:acme/a.git',
      'https://git.example/bitbucket.org/a',
      'https://bitbucket.org:8443/acme/a',
      'http://bitbucket.org/acme/a',
    ]);
    const { repository } = ofPlan(world, { xml: gitXml(url, 'someone'), pluginKey: GIT });
    world.truth(repository, { oddity: 'Git type on a look-alike host, or over ssh', ours: 'absent', published: none, why: 'no Bitbucket Cloud credential' });
  },
  (world) => {
    const { repository } = ofPlan(world, {
      xml: repositoryXml([entry('repository.stash.username', 'svc')]),
      pluginKey: 'com.atlassian.bamboo.plugins.stash.atlassian-bamboo-plugin-stash:bbserver',
    });
    world.truth(repository, { oddity: 'another repository type', ours: 'absent', published: none, why: 'no Bitbucket Cloud credential' });
  },
  (world) => {
    const username = usernameOf(world);
    const name = world.random.pick(['"quoted", and; more', 'tab\there', "it's ünïcode 名前", '=HYPERLINK("x")', '\u001b[31mred\u001b[0m']);
    const { repository, at } = ofPlan(world, { xml: inlineXml(username, slug(world)), name });
    world.truth(repository, {
      oddity: 'a name with quotes, tabs, formulas or escapes',
      ours: 'item',
      item: { ...at, name, credential: appPassword(username) },
      published: one,
      why: SAME,
    });
  },
  (world) =>
    planItem(world, repositoryXml([cloud('USERNAME', 'Shouting'), entry('Repository.Bitbucket.Repository', slug(world))]), {
      oddity: 'keys in another case',
      item: { workspace: 'acme', credential: appPassword('Shouting') },
      published: { postgresql: 0, mysql: 1 },
      why: 'their path compares exactly',
    }),
  (world) =>
    planItem(world, repositoryXml([cloud('password', STORED_SECRET), cloud('repository', slug(world))]), {
      oddity: 'a password without a user name',
      item: { credential: { kind: 'unknown' } },
      published: { postgresql: 0, mysql: 1 },
      why: 'ours concludes nothing: it is read over HTTP',
    }),
  (world) => {
    const xml = repositoryXml([
      cloud('credentialKind', 'x'),
      cloud('repository', slug(world)),
      `<entry><string>${escapeXml('repository.bitbucket.loginUser')}</string><string>who</string></entry>`,
    ]);
    planItem(world, xml, {
      oddity: 'settings that this version does not know',
      item: { credential: { kind: 'unknown' } },
      published: { postgresql: 0, mysql: 1 },
      why: 'ours names the settings, never their values',
    });
  },
  (world) => {
    const shared = world.credential({ xml: `<map>${entry('username', 'mixed')}</map>` });
    planItem(
      world,
      repositoryXml([
        git('repositoryUrl', `https://bitbucket.org/${slug(world)}`),
        git('authenticationType', 'SHARED_CREDENTIALS'),
        git('passwordSharedCredentials', shared.id),
      ]),
      {
        oddity: 'Git type with a shared credential',
        item: { kind: 'git', credential: { kind: 'shared', shared: { id: shared.id, name: shared.name } } },
        published: none,
        why: 'theirs look for one type only',
      },
      GIT,
    );
    const { repository } = ofPlan(world, {
      xml: repositoryXml([
        git('repositoryUrl', 'https://git.example/a.git'),
        git('authenticationType', 'SHARED_CREDENTIALS'),
        git('passwordSharedCredentials', shared.id),
      ]),
      pluginKey: GIT,
    });
    world.truth(repository, {
      oddity: 'Git type on another host with the same shared credential',
      ours: 'absent',
      published: none,
      why: 'ours names it under the shared credential',
    });
  },
];
