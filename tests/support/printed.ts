import type { Artefact } from './secret-search.ts';

const printed = new Map<string, Artefact[]>();

/** Keeps what a command in a directory has printed: when the directory goes, secrets are looked for there, too. */
export function keepPrinted(directory: string, name: string, text: string): void {
  const kept = printed.get(directory) ?? [];
  kept.push({ name, bytes: Buffer.from(text) });
  printed.set(directory, kept);
}

/** Gives what was kept for a directory, and keeps it no longer. */
export function takePrinted(directory: string): Artefact[] {
  const kept = printed.get(directory) ?? [];
  printed.delete(directory);
  return kept;
}
