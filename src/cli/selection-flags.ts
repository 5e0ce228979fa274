import type { Selection } from '../core/config.ts';
import type { Kind, Level } from '../core/model.ts';
import type { Arguments } from './arguments.ts';
import type { Flags } from './command.ts';

// The lists of core/model.ts, without loading the schemas for --help; a test holds them equal.
/** Values of --level. */
export const LEVELS = ['global', 'project', 'plan', 'branch'] as const satisfies readonly Level[];
/** Values of --kind. */
export const KINDS = ['bitbucket-cloud', 'git', 'credentials'] as const satisfies readonly Kind[];

/** Flags that select objects. */
export const SELECTION_FLAGS: Flags = {
  project: { value: 'KEY', describe: 'only what this project owns; repeatable' },
  workspace: { value: 'NAME', describe: 'only repositories of this Bitbucket workspace; repeatable' },
  level: { value: 'LEVEL', choices: LEVELS, describe: `only this level: ${LEVELS.join(', ')}; repeatable` },
  kind: { value: 'KIND', choices: KINDS, describe: `only this kind: ${KINDS.join(', ')}; repeatable` },
  repository: { value: 'GLOB', describe: 'only repositories with this name or workspace/slug; repeatable' },
  'include-used': { describe: 'with --project: also linked repositories and shared credentials that it merely uses' },
};

/** The words of a command line that make this selection again. */
export function selectionWords({ includeUsed, ...lists }: Selection): string[] {
  const words = Object.entries(lists).flatMap(([flag, values]) => values.flatMap((value) => [`--${flag}`, value]));
  return includeUsed === true ? [...words, '--include-used'] : words;
}

/** Reads the selection: different flags are AND, values of one flag are OR. */
export function readSelection(args: Arguments): Selection {
  const lists = {
    project: args.texts('project'),
    workspace: args.texts('workspace'),
    level: args.manyOf('level', LEVELS),
    kind: args.manyOf('kind', KINDS),
    repository: args.texts('repository'),
  };
  const given = Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
  return { ...given, ...(args.has('include-used') ? { includeUsed: true } : {}) };
}
