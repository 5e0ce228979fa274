import type { RepositoryKind } from '../repository-types.ts';
import type { Differences, SketchPlace, SketchSources } from './sketch.ts';

/** The settings and secrets of a repository of another type. */
export function otherSketch(sources: SketchSources, place: SketchPlace, kind: Exclude<RepositoryKind, 'bbCloud'>): Differences {
  const user = sources.users[place.workspace][0];
  switch (kind) {
    case 'git':
      return gitSketch(place, user);
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

/** Git repositories at bitbucket.org, at a host that only looks like it, over ssh, and elsewhere. */
function gitSketch(place: SketchPlace, user: { username: string; password: string }): Differences {
  const path = `${place.workspace}/${place.slug}.git`;
  const urls = [`https://bitbucket.org/${path}`, `https://bitbucket.org.example.com/${path}`, `git@bitbucket.org:${path}`, `https://git.example.com/${path}`];
  const url = urls[Math.floor(place.index / 19) % urls.length] ?? '';
  if (url.startsWith('git@')) return { settings: { 'repository.git.repositoryUrl': url, 'repository.git.authenticationType': 'SSH_KEYPAIR' }, secrets: {} };
  return { settings: { 'repository.git.repositoryUrl': url, 'repository.git.username': user.username }, secrets: { 'repository.git.password': user.password } };
}
