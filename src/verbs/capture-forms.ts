import type { Check } from '../core/check.ts';
import { endsEverything, toRekeyError } from '../core/errors.ts';
import type { Place } from '../core/model.ts';
import { placeOf } from '../core/place.ts';
import type { Runtime } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import { isInline } from '../core/sides.ts';
import { describePlace, type ServerReading } from './read-server.ts';

/** More pages than a person would look at, or send. */
const MOST_PAGES = 20;

/** A form that holds a user name and password, or something that is not known, and that can't be written: it was not understood to its end. */
function isHalfUnderstood({ item, writable, gitUrl, route }: Reading): boolean {
  const { kind } = item.credential;
  // It was read from its exported document: no form of it was met.
  if (route === 'import') return false;
  // All is understood where a user name in the address is what keeps it from being written.
  if (gitUrl?.kind === 'https' && gitUrl.usernameInUrl !== undefined) return false;
  return writable.kind === 'no' && (kind === 'unknown' || isInline(kind)) && !(item.object === 'shared-credential' && item.level === 'project');
}

/** The forms that were not understood. */
export function strangeForms({ readings, strange }: Pick<ServerReading, 'readings' | 'strange'>): Place[] {
  return [...strange, ...readings.filter(isHalfUnderstood).map(({ item }) => placeOf(item))];
}

/** Saves these pages, redacted, each in a file of its own. @throws RekeyError FILE_UNWRITABLE, or with exit 7 */
export async function captureForms(places: readonly Place[], directory: string, runtime: Runtime): Promise<Check[]> {
  if (places.length === 0) return [{ check: 'capture', status: 'ok', detail: 'every edit form was understood; there is nothing to save' }];
  await runtime.documents.makeDirectory(directory);
  const checks: Check[] = [];
  let saved = 0;
  for (const place of places.slice(0, MOST_PAGES)) {
    const path = `${directory}/${place.object}-${place.level}-${place.id}.html`;
    const page = await redacted(place, runtime);
    if (page.kind === 'unread') checks.push({ check: 'capture', status: 'warning', detail: `${describePlace(place)}: ${page.why}` });
    else {
      await runtime.documents.write(path, page.text);
      saved += 1;
    }
  }
  const left = places.length - Math.min(places.length, MOST_PAGES);
  const more = left === 0 ? '' : `; ${left} more are like them, or can be saved when these are understood`;
  return [
    ...checks,
    { check: 'capture', status: 'ok', detail: `${saved} page(s) saved in ${directory} without their values; safe to send, but look at them first${more}` },
  ];
}

async function redacted(place: Place, runtime: Runtime): Promise<{ kind: 'page'; text: string } | { kind: 'unread'; why: string }> {
  try {
    return { kind: 'page', text: await (await runtime.bamboo()).capture(place, runtime.stop) };
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return { kind: 'unread', why: toRekeyError(thrown).message };
  }
}
