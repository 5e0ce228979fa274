/**
 * What is to happen in a child process. Every request and every call to the disk is two points, "before" and "after", numbered as they are met;
 * no list of them is kept anywhere, so a new step of the product is a point at once.
 */
export type Break =
  /** Writes the name of each point into a file, a line each. */
  | { readonly kind: 'record'; readonly file: string }
  /** `kill -9` at a point; with `lost`, the disk forgets what was not synced, as at a power loss. */
  | { readonly kind: 'kill'; readonly at: number; readonly unsynced: 'kept' | 'lost' }
  /** The request was carried out and its answer does not arrive. */
  | { readonly kind: 'drop-answer'; readonly at: number }
  /** Ctrl-C at each of these points. */
  | { readonly kind: 'interrupt'; readonly at: readonly number[] }
  /** From this call on, counted over those that leave something on the disk, the disk takes nothing more. */
  | { readonly kind: 'disk'; readonly from: number; readonly code: DiskFault };

/** How a disk refuses, as the operating system calls it: full, read-only, the quota used up. */
export type DiskFault = 'ENOSPC' | 'EROFS' | 'EDQUOT';

/** The environment variable that holds a `Break` as JSON. */
export const BREAK_VARIABLE = 'BAMBOO_REKEY_TEST_BREAK';
