import { GIT_SETTINGS } from '../forms/other-controls.ts';
import type { RepositoryKind } from '../repository-types.ts';
import type { Differences, SketchPlace, SketchSources } from './sketch.ts';

/** The settings and secrets of a repository of another type. */
export function otherSketch(sources: SketchSources, place: SketchPlace, kind: Exclude<RepositoryKind, 'bbCloud' | 'example'>): Differences {
  switch (kind) {
    case 'git':
      return mixedGit(sources, place);
    case 'github':
      return {
        settings: { 'repository.github.username': 'octo-build', 'repository.github.repository': `acme/${place.slug}` },
        secrets: { 'repository.github.password': `ghp_${sources.random.letters(36)}` },
      };
    case 'svn':
      return {
        settings: { 'repository.svn.repositoryUrl': `https://svn.example.com/${place.slug}/trunk`, 'repository.svn.username': 'svn-build' },
        secrets: { 'repository.svn.password': sources.random.letters(16) },
      };
    case 'bbServer':
      return {
        settings: {
          'repository.stash.server': 'https://bitbucket.example.com',
          'repository.stash.projectKey': 'CORE',
          'repository.stash.repositorySlug': place.slug,
        },
        secrets: {},
      };
  }
}

/** Where a Git repository lies: the host decides whether it is Bitbucket Cloud's. */
export type GitPlace = 'bitbucket' | 'user-in-url' | 'look-alike' | 'ssh' | 'elsewhere';

const TURNS: readonly GitPlace[] = ['bitbucket', 'look-alike', 'ssh', 'elsewhere'];

function mixedGit(sources: SketchSources, place: SketchPlace): Differences {
  return gitSketch(sources, place, TURNS[Math.floor(place.index / 19) % TURNS.length] ?? 'bitbucket');
}

/** A Git repository with an app password of its own, or with no password where it is reached over ssh. */
export function gitSketch(sources: SketchSources, place: SketchPlace, where: GitPlace): Differences {
  const user = sources.users[place.workspace][0];
  const url = gitUrl(place, where, user.username);
  if (where === 'ssh') return { settings: { [GIT_SETTINGS.url]: url, [GIT_SETTINGS.authenticationType]: 'SSH_KEYPAIR' }, secrets: {} };
  return { settings: { [GIT_SETTINGS.url]: url, [GIT_SETTINGS.username]: user.username }, secrets: { [GIT_SETTINGS.password]: user.password } };
}

/** The address of a Git repository. */
export function gitUrl(place: SketchPlace, where: GitPlace, username = 'buildbot'): string {
  const path = `${place.workspace}/${place.slug}.git`;
  const urls: Readonly<Record<GitPlace, string>> = {
    bitbucket: `https://bitbucket.org/${path}`,
    'user-in-url': `https://${encodeURIComponent(username)}@bitbucket.org/${path}`,
    'look-alike': `https://bitbucket.org.example.com/${path}`,
    ssh: `git@bitbucket.org:${path}`,
    elsewhere: `https://git.example.com/${path}`,
  };
  return urls[where];
}
