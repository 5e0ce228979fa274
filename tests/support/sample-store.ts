import type { RunStore } from '../../src/core/ports.ts';
import { type FileSystem, nodeFileSystem } from '../../src/store/file-system.ts';
import type { ProcessTable, Standing } from '../../src/store/process-table.ts';
import { openRunStore } from '../../src/store/run-store.ts';

/** Processes as a test wants them: `ended` names the pids that live no more. */
export function processTable(pid: number, host = 'here', ended: ReadonlySet<number> = new Set()): ProcessTable {
  const standing = async (other: number): Promise<Standing> => (ended.has(other) ? 'dead' : 'alive');
  return { host, pid, start: async () => `start of ${pid}`, standing };
}

/** A store on a directory; what is not given is as on any Linux machine. */
export function sampleStore(
  directory: string,
  over: { fileSystem?: FileSystem; processes?: ProcessTable; platform?: string; warn?: (detail: string) => void } = {},
): RunStore {
  return openRunStore({
    directory,
    fileSystem: nodeFileSystem,
    processes: processTable(1),
    clock: { now: () => new Date('2026-03-01T10:00:00.000Z') },
    platform: 'linux',
    warn: () => undefined,
    ...over,
  });
}
