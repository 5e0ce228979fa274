import { readFile, readlink } from 'node:fs/promises';
import { isSystemError } from './system-error.ts';

/** Whether a process still is what it was. `unseen`: that cannot be told from here. */
export type Standing = 'alive' | 'dead' | 'unseen';

/** The processes of this host, as far as a lock needs to know them. */
export interface ProcessTable {
  readonly host: string;
  readonly pid: number;
  /** What tells this process from every other one that has, had or will have its pid; null where the system does not say. */
  start(): Promise<string | null>;
  /** How a process of this host stands, by its pid and the start that it wrote down. */
  standing(pid: number, start: string | null): Promise<Standing>;
}

/** Who this process is, and its way to send the signal 0 (`process.kill`), which only asks whether a process exists. */
export interface Self {
  readonly host: string;
  readonly pid: number;
  readonly signal: (pid: number, signal: 0) => unknown;
}

/** Boot of the kernel, pid namespace within it, and start within that: apart, they decide what can be said. */
interface Start {
  readonly boot: string;
  readonly namespace: string;
  readonly ticks: string;
}

/** `ended`: a zombie, which runs no more though its number is still taken. */
type Reading = Start | 'ended' | 'unreadable';

/** The machine's own process table; start times are known on Linux only. */
export function nodeProcessTable(self: Self): ProcessTable {
  return {
    host: self.host,
    pid: self.pid,
    start: async () => {
      const start = await readStart(self.pid);
      return typeof start === 'object' ? written(start) : null;
    },
    standing: async (pid, start) => {
      const then = parseStart(start);
      return elsewhere(await readStart(self.pid), then) ?? (exists(self, pid) ? await standingOfLiving(pid, then) : 'dead');
    },
  };
}

/** What can be said without looking at the pid: it was of another boot, or is of another container and means nothing here. */
function elsewhere(here: Reading, then: Start | undefined): Standing | undefined {
  if (typeof here === 'string' || then === undefined) return undefined;
  if (here.boot !== then.boot) return 'dead';
  return here.namespace === then.namespace ? undefined : 'unseen';
}

/** A living process with that pid may be another one that got the number later. */
async function standingOfLiving(pid: number, then: Start | undefined): Promise<Standing> {
  const now = await readStart(pid);
  if (now === 'ended') return 'dead';
  if (now === 'unreadable' || then === undefined) return 'unseen';
  return now.ticks === then.ticks ? 'alive' : 'dead';
}

function exists(self: Self, pid: number): boolean {
  try {
    self.signal(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it exists and belongs to another account.
    return !isSystemError(thrown, 'ESRCH');
  }
}

async function readStart(pid: number): Promise<Reading> {
  try {
    const [stat, boot, namespace] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile('/proc/sys/kernel/random/boot_id', 'latin1'),
      readlink('/proc/self/ns/pid'),
    ]);
    // proc(5): the command name may hold anything, so count from the last parenthesis: state is field 3, starttime field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return 'ended';
    return ticks === undefined ? 'unreadable' : { boot: boot.trim(), namespace, ticks };
  } catch {
    return 'unreadable';
  }
}

function written(start: Start): string {
  return `${start.boot} ${start.namespace} ${start.ticks}`;
}

function parseStart(text: string | null): Start | undefined {
  const [boot, namespace, ticks] = text?.split(' ') ?? [];
  return boot === undefined || namespace === undefined || ticks === undefined ? undefined : { boot, namespace, ticks };
}
