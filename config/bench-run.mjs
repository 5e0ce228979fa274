// What the parts of `npm run bench` share: a process that is watched, a simulator in a process of its own, a row of the table.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

/** The bin. */
export const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Bytes of a MiB. */
export const MEBIBYTE = 1024 * 1024;
/** What a reading of 10,000 repositories may take, in MiB: 200 MB, of the whole process. */
export const MOST_MEBIBYTES = Number((200e6 / MEBIBYTE).toFixed(1));
/** How many requests are under way at once. */
export const CONCURRENCY = 20;

/** Runs a process to its end; gives its exit code, wall time, peak memory and the time at which each line came. */
export function run(file, words, options = {}) {
  const started = performance.now();
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  const lines = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => lines.push({ at: performance.now() - started, text }));
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 50);
  return new Promise((resolve) => {
    child.on('close', (exit) => {
      clearInterval(look);
      resolve({ exit, ms: performance.now() - started, peak, lines });
    });
  });
}

/** Peak resident memory in bytes; 0 once the process is gone. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** A simulator in its own process, with its configuration in a temporary folder; `configure` gives what is changed there, by dotted path. */
export async function withSimulator(options, work, configure = () => ({})) {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-bench-'));
  const file = join(folder, 'bamboo-rekey.yaml');
  const words = ['simulator', '--write-config', file, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])];
  const child = spawn(process.execPath, [BIN, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = createInterface({ input: child.stdout });
  try {
    const address = await new Promise((resolve, reject) => {
      reader.once('line', (line) => resolve(JSON.parse(line)));
      child.once('exit', () => reject(new Error('the simulator did not start')));
    });
    await setIn(file, { 'apply.concurrency': CONCURRENCY, ...configure(address) });
    return await work(folder, address);
  } finally {
    child.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

async function setIn(file, values) {
  const document = parseDocument(await readFile(file, 'utf8'));
  for (const [path, value] of Object.entries(values)) document.setIn(path.split('.'), value);
  await writeFile(file, String(document), { mode: 0o600 });
}

/** Runs the bin in a folder that holds a configuration. */
export function product(folder, ...words) {
  return run(process.execPath, [BIN, '-c', join(folder, 'bamboo-rekey.yaml'), ...words], { cwd: folder });
}

/** Milliseconds between the start of a phase and the last event of a kind in a run's NDJSON. */
export function between(lines, phase, event) {
  const find = (name) => lines.filter(({ text }) => text.includes(`"event":"${name}"`));
  const start = find('PHASE').find(({ text }) => text.includes(`"phase":"${phase}"`));
  const items = find(event);
  return items[items.length - 1].at - start.at;
}

/** The middle one of several values. */
export function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** One line of the table. */
export function row(name, values, unit, bound, detail) {
  const middle = median(values);
  const spread = Math.max(...values) - Math.min(...values);
  return { name, median: middle.toFixed(2), spread: spread.toFixed(2), unit, bound, ok: middle <= bound, runs: values.length, detail };
}
