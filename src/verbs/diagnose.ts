import { RekeyError } from '../core/errors.ts';
import type { Inventory } from '../core/inventory.ts';
import type { Diagnosis, FoundFailure, ReadLog } from '../core/log-diagnosis/diagnosis.ts';
import { createFailureTally } from '../core/log-diagnosis/failure-tally.ts';
import { joinInventory } from '../core/log-diagnosis/join-inventory.ts';
import { MARKS } from '../core/log-diagnosis/known-failures.ts';
import { recognise } from '../core/log-diagnosis/recognise.ts';
import { inRotationOrder } from '../core/log-diagnosis/rotation-order.ts';
import type { LogReading, Runtime, TakeRecord } from '../core/ports.ts';

/** Which logs are looked at. */
export interface DiagnoseOptions {
  /** Logs as the user names them; `-` is standard input. */
  readonly logs: readonly string[];
  /** A saved inventory, to name the objects on the server. */
  readonly inventory?: string;
}

/** What the logs say. */
export interface DiagnoseResult {
  readonly diagnosis: Diagnosis;
  /** What kept logs from being read whole; the diagnosis holds what could be read. */
  readonly problem?: RekeyError;
}

/** Recognises the known failures in Bamboo's logs. Asks no server and needs no configuration. @throws RekeyError INVENTORY_INVALID | FILE_UNREADABLE */
export async function diagnose({ logs, inventory }: DiagnoseOptions, runtime: Runtime): Promise<DiagnoseResult> {
  const held = inventory === undefined ? undefined : await readInventory(inventory, runtime);
  const tally = createFailureTally();
  const { read, problems } = await readAll(inRotationOrder([...new Set(logs)]), tally.add, runtime);
  const failures = held === undefined ? tally.found() : joinInventory(tally.found(), held);
  for (const failure of failures) tell(failure, runtime);
  const problem = together(problems);
  return { diagnosis: { format: 1, logs: read, failures, untold: tally.untold() }, ...(problem === undefined ? {} : { problem }) };
}

/** Loads the schemas only when they are needed: a large log is read in the memory that is left. */
async function readInventory(path: string, runtime: Runtime): Promise<Inventory> {
  const { decodeInventory } = await import('../core/inventory-codec.ts');
  return decodeInventory(await runtime.documents.read(path), path);
}

type Add = ReturnType<typeof createFailureTally>['add'];

async function readAll(names: readonly string[], add: Add, runtime: Runtime): Promise<{ read: ReadLog[]; problems: RekeyError[] }> {
  const files = await runtime.logs();
  const take: TakeRecord = (record, marks) => {
    const seen = recognise(record, marks);
    if (seen !== undefined) add(seen);
  };
  const read: ReadLog[] = [];
  const problems: RekeyError[] = [];
  runtime.emit({ event: 'PHASE', phase: 'logs', total: names.length });
  for (const name of names) {
    const reading = await files.scan(name, MARKS, take, runtime.stop);
    read.push(readLog(name, reading));
    if ('problem' in reading) problems.push(reading.problem);
    if (reading.kind === 'empty') runtime.emit({ event: 'WARNING', detail: `${name === '-' ? 'Standard input' : name} is empty.` });
    runtime.emit({ event: 'PROGRESS', phase: 'logs', done: read.length, total: names.length });
  }
  return { read, problems };
}

function readLog(name: string, reading: LogReading): ReadLog {
  return { name, bytes: reading.bytes, state: reading.kind, ...('problem' in reading ? { problem: reading.problem.message } : {}) };
}

function tell({ means: _means, ...failure }: FoundFailure, runtime: Runtime): void {
  runtime.emit({ event: 'KNOWN_FAILURE', ...failure });
}

/** All at once, under the code of the first. */
function together([first, ...others]: readonly RekeyError[]): RekeyError | undefined {
  if (first === undefined || others.length === 0) return first;
  return new RekeyError(first.code, [first, ...others].map(({ message }) => message).join('\n'), { cause: first });
}
