import type { BambooContext } from '../context.ts';
import { CLOUD, cloudSettingNames } from '../forms/cloud-controls.ts';
import { GIT_SETTINGS } from '../forms/other-controls.ts';
import { credentialName, NAME_SETTING, nameOf, type Repository } from '../model.ts';
import { REPOSITORY_TYPES } from '../repository-types.ts';
import { builder, javaString } from './java.ts';

const INDENT = 20;

/** A plan's own repository as the generator writes it: only what differs from the default. */
export function repositoryJava(context: BambooContext, repository: Repository): string {
  if (repository.kind === 'bbCloud') return cloudJava(context, repository);
  return repository.kind === 'git' ? gitJava(context, repository) : otherJava(context, repository);
}

function headCalls(repository: Repository): (string | null)[] {
  const description = repository.settings.repositoryDescription ?? '';
  return [
    `name(${javaString(nameOf(repository))})`,
    description === '' ? null : `description(${javaString(description)})`,
    `oid(new BambooOid(${javaString(repository.oid)}))`,
  ];
}

function cloudJava(context: BambooContext, repository: Repository): string {
  const { settings } = repository;
  const names = cloudSettingNames(context.traits);
  const [workspace = '', slug = ''] = (settings[names.repository] ?? '').split('/');
  const account = { source: names.source, credentials: names.passwordCredentials, username: names.username, password: names.password };
  const key = { source: names.sshSource, credentials: names.sshCredentials, key: names.sshKey, passphrase: names.passphrase };
  const calls = [
    ...headCalls(repository),
    'repositoryViewer(new BitbucketCloudRepositoryViewer())',
    `repositorySlug(${javaString(workspace)}, ${javaString(slug)})`,
    settings[names.accessLevel] === 'PUBLIC' ? null : `accountAuthentication(${passwordJava(context, repository, account)})`,
    settings[names.authenticationType] === 'SSH_KEYPAIR' ? `checkoutAuthentication(${keyJava(context, repository, key)})` : null,
    `branch(${javaString(settings[names.branch] ?? '')})`,
    ...cloneCalls(settings, CLOUD, false),
    settings[names.webhook] === 'true' ? 'webhookEnabled(true)' : null,
    changeDetection(settings),
  ];
  return builder('new BitbucketCloudRepository()', calls, INDENT);
}

function gitJava(context: BambooContext, repository: Repository): string {
  const { settings } = repository;
  const { source, passwordCredentials, username, password, sshSource, sshCredentials, sshKey, passphrase } = GIT_SETTINGS;
  const isKey = settings[GIT_SETTINGS.authenticationType] === 'SSH_KEYPAIR';
  const authentication = isKey
    ? keyJava(context, repository, { source: sshSource, credentials: sshCredentials, key: sshKey, passphrase })
    : passwordJava(context, repository, { source, credentials: passwordCredentials, username, password });
  const calls = [
    ...headCalls(repository),
    `url(${javaString(settings[GIT_SETTINGS.url] ?? '')})`,
    `branch(${javaString(settings[GIT_SETTINGS.branch] ?? '')})`,
    `authentication(${authentication})`,
    ...cloneCalls(settings, 'repository.git', true),
    changeDetection(settings),
  ];
  return builder('new GitRepository()', calls, INDENT);
}

function otherJava({ cipher }: BambooContext, repository: Repository): string {
  const own = Object.entries(repository.settings).filter(([name, value]) => /^repository\.(?!common)\w+\./.test(name) && value !== '' && name !== NAME_SETTING);
  const secrets = Object.entries(repository.secrets).map(([name, secret]) => [name, cipher.encrypt(secret)] as const);
  const entries = [...own, ...secrets].map(([name, value]) => `put(${javaString(name)}, ${javaString(value)})`);
  const map = builder('new MapBuilder()', [...entries, 'build()'], INDENT + 8);
  return builder(
    `new AnyVcsRepository(new AtlassianModule(${javaString(REPOSITORY_TYPES[repository.kind].moduleKey)}))`,
    [...headCalls(repository), `serverConfiguration(${map})`],
    INDENT,
  );
}

function passwordJava(
  context: BambooContext,
  { settings, secrets }: Repository,
  names: { readonly source: string; readonly credentials: string; readonly username: string; readonly password: string },
): string {
  if (settings[names.source] === 'SHARED_CREDENTIALS') return sharedJava(context, settings[names.credentials] ?? '');
  const password = secrets[names.password];
  const start = `new UserPasswordAuthentication(${javaString(settings[names.username] ?? '')})`;
  return builder(start, [password === undefined ? null : `password(${javaString(context.cipher.encrypt(password))})`], INDENT + 8);
}

function keyJava(
  context: BambooContext,
  { settings, secrets }: Repository,
  names: { readonly source: string; readonly credentials: string; readonly key: string; readonly passphrase: string },
): string {
  if (settings[names.source] === 'SHARED_CREDENTIALS') return sharedJava(context, settings[names.credentials] ?? '');
  const passphrase = secrets[names.passphrase];
  const start = `new SshPrivateKeyAuthentication(${javaString(context.cipher.encrypt(secrets[names.key] ?? ''))})`;
  return builder(start, [passphrase === undefined ? null : `passphrase(${javaString(context.cipher.encrypt(passphrase))})`], INDENT + 8);
}

function sharedJava({ model }: BambooContext, id: string): string {
  const credential = model.credentials.get(id);
  const scope = credential?.project == null ? 'GLOBAL' : 'PROJECT';
  const name = credential === undefined ? '' : credentialName(credential);
  return `new SharedCredentialsIdentifier(${javaString(name)}).scope(SharedCredentialsScope.${scope})`;
}

/** The default of the agents' cache differs: off for Bitbucket Cloud, on for Git. */
function cloneCalls(settings: Readonly<Record<string, string>>, prefix: string, cacheDefault: boolean): (string | null)[] {
  const flag = (name: string, method: string, initial = false): string | null => {
    const value = settings[`${prefix}.${name}`] === 'true';
    return value === initial ? null : `${method}(${value})`;
  };
  const minutes = settings[`${prefix}.commandTimeout`] ?? '180';
  return [
    flag('useShallowClones', 'shallowClonesEnabled'),
    flag('useRemoteAgentCache', 'remoteAgentCacheEnabled', cacheDefault),
    flag('useSubmodules', 'submodulesEnabled'),
    flag('sshKeyAppliesToSubmodules', 'sshKeyAppliesToSubmodules'),
    minutes === '180' ? null : `commandTimeout(Duration.ofSeconds(${Number(minutes) * 60}))`,
    flag('verbose.logs', 'verboseLogs'),
    flag('fetch.whole.repository', 'fetchWholeRepository'),
    flag('lfs.repository', 'lfsEnabled'),
  ];
}

const FILTERS: Readonly<Record<string, string>> = { includeOnly: 'INCLUDE_ONLY', excludeAll: 'EXCLUDE_IF_ALL_MATCH' };

function changeDetection(settings: Readonly<Record<string, string>>): string | null {
  const quiet = settings['repository.common.quietPeriod.enabled'] === 'true';
  const pattern = settings['changeset.filter.pattern.regex'] ?? '';
  const option = FILTERS[settings['filter.pattern.option'] ?? ''];
  const calls = [
    quiet ? 'quietPeriodEnabled(true)' : null,
    quiet ? `quietPeriod(Duration.ofSeconds(${settings['repository.common.quietPeriod.period']}))` : null,
    quiet ? `quietPeriodMaxRetries(${settings['repository.common.quietPeriod.maxRetries']})` : null,
    settings['commit.isolation.option'] === 'true' ? 'commitIsolationEnabled(true)' : null,
    pattern === '' ? null : `changesetFilterPatternRegex(${javaString(pattern)})`,
    option === undefined ? null : `filterFilePatternOption(VcsChangeDetection.FileFilteringOption.${option})`,
    option === undefined ? null : `filterFilePatternRegex(${javaString(settings['filter.pattern.regex'] ?? '')})`,
  ].filter((call) => call !== null);
  return calls.length === 0 ? null : `changeDetection(${builder('new VcsChangeDetection()', calls, INDENT + 8)})`;
}
