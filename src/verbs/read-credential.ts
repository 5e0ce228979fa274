import { sortUses } from '../core/credential-uses.ts';
import type { Place, Usage } from '../core/model.ts';
import type { ObjectState } from '../core/object-state.ts';
import type { CredentialUse } from '../core/ports.ts';
import { type Reading, toReading } from '../core/reading.ts';
import { sharedUsage } from '../core/shared-users.ts';

/** A shared credential as it was read, and who uses it by the server's own list; undefined where there is none, or it could not be read. */
export interface ReadCredential {
  readonly state: ObjectState;
  uses?: readonly CredentialUse[] | undefined;
}

/** Repositories that were met on the same walk. */
export interface MetRepositories {
  readonly repositories: readonly Reading[];
  readonly otherTypes: readonly Place[];
}

const NOBODY: Usage = { plans: 0, environments: 0, repositories: 0, projects: [], inaccessiblePlans: 0, inaccessibleEnvironments: 0 };

/** Puts a credential together with everybody who uses it. */
export function toCredentialReading({ state, uses }: ReadCredential, { repositories, otherTypes }: MetRepositories): Reading {
  const source = state.place.level === 'global' ? 'form' : 'rest';
  const reading = toReading(state, { usedBy: null, specsBound: null, sources: [source] });
  if (uses === undefined) return reading;
  const isUser = ({ item }: Reading): boolean => item.credential.shared?.id === state.place.id;
  const users = repositories.filter(isUser);
  const known = { users: users.map(({ item }) => item), otherTypes, others: repositories.filter((each) => !isUser(each)).map(({ item }) => item) };
  const found = sortUses(uses, known);
  const usage = sharedUsage(reading, users) ?? NOBODY;
  const usedBy = { ...usage, repositories: Math.max(usage.repositories ?? 0, found.repositories) };
  return { ...reading, item: { ...reading.item, usedBy, notes: [...reading.item.notes, ...found.notes] }, otherUsers: found.otherUsers };
}
