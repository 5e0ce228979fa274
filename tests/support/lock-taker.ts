import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeFileSystem } from '../../src/store/file-system.ts';
import { nodeProcessTable } from '../../src/store/process-table.ts';
import { openRunStore } from '../../src/store/run-store.ts';

/**
 * A process of its own that takes locks for a test: `lock-taker.ts DIRECTORY`.
 * Told by lines on stdin: `take`, `release`, `work N` (take and release N times, writing down when it is inside). Answers by lines on stdout.
 */
const directory = process.argv[2] ?? '';
const SERVER = 'https://bamboo.example.com';
const store = openRunStore({
  directory: join(directory, 'state'),
  fileSystem: nodeFileSystem,
  processes: nodeProcessTable({ host: hostname(), pid: process.pid, signal: process.kill.bind(process) }),
  clock: { now: () => new Date() },
  platform: process.platform,
  warn: () => undefined,
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function note(word: string): void {
  appendFileSync(join(directory, 'log'), `${process.pid} ${word}\n`);
}

async function work(times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const lock = await store.lock(SERVER).catch((thrown: unknown) => {
      if ((thrown as { code?: string }).code !== 'LOCKED') throw thrown;
    });
    if (lock === undefined) continue;
    note('in');
    note('out');
    await lock.release();
    done += 1;
  }
}

let held: { release(): Promise<void> } | undefined;

async function obey(line: string): Promise<void> {
  const [word, number] = line.split(' ');
  if (word === 'work') await work(Number(number));
  if (word === 'release') await held?.release();
  if (word === 'take') held = await store.lock(SERVER);
  say('done');
}

say('ready');
for await (const line of createInterface({ input: process.stdin })) {
  await obey(line).catch((thrown: unknown) => say(thrown instanceof Error ? `${(thrown as { code?: string }).code} ${thrown.message}` : String(thrown)));
}
