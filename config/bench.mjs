// Measures what the README and docs/performance.md promise, against the simulator in a process of its own. `npm run bench [-- NAME…]`.
// Prints a table: median over the repeats, spread, and the ratio to the ideal ceil(N/C) * k * L. Exit 1 when a bound is broken.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { benchDatabase } from './bench-database.mjs';
import { benchDiagnose } from './bench-diagnose.mjs';
import { benchReport } from './bench-report.mjs';

const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const MEBIBYTE = 1024 * 1024;
const CONCURRENCY = 20;

/** Runs a process to its end; gives its exit code, wall time, peak memory and the time at which each line came. */
function run(file, words, options = {}) {
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

/** A simulator in its own process, with its configuration in a temporary folder. */
async function withSimulator(options, work) {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-bench-'));
  const words = [
    'simulator',
    '--write-config',
    join(folder, 'bamboo-rekey.yaml'),
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ];
  const child = spawn(process.execPath, [BIN, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = createInterface({ input: child.stdout });
  try {
    const address = await new Promise((resolve, reject) => {
      reader.once('line', (line) => resolve(JSON.parse(line)));
      child.once('exit', () => reject(new Error('the simulator did not start')));
    });
    await appendFile(join(folder, 'bamboo-rekey.yaml'), `apply: { concurrency: ${CONCURRENCY} }\n`);
    return await work(folder, address);
  } finally {
    child.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

function product(folder, ...words) {
  return run(process.execPath, [BIN, '-c', join(folder, 'bamboo-rekey.yaml'), ...words], { cwd: folder });
}

/** Milliseconds between two events of a run's NDJSON. */
function between(lines, from, to) {
  const find = (name) => lines.filter(({ text }) => text.includes(`"event":"${name}"`));
  const start = find('PHASE').find(({ text }) => text.includes(`"phase":"${from}"`));
  const items = find(to);
  return items[items.length - 1].at - start.at;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

function row(name, values, unit, bound, detail) {
  const middle = median(values);
  const spread = Math.max(...values) - Math.min(...values);
  return { name, median: middle.toFixed(2), spread: spread.toFixed(2), unit, bound, ok: middle <= bound, runs: values.length, detail };
}

/** Start-up of `--help` against a bare node; the two are taken in turns, so that the machine's mood meets both. */
async function help() {
  const bare = [];
  const ours = [];
  for (let turn = 0; turn < 15; turn += 1) {
    bare.push((await run(process.execPath, ['-e', '0'])).ms);
    ours.push((await run(process.execPath, [BIN, '--help'])).ms);
  }
  return [
    row(
      '--help / node -e 0',
      ours.map((ms, turn) => ms / bare[turn]),
      'x',
      2.5,
      `node -e 0: ${median(bare).toFixed(0)} ms, --help: ${median(ours).toFixed(0)} ms`,
    ),
  ];
}

/** The writing phase of 1,000 repositories: read, write, read back each. */
async function apply() {
  const [latency, k] = [100, 3];
  const ratios = [];
  const peaks = [];
  let detail = '';
  for (let turn = 0; turn < 1; turn += 1) {
    await withSimulator({ repositories: 1540, latency, seed: `bench-${turn}` }, async (folder) => {
      await product(folder, 'plan', '-o', 'plan.json', '-q');
      const result = await product(folder, 'apply', 'plan.json', '--yes', '--json', '--test', 'canary');
      const changed = result.lines.filter(({ text }) => text.includes('"event":"ITEM"')).length - 1;
      const ideal = Math.ceil(changed / CONCURRENCY) * k * latency;
      const ms = between(result.lines, 'writing', 'ITEM');
      ratios.push(ms / ideal);
      peaks.push(result.peak / MEBIBYTE);
      detail = `${changed} changes, ${CONCURRENCY} at once, ${latency} ms: ${(ms / 1000).toFixed(1)} s, ideal ${(ideal / 1000).toFixed(1)} s, exit ${result.exit}`;
    });
  }
  return [row('apply, writing phase / ideal', ratios, 'x', 1.05, detail), row('apply, peak memory', peaks, 'MiB', 200, '1,000 repositories')];
}

/** Reading 10,000 repositories, counted in requests by the simulator itself. */
async function reading() {
  const latency = 20;
  const rows = [];
  for (const verb of ['inventory', 'plan']) {
    const ratios = [];
    const peaks = [];
    let detail = '';
    for (let turn = 0; turn < 2; turn += 1) {
      await withSimulator({ repositories: 10000, latency, seed: 'bench' }, async (folder, { bambooUrl }) => {
        const words = verb === 'plan' ? ['plan', '-o', 'out.json'] : ['inventory', '--format', 'json', '-o', 'out.json'];
        const result = await product(folder, ...words, '-q');
        const requests = (await (await fetch(new URL('/simulator/requests', bambooUrl))).json()).length;
        const ideal = Math.ceil(requests / CONCURRENCY) * latency;
        ratios.push(result.ms / ideal);
        peaks.push(result.peak / MEBIBYTE);
        detail = `${requests} requests, ${CONCURRENCY} at once, ${latency} ms: ${(result.ms / 1000).toFixed(1)} s, ideal ${(ideal / 1000).toFixed(1)} s, exit ${result.exit}`;
      });
    }
    rows.push(row(`${verb} of 10,000 / ideal`, ratios, 'x', 1.1, detail), row(`${verb}, peak memory`, peaks, 'MiB', 200, '10,000 repositories'));
  }
  return rows;
}

/** Reading logs. */
async function diagnose() {
  return (await benchDiagnose()).map(({ name, values, unit, bound, detail }) => row(name, values, unit, Number(bound.toFixed(2)), detail));
}

/** Reading a database. */
async function database() {
  return (await benchDatabase()).map(({ name, values, unit, bound, detail }) => row(name, values, unit, bound, detail));
}

/** The HTML report of 10,000 items. */
async function report() {
  return (await benchReport()).map(({ name, values, unit, bound, detail }) => row(name, values, unit, bound, detail));
}

const BENCHES = { help, apply, reading, diagnose, database, report };
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
const rows = [];
for (const name of names) rows.push(...(await BENCHES[name]()));
process.stdout.write('| what | median | spread | bound | runs | |\n|---|---|---|---|---|---|\n');
for (const each of rows)
  process.stdout.write(
    `| ${each.name} | ${each.median} ${each.unit}${each.ok ? '' : ' **over**'} | ${each.spread} | ${each.bound} | ${each.runs} | ${each.detail} |\n`,
  );
process.exitCode = rows.every((each) => each.ok) ? 0 : 1;
