import type { Sighting } from './recognise.ts';

/** What is kept for each failure, repository and user. Bitbucket does not tell capitals apart. */
export interface SightingIndex<Value> {
  get(sighting: Sighting): Value | undefined;
  set(sighting: Sighting, value: Value): void;
}

/** Makes an empty index: maps in maps, as joining four names into one key for each of millions of sightings costs more than all that is done with it. */
export function createSightingIndex<Value>(): SightingIndex<Value> {
  const failures = new Map<string, Map<string, Map<string, Map<string, Value>>>>();
  const userKey = createKeys();
  const workspaceKey = createKeys();
  return {
    get: ({ failure, user, workspace, slug = '' }) => failures.get(failure)?.get(userKey(user))?.get(workspaceKey(workspace))?.get(slug.toLowerCase()),
    set: ({ failure, user, workspace, slug = '' }, value) =>
      below(below(below(failures, failure), userKey(user)), workspaceKey(workspace)).set(slug.toLowerCase(), value),
  };
}

/** A name seldom differs from the one before, and of the same string a map need not be told the hash again. */
function createKeys(): (name: string | undefined) => string {
  let last = '';
  let key = '';
  return (name = '') => {
    if (name !== last) {
      last = name;
      key = name.toLowerCase();
    }
    return key;
  };
}

function below<Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const given = map.get(key) ?? new Map<string, Value>();
  map.set(key, given);
  return given;
}
