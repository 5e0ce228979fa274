import type { Place } from './model.ts';

const ENDING = ' (git)';
const PREFIX = 'twin-of-';

/** The place of a repository's Git-type twin, in the same scope. */
export function twinOf(place: Place): Place {
  return { ...place, object: 'twin', id: `${PREFIX}${place.id}`, name: `${place.name}${ENDING}` };
}

/** The repository that a twin was, or would be, made from. */
export function originalOf(twin: Place): Place | undefined {
  if (!twin.id.startsWith(PREFIX) || !twin.name.endsWith(ENDING)) return undefined;
  return { ...twin, object: 'repository', id: twin.id.slice(PREFIX.length), name: twin.name.slice(0, -ENDING.length) };
}
