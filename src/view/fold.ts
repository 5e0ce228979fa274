import { figure, firstOf } from './phrases.ts';
import { wrapCell } from './wrap-cell.ts';

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

/** How much of folded texts is shown, and in how many columns. */
export interface FoldLimits {
  readonly folds: number;
  readonly names: number;
  readonly width: number;
}

const INDENT = ' '.repeat(9);
/** On a narrower screen the terminal itself may break the lines. */
const NARROWEST = 20;

/** Folded texts as lines: how many, the text, and the first few names under it. */
export function foldLines(folds: readonly Fold[], limits: FoldLimits): string[] {
  const hung = (text: string): string[] => wrapCell(text, Math.max(NARROWEST, limits.width - INDENT.length)).split('\n');
  const lines = folds.slice(0, limits.folds).flatMap(({ text, names }) => {
    const [first = '', ...rest] = [...hung(text), ...hung(firstOf(names, limits.names))];
    return [`  ${figure(names.length).padStart(5)}  ${first}`, ...rest.map((line) => INDENT + line)];
  });
  const more = folds.slice(limits.folds);
  if (more.length > 0)
    lines.push(`${INDENT}and ${figure(more.reduce((sum, fold) => sum + fold.names.length, 0))} more for ${figure(more.length)} other reasons`);
  return lines;
}
