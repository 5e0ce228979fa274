import { createNameTable, type NameTable } from './name-table.ts';
import type { Sighting } from './recognise.ts';

/** What is kept for each failure, repository and user. Bitbucket does not tell capitals apart. */
export interface SightingIndex<Value> {
  get(sighting: Sighting): Value | undefined;
  /** Puts in what is kept for a sighting that is not in it. */
  add(sighting: Sighting, value: Value): void;
}

/** What all sightings have in common whose values stand in one table. */
type Kin = Pick<Sighting, 'failure' | 'user' | 'workspace'>;

/**
 * Makes an empty index: maps in maps, as joining four names into one key for each of millions of sightings costs more than all that is done with it. Most
 * sightings are of the same kin as the one before, so that only the slug has to be looked up.
 */
export function createSightingIndex<Value>(): SightingIndex<Value> {
  const failures = new Map<string, Map<string, Map<string, NameTable<Value>>>>();
  let last: Kin | undefined;
  let lastSlugs: NameTable<Value> | undefined;
  const slugsOf = ({ failure, user, workspace }: Kin): NameTable<Value> | undefined => {
    if (last === undefined || workspace !== last.workspace || user !== last.user || failure !== last.failure) {
      last = { failure, user, workspace };
      lastSlugs = failures.get(failure)?.get(keyOf(user))?.get(keyOf(workspace));
    }
    return lastSlugs;
  };
  return {
    get: (sighting) => slugsOf(sighting)?.get(keyOf(sighting.slug)),
    add: ({ failure, user, workspace, slug }, value) => {
      const users = below(failures, failure, newMap<Map<string, NameTable<Value>>>);
      const workspaces = below(users, keyOf(user), newMap<NameTable<Value>>);
      below(workspaces, keyOf(workspace), createNameTable<Value>).add(keyOf(slug), value);
      // What was not there before may be there now.
      last = undefined;
    },
  };
}

function keyOf(name = ''): string {
  return name.toLowerCase();
}

function newMap<Value>(): Map<string, Value> {
  return new Map();
}

function below<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const given = map.get(key) ?? make();
  map.set(key, given);
  return given;
}
