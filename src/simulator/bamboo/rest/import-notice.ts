import { channel } from 'node:diagnostics_channel';

/** One import, as whoever listens in the same process hears of it once it has been answered. */
export interface ImportNotice {
  /** `/repository`, `/sharedCredentials` and so on, below `/import`. */
  readonly path: string;
  readonly body: string;
  /** What the client called itself. */
  readonly sender: string;
  /** The document that was last exported of the same repository. */
  readonly exported?: string;
  readonly status: number;
}

/** The name of the diagnostics channel on which imports are told. */
export const IMPORT_CHANNEL = 'bamboo-rekey.simulator.import';

const imports = channel(IMPORT_CHANNEL);

/** Tells an import, where somebody listens. */
export function tellImport(notice: () => ImportNotice): void {
  if (imports.hasSubscribers) imports.publish(notice());
}
