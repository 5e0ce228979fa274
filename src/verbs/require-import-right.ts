import { accessTokenRights } from '../core/access-token.ts';
import { endsEverything, RekeyError } from '../core/errors.ts';
import type { Change } from '../core/plan-file.ts';
import type { Bamboo } from '../core/ports.ts';

/**
 * A personal access token is read-only unless it was made with its owner's permissions [P]: where the server says so of every token of its owner, no
 * import would be taken. Not told is no reason to stop: the first import decides.
 * @throws RekeyError PERMISSION_MISSING
 */
export async function requireImportRight(changes: readonly Change[], bamboo: Bamboo, signal: AbortSignal): Promise<void> {
  if (!changes.some(isImported) || (await rightsOf(bamboo, signal)) !== 'read-only') return;
  throw new RekeyError(
    'PERMISSION_MISSING',
    "Bamboo's import is refused to a personal access token that may only read, and the server says that this one may do nothing else.",
    {
      remedy: "Make a personal access token with its owner's permissions, put it where bamboo.rest.token points, and run the same command again.",
    },
  );
}

function isImported({ route, level }: Change): boolean {
  return route === 'import' || (route === 'shared-credential' && level === 'project');
}

async function rightsOf(bamboo: Bamboo, signal: AbortSignal): Promise<ReturnType<typeof accessTokenRights> | 'untold'> {
  try {
    const tokens = await bamboo.accessTokens(signal);
    return tokens === undefined ? 'untold' : accessTokenRights(tokens);
  } catch (thrown) {
    if (endsEverything(thrown)) throw thrown;
    return 'untold';
  }
}
