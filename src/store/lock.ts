import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { RekeyError } from '../core/errors.ts';
import type { HeldLock } from '../core/ports.ts';
import type { FileSystem } from './file-system.ts';
import type { ProcessTable } from './process-table.ts';
import { isSystemError, named } from './system-error.ts';
import { discard, writeNew } from './write-durably.ts';

const Holder = z.strictObject({ host: z.string(), pid: z.number().int(), nonce: z.string(), startedAt: z.string(), processStart: z.string().nullable() });
/** Who holds a lock. The nonce is new each time, so that nobody breaks another lock than the one they saw. */
type Holder = z.infer<typeof Holder>;

/** What a taker of a lock works with. */
export interface LockRequest {
  readonly fileSystem: FileSystem;
  readonly processes: ProcessTable;
  /** Now, as the time since when the lock is held. */
  readonly startedAt: string;
  /** The nonce after --break-lock. */
  readonly breakNonce?: string | undefined;
}

const RELEASE_TRIES = 100;
/** Milliseconds. */
const RELEASE_PAUSE = 10;

interface Attempt extends LockRequest {
  readonly mine: Holder;
}

/**
 * Takes the lock at a path. Invariant: once the file is there, only the holder of `PATH.takeover` replaces or removes it, after reading it again.
 * @throws RekeyError LOCKED when its holder is alive, or cannot be seen from here and its nonce was not given.
 */
export async function takeLock(path: string, request: LockRequest): Promise<HeldLock> {
  const { host, pid } = request.processes;
  const mine = { host, pid, nonce: randomUUID(), startedAt: request.startedAt, processStart: await request.processes.start() };
  const attempt = { ...request, mine };
  await take(path, attempt).catch((thrown: unknown) => {
    throw named(thrown, 'DISK_FAILED', `Could not take the lock ${path}`, 'Free some space or repair the disk, then run the same command again.');
  });
  return { release: () => release(path, attempt) };
}

/** The content is complete before the file gets its name: no lock is ever seen half written. */
async function take(path: string, attempt: Attempt): Promise<void> {
  const prepared = `${path}.${attempt.mine.nonce}.tmp`;
  try {
    await writeNew(attempt.fileSystem, prepared, `${JSON.stringify(attempt.mine)}\n`);
    while (!(await tryOnce(path, prepared, attempt)));
  } finally {
    await discard(attempt.fileSystem, prepared);
  }
}

/** False when the lock changed hands meanwhile, so that it is worth another try. */
async function tryOnce(path: string, prepared: string, attempt: Attempt): Promise<boolean> {
  if (await placed(prepared, path, attempt.fileSystem)) return true;
  const holder = await holderOf(path, attempt.fileSystem);
  if (holder === undefined) return false;
  // A network file system may have answered a link that succeeded with "exists".
  if (holder.nonce === attempt.mine.nonce) return true;
  await refuseUnlessForfeited(holder, attempt);
  return await underGuard(path, attempt, () => attempt.fileSystem.rename(prepared, path), holder.nonce);
}

async function placed(prepared: string, path: string, fileSystem: FileSystem): Promise<boolean> {
  try {
    await fileSystem.link(prepared, path);
    return true;
  } catch (thrown) {
    if (isSystemError(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

/**
 * Changes the lock file if it still is the one with this nonce. The guard is a lock itself, so one that a crash left behind is taken over the same way.
 * If the guard cannot be removed, it is dead as soon as this process ends.
 */
async function underGuard(path: string, attempt: Attempt, act: () => Promise<void>, nonce: string): Promise<boolean> {
  const guard = `${path}.takeover`;
  await take(guard, attempt);
  try {
    if ((await holderOf(path, attempt.fileSystem))?.nonce !== nonce) return false;
    await act();
    return true;
  } finally {
    await discard(attempt.fileSystem, guard);
  }
}

/**
 * Never fails: a lock that could not be released is dead as soon as this process ends. Whoever holds the guard holds it for a few calls to the disk,
 * to find that this lock is alive; so that is waited for.
 */
async function release(path: string, attempt: Attempt): Promise<void> {
  for (let tries = 0; tries < RELEASE_TRIES; tries += 1) {
    try {
      await underGuard(path, attempt, () => attempt.fileSystem.remove(path), attempt.mine.nonce);
      return;
    } catch (thrown) {
      if (!(thrown instanceof RekeyError)) return;
      await setTimeout(RELEASE_PAUSE);
    }
  }
}

async function holderOf(path: string, fileSystem: FileSystem): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(Buffer.from(await fileSystem.read(path, 'refuse')).toString('utf8')));
  } catch (cause) {
    if (isSystemError(cause, 'ENOENT')) return undefined;
    throw new RekeyError('LOCKED', `The lock ${path} is there, and who holds it cannot be read.`, {
      cause,
      remedy: 'When you know that no other run works on this server, delete that file and run the same command again.',
    });
  }
}

async function refuseUnlessForfeited(holder: Holder, { processes, breakNonce }: Attempt): Promise<void> {
  const standing = holder.host === processes.host ? await processes.standing(holder.pid, holder.processStart) : 'unseen';
  if (standing === 'dead' || (standing === 'unseen' && breakNonce === holder.nonce)) return;
  const who = `Another run holds the lock of this server: pid ${holder.pid} on host ${holder.host}, since ${holder.startedAt}, nonce ${holder.nonce}.`;
  const other = breakNonce === undefined || breakNonce === holder.nonce ? '' : ' The nonce given with --break-lock is another one.';
  if (standing === 'alive')
    throw new RekeyError('LOCKED', `${who} It is running.${other}`, {
      remedy: `Wait for it to end. If it hangs, end process ${holder.pid}: its lock is then taken over.`,
    });
  throw new RekeyError('LOCKED', `${who} Whether it still runs cannot be seen from here.${other}`, {
    remedy: `Wait for it to end. Only if you know that it has ended, repeat the command with --break-lock ${holder.nonce}.`,
  });
}
