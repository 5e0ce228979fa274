import { RekeyError } from '../core/errors.ts';
import type { Change } from '../core/plan-file.ts';
import type { Bamboo } from '../core/ports.ts';
import { isTestable } from '../core/sampling.ts';
import { openItem } from './item-work.ts';

/**
 * Asks for one connection test with what is stored now, which changes nothing: a personal access token that may only read is found out before the
 * first write. What else the test says is no concern here.
 * @throws RekeyError PERMISSION_MISSING
 */
export async function requireTestRight(changes: readonly Change[], bamboo: Bamboo): Promise<void> {
  const change = changes.find((each) => each.object === 'repository' && each.route === 'form' && isTestable(each));
  if (change === undefined) return;
  const read = await openItem(change, { bamboo });
  const answer = read.kind === 'object' ? await read.object.test('stored') : undefined;
  if (answer?.kind !== 'forbidden') return;
  throw new RekeyError(
    'PERMISSION_MISSING',
    `Bamboo's connection test is refused: ${answer.why} A personal access token may only read unless it was made with its owner's permissions.`,
    {
      remedy: "Make a personal access token with its owner's permissions, or leave Bamboo's own tests out with --test none.",
    },
  );
}
