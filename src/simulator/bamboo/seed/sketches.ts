import { initialSettings } from '../forms/controls.ts';
import { NAME_SETTING } from '../model.ts';
import type { RepositoryKind } from '../repository-types.ts';
import { cloudSketch, type LoginStyle } from './cloud-sketch.ts';
import { descriptionFrom, repositoryNameAt, slugAt } from './names.ts';
import { otherSketch } from './other-sketch.ts';
import type { Differences, RepositorySketch, SketchPlace, SketchSources } from './sketch.ts';
import type { SpecialPlace } from './special-places.ts';
import { workspaceAt } from './workspaces.ts';

/** Nineteen turns, so that over the four turns of levels every style comes to every level. */
const TURNS: readonly (LoginStyle | Exclude<RepositoryKind, 'bbCloud' | 'example'>)[] = [
  ...(['app-password', 'app-password', 'migrated', 'app-password', 'git', 'app-password', 'app-password', 'shared'] as const),
  ...(['app-password', 'bbServer', 'app-password', 'ssh-checkout', 'app-password', 'github', 'app-password', 'public'] as const),
  ...(['app-password', 'svn', 'app-password'] as const),
];

/** Makes the repository of each place in the seed. */
export function sketchAt(sources: SketchSources): (index: number, special?: SpecialPlace) => RepositorySketch {
  const initial = Object.fromEntries(Object.entries(sources.definitions).map(([kind, controls]) => [kind, initialSettings(controls)]));
  return (index, special) => {
    const slug = slugAt(index);
    const place: SketchPlace = { index, workspace: workspaceAt(index), slug };
    const { kind, differences } = special === undefined ? mixed(sources, place) : { kind: special.kind, differences: special.differences(sources, place) };
    const head = { [NAME_SETTING]: repositoryNameAt(index, slug), repositoryDescription: descriptionFrom(sources.random) };
    return { kind, settings: { ...initial[kind], ...head, ...differences.settings }, secrets: differences.secrets };
  };
}

function mixed(sources: SketchSources, place: SketchPlace): { kind: RepositoryKind; differences: Differences } {
  const turn = TURNS[place.index % TURNS.length] ?? 'app-password';
  const isOther = turn === 'git' || turn === 'bbServer' || turn === 'github' || turn === 'svn';
  if (isOther) return { kind: turn, differences: otherSketch(sources, place, turn) };
  return { kind: 'bbCloud', differences: cloudSketch(sources, place, turn) };
}
