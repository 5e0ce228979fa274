import { figure, firstOf } from './phrases.ts';

/** Things that share one text: a reason, a warning. */
export interface Fold {
  readonly text: string;
  readonly names: readonly string[];
}

/** Groups things by a text of theirs, groups and members in the order met. */
export function groupBy<T>(things: readonly T[], textOf: (thing: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(textOf(thing));
    if (group === undefined) groups.set(textOf(thing), [thing]);
    else group.push(thing);
  }
  return [...groups];
}

/** Folds things that share a text, the most frequent first, equal ones in the order met. */
export function foldBy<T>(things: readonly T[], textOf: (thing: T) => string, nameOf: (thing: T) => string): Fold[] {
  const folds = groupBy(things, textOf).map(([text, group]) => ({ text, names: group.map(nameOf) }));
  return folds.sort((a, b) => b.names.length - a.names.length);
}

/** Folded texts as lines: how many, the text, and the first few names under it. */
export function foldLines(folds: readonly Fold[], limits: { readonly folds: number; readonly names: number }): string[] {
  const lines = folds
    .slice(0, limits.folds)
    .flatMap((fold) => [`  ${figure(fold.names.length).padStart(5)}  ${fold.text}`, `         ${firstOf(fold.names, limits.names)}`]);
  const more = folds.slice(limits.folds);
  if (more.length > 0)
    lines.push(`         and ${figure(more.reduce((sum, fold) => sum + fold.names.length, 0))} more for ${figure(more.length)} other reasons`);
  return lines;
}
