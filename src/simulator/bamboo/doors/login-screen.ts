import type { BambooContext } from '../context.ts';
import { isAtLeast } from '../version.ts';

/** Whether this server logs people in by two steps: from 10.1 [D], where no trait says otherwise. */
export function hasTwoSteps({ traits, version }: Pick<BambooContext, 'traits' | 'version'>): boolean {
  if (traits.loginScreen !== 'by-version') return traits.loginScreen === 'two-step';
  return isAtLeast(version, 10, 1);
}

/** Whether the password for a secure administrator session is taken by a call: from 10.1 [D]. */
export function hasElevationCall(server: Pick<BambooContext, 'traits' | 'version'>): boolean {
  return hasTwoSteps(server) || isAtLeast(server.version, 10, 1);
}
