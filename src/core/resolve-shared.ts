import type { Place } from './model.ts';
import type { Reading } from './reading.ts';

/** An exported document names a shared credential by scope and name; where exactly one that was read is meant, this puts its id there. */
export function resolveShared(reading: Reading, credentials: readonly Place[]): Reading {
  const { item } = reading;
  const { shared } = item.credential;
  const [, scope] = /^(GLOBAL|PROJECT):/.exec(shared?.id ?? '') ?? [];
  if (shared === undefined || scope === undefined) return reading;
  const isMeant = ({ level, project, name }: Place): boolean =>
    name === shared.name && (scope === 'GLOBAL' ? level === 'global' : level === 'project' && project === item.project);
  const [found, ...others] = credentials.filter(isMeant);
  if (found === undefined || others.length > 0) return reading;
  return { ...reading, item: { ...item, credential: { ...item.credential, shared: { ...shared, id: found.id } } } };
}
