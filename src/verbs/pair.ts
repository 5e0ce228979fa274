import { RekeyError } from '../core/errors.ts';
import { readLines } from '../core/line-codec.ts';
import { type Change, changeKey, type Side } from '../core/plan-file.ts';
import type { Pair, Runtime } from '../core/ports.ts';
import { Secret } from '../core/secret.ts';
import { SnapshotEntry } from '../core/snapshot.ts';
import { credentialOf } from '../core/specs-document/account-slot.ts';
import { parseSpecs } from '../core/specs-document/parse-specs.ts';

/** The user name of a change's new side with the secret that belongs to it. @throws RekeyError SECRET_UNREADABLE | PLAN_INVALID | RUN_DAMAGED */
export async function pairOf(change: Change, runtime: Runtime): Promise<Pair> {
  const { username, token, previous, kept } = change.after;
  if (change.object === 'twin' && change.after.credential === 'none') return { username, secret: new Secret('') };
  if (kept !== undefined) return keptPair(change, kept, runtime);
  if (token !== undefined) return { username, secret: await runtime.tokenSecret(token) };
  if (previous !== undefined) return { username, secret: await runtime.previousSecret(previous) };
  throw new RekeyError('PLAN_INVALID', `The plan names no secret for the user name "${username}".`);
}

/** The pair as the server itself had written it down: the first snapshot of the object is the state before the run. */
async function keptPair(change: Change, kept: NonNullable<Side['kept']>, runtime: Runtime): Promise<Pair> {
  const { username } = change.after;
  const document = (await snapshotsOf(kept, runtime)).find(({ key }) => key === changeKey(change))?.document;
  const parsed = document === undefined ? undefined : parseSpecs(document);
  const found = parsed?.kind === 'tree' ? credentialOf(parsed.tree) : undefined;
  if (document === undefined || found === undefined || found.username !== username)
    throw new RekeyError('RUN_DAMAGED', `The kept document of "${change.name}" does not hold the secret of "${username}" any more.`);
  return { username, secret: new Secret(found.password), document };
}

async function snapshotsOf(kept: NonNullable<Side['kept']>, runtime: Runtime): Promise<readonly SnapshotEntry[]> {
  if ('run' in kept) return (await (await runtime.store()).read(kept.run)).snapshots;
  return readLines(await runtime.documents.read(kept.file), kept.file, SnapshotEntry).entries;
}
