/** `bamboo.log.3`, `bamboo.log.2025-08-09`, either with `.gz`: a log that was put aside. */
const ROTATED = /^(.*?)\.(\d{1,6}|\d{4}-\d\d-\d\d(?:[-_.]\d+)?)(?:\.gz)?$/;

interface Named {
  readonly path: string;
  readonly base: string;
  readonly turn: string | undefined;
}

/** Paths in the order of writing: the parts of one log together, the oldest first and the live one last; different logs as they were named. */
export function inRotationOrder(paths: readonly string[]): string[] {
  const named = paths.map(nameParts);
  const bases = [...new Set(named.map(({ base }) => base))];
  return bases.flatMap((base) =>
    named
      .filter((each) => each.base === base)
      .sort(compareTurns)
      .map(({ path }) => path),
  );
}

function nameParts(path: string): Named {
  const [, base, turn] = ROTATED.exec(path) ?? [];
  return base === undefined ? { path, base: path.replace(/\.gz$/, ''), turn: undefined } : { path, base, turn };
}

/** A number counts the turns since, so the highest is the oldest; a date says when. */
function compareTurns({ turn: one }: Named, { turn: other }: Named): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  const dates = [one, other].map((turn) => turn.includes('-'));
  if (dates[0] !== dates[1]) return dates[0] ? -1 : 1;
  return dates[0] ? (one < other ? -1 : 1) : Number(other) - Number(one);
}
