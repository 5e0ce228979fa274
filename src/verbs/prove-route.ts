import type { Check } from '../core/check.ts';
import { endsEverything, type RekeyError, toRekeyError } from '../core/errors.ts';
import type { Settlement } from '../core/judge.ts';
import type { Place } from '../core/model.ts';
import { fingerprint, type ObjectState, settingDigests } from '../core/object-state.ts';
import { placeOf } from '../core/place.ts';
import type { Change } from '../core/plan-file.ts';
import type { Bamboo, Clock, OpenedObject } from '../core/ports.ts';
import { scratchUsername } from '../core/scratch.ts';
import { Secret } from '../core/secret.ts';
import { writeItem } from './write-item.ts';

/** The routes that write a linked repository of its own user name. */
export type ProvableRoute = 'import' | 'form';

/** What a proof works with. */
export interface ProofWork {
  readonly bamboo: Bamboo;
  readonly clock: Clock;
}

type Met = { readonly kind: 'open'; readonly object: OpenedObject } | { readonly kind: 'closed'; readonly why: string; readonly remedy?: string };

/** Writes a made-up pair by a route, and reads back that nothing else changed. A route that is not open is a warning. @throws RekeyError with exit 7 */
export async function proveRoute(place: Place, route: ProvableRoute, work: ProofWork): Promise<Check> {
  const settled = await attempt(place, route, work);
  // A session that ended before the write is opened again with the form.
  const end = settled === 'session-lost' ? await attempt(place, route, work) : settled;
  const check = `prove:${route}`;
  if (end === 'session-lost') return { check, status: 'failed', detail: 'the session ended twice before the write' };
  if ('kind' in end)
    return { check, status: 'warning', detail: `not open, so nothing was written: ${end.why}`, ...(end.remedy === undefined ? {} : { remedy: end.remedy }) };
  const { outcome, otherId } = end;
  if (otherId !== undefined) return { check, status: 'failed', ...secondMade(place, otherId) };
  const isGood = outcome.kind === 'changed';
  const good = 'user name and password were written, and reading back shows that nothing else changed';
  return { check, status: isGood ? 'ok' : 'failed', detail: isGood ? good : `${outcome.kind}: ${outcome.why}` };
}

/** There is no run that could be rolled back: what the proof does not find and remove by itself is left to a person. */
function secondMade({ name, id }: Place, otherId: string): Pick<Check, 'detail' | 'remedy'> {
  return {
    detail: `the write of "${name}" (id ${id}) was answered for another repository (id ${otherId}): Bamboo has made, or changed, a second one`,
    remedy: `Look at the repository with id ${otherId} under linked repositories: if it is new and the proof has not removed it, remove it there by hand. Do not use this route on this server.`,
  };
}

async function attempt(place: Place, route: ProvableRoute, work: ProofWork): Promise<Settlement | 'session-lost' | Exclude<Met, { kind: 'open' }>> {
  const met = await meet(place, route, work);
  if (met.kind === 'closed') return met;
  const { state } = met.object;
  const change = scratchChange(state, route);
  return writeItem(change, met.object, { username: change.after.username, secret: new Secret(`made-up-for-${route}`) }, work);
}

async function meet(place: Place, route: ProvableRoute, { bamboo }: ProofWork): Promise<Met> {
  try {
    const opened = await bamboo.route(route).open(place);
    if (opened.kind !== 'object') return { kind: 'closed', why: 'it is shown as a repository of another type' };
    const { writable } = opened.object.state;
    return writable.kind === 'yes' ? { kind: 'open', object: opened.object } : { kind: 'closed', why: writable.why };
  } catch (thrown) {
    return closedBy(toRekeyError(thrown));
  }
}

/** @throws what concerns more than this route */
function closedBy(problem: RekeyError): Met {
  if (endsEverything(problem) || problem.code === 'INTERNAL') throw problem;
  return { kind: 'closed', why: problem.message, remedy: problem.remedy };
}

/** What a plan would hold of it. */
function scratchChange(state: ObjectState, route: ProvableRoute): Change {
  const { place, kind, workspace = '', slug = '', credential, settings } = state;
  return {
    ...placeOf(place),
    kind,
    workspace,
    slug,
    route,
    before: { username: credential.username ?? '', credential: credential.kind },
    after: { username: scratchUsername(route), credential: 'api-token' },
    fingerprint: fingerprint(state),
    settings: settingDigests(settings),
    usedBy: null,
    rollback: 'needs-secret',
    warnings: [],
  };
}
