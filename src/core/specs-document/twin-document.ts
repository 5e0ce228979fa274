import { isScalar, type Pair as YamlPair } from 'yaml';
import type { Setting } from '../object-state.ts';
import { quotedScalar } from '../yaml-scalar.ts';
import { kindOfTree } from './account-slot.ts';
import { isNull, type SpecsTree, textAt, valueAt } from './parse-specs.ts';
import { contentsOf } from './tree-settings.ts';

/** What both repository types have [A]; a key that the server does not write is not made up, but for one that would mean something else then. */
const COMMON = [
  'branch',
  'useShallowClones',
  'useRemoteAgentCache',
  'useSubmodules',
  'sshKeyAppliesToSubmodules',
  'commandTimeout',
  'verboseLogs',
  'fetchWholeRepository',
  'useLfs',
  'vcsChangeDetection',
];

/** Left out, it is on for the Git type, and off for Bitbucket Cloud [A]. */
const CACHE = 'useRemoteAgentCache';

/** What a key means that a server leaves out, where that is neither false nor nothing [A]. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['commandTimeout', 'PT3H'],
  ['vcsChangeDetection.quietPeriod', 'PT10S'],
  ['vcsChangeDetection.maxRetries', '5'],
  ['vcsChangeDetection.filterFilePatternOption', 'NONE'],
]);

/** What a twin has of its own, and what is told of every twin. */
const OWN = ['name', 'oid', 'parent', 'project', 'repositorySlug', 'authenticationProperties', 'webhookEnabled'];

const GIT = 'com.atlassian.bamboo.specs.model.repository.git';

/** Name and address of a twin. */
export interface TwinIdentity {
  readonly name: string;
  readonly url: string;
}

/** The settings that a twin shares with its original, under the names of both types; whether a server writes down what is at its default is its own affair. */
export function commonSettings(tree: SpecsTree, { name, url }: TwinIdentity): Setting[] {
  const isCommon = ([path]: Setting): boolean => path !== CACHE && COMMON.some((key) => path === key || path.startsWith(`${key}.`));
  const common = contentsOf(tree)
    .settings.filter((setting) => isCommon(setting) && !isDefault(setting))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const project = textAt(valueAt(valueAt(tree.entity, 'project'), 'key'), 'key') ?? '';
  const cache = textAt(tree.entity, CACHE) ?? String(kindOfTree(tree) === 'git');
  return [['name', name], ['url', url], ['project', project], [CACHE, cache], ...common];
}

function isDefault([path, value]: Setting): boolean {
  return ['null', 'false', '', 'empty', DEFAULTS.get(path)].includes(value) || path.endsWith(' (class)');
}

/** What an original has set and a twin does not take over, by the names of its document: description, web repository, checkout over SSH, and keys of later versions. */
export function leftOut({ entity }: SpecsTree): string[] {
  const named = entity.items.flatMap(({ key, value }) => (isScalar(key) && isSet(value) ? [String(key.value)] : []));
  return named.filter((name) => !COMMON.includes(name) && !OWN.includes(name)).sort();
}

function isSet(value: unknown): boolean {
  return !isScalar(value) || !(isNull(value) || value.value === '' || value.value === 'false');
}

/** The import document of a Git-type twin: the original's own lines where both types have them; undefined where these can't be taken over. */
export function twinDocument(tree: SpecsTree, { name, url }: TwinIdentity, pair: { readonly username: string; readonly password: string }): string | undefined {
  if (tree.entity.flow === true) return undefined;
  const kept = tree.entity.items.filter(({ key, value }) => isScalar(key) && COMMON.includes(String(key.value)) && !(isScalar(value) && isNull(value)));
  const project = textAt(valueAt(valueAt(tree.entity, 'project'), 'key'), 'key');
  return [
    '--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties',
    `rootEntity: !!${GIT}.GitRepositoryProperties`,
    `  name: ${quotedScalar(name)}`,
    '  description: null',
    '  oid: null',
    '  parent: null',
    ...(project === undefined ? ['  project: null'] : ['  project:', '    key:', `      key: ${quotedScalar(project)}`]),
    '  repositoryViewerProperties: null',
    `  authenticationProperties: !!${GIT}.UserPasswordAuthenticationProperties`,
    `    password: ${quotedScalar(pair.password)}`,
    `    username: ${quotedScalar(pair.username)}`,
    ...kept.map((each) => linesOf(tree.text, each)),
    ...(valueAt(tree.entity, CACHE) === undefined ? [`  ${CACHE}: false`] : []),
    `  url: ${quotedScalar(url)}`,
    ...(tree.modelVersion === undefined ? [] : [`specModelVersion: ${quotedScalar(tree.modelVersion)}`]),
    '...',
    '',
  ].join('\n');
}

/** A key with all that stands under it, moved to the depth at which it stands here. */
function linesOf(text: string, { key, value }: YamlPair): string {
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  const end = (value as { range?: readonly number[] | null } | null)?.range?.[1] ?? start;
  const depth = start - (text.lastIndexOf('\n', start - 1) + 1);
  const lines = text.slice(start, end).trimEnd().split(/\r?\n/);
  return lines.map((line, index) => `  ${index === 0 ? line : line.slice(Math.min(depth, line.search(/\S|$/)))}`).join('\n');
}
