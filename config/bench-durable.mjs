// Measures what the durable steps of `apply` cost: the same run with the disk's fsync and without. Part of `npm run bench`; alone:
// `node config/bench-durable.mjs [REPOSITORIES] [TURNS]`. The product has no switch for this: the measured child gets a module that counts its syncs, and
// in every other run leaves them out.
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIN, between, CONCURRENCY, median, row, run, withSimulator } from './bench-run.mjs';

const LATENCY_MS = 100;
/** The durable steps may cost 3 %. */
const MOST_RATIO = 1.03;
/** About a thousand changes. */
const REPOSITORIES = 1540;
const TURNS = 5;
/** Of a file system in memory, where a sync costs nothing [linux/magic.h]. */
const TMPFS = 0x01021994;

/** Put before the program: every way to sync that Node has, counted; carried out only where `real` says so. */
function syncModule(real, countFile) {
  return `
    import fs, { promises } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let count = 0;
    const around = (object, name, otherwise) => {
      const inner = object[name];
      object[name] = function (...given) {
        count += 1;
        return ${real} ? inner.apply(this, given) : otherwise(given);
      };
    };
    const handle = await promises.open(process.execPath);
    for (const name of ['sync', 'datasync']) around(Object.getPrototypeOf(handle), name, () => Promise.resolve());
    await handle.close();
    for (const name of ['fsync', 'fdatasync']) around(fs, name, (given) => queueMicrotask(() => given.at(-1)(null)));
    for (const name of ['fsyncSync', 'fdatasyncSync']) around(fs, name, () => undefined);
    syncBuiltinESMExports();
    process.on('exit', () => fs.writeFileSync(${JSON.stringify(countFile)}, String(count)));`;
}

function child(folder, real, words) {
  const source = syncModule(real, join(folder, 'syncs'));
  const before = ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
  return run(process.execPath, [...before, BIN, '-c', join(folder, 'bamboo-rekey.yaml'), ...words], { cwd: folder });
}

async function setLatency(bambooUrl, latencyMs) {
  const answer = await fetch(new URL('/simulator/switches', bambooUrl), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ latencyMs }),
  });
  if (!answer.ok) throw new Error(`the simulator did not take its latency: ${answer.status}`);
}

/** The writing phase of one apply, on a server of its own. */
function measure(repositories, real, seed) {
  return withSimulator({ repositories, seed }, async (folder, { bambooUrl }) => {
    await child(folder, true, ['plan', '-o', 'plan.json', '-q']);
    await setLatency(bambooUrl, LATENCY_MS);
    const { exit, lines } = await child(folder, real, ['apply', 'plan.json', '--yes', '--json', '--test', 'canary']);
    const changed = lines.filter(({ text }) => text.includes('"event":"ITEM"') && text.includes('"outcome":"changed"')).length;
    const syncs = Number(await readFile(join(folder, 'syncs'), 'utf8'));
    if (exit !== 0 || changed === 0 || syncs === 0) throw new Error(`the measured apply ended with ${exit} after ${syncs} syncs for ${changed} changes`);
    const inMemory = (await statfs(folder)).type === TMPFS;
    return { seconds: between(lines, 'writing', 'ITEM') / 1000, changed, syncs, inMemory };
  });
}

/** The cost of the durable steps as a ratio; the two ways are taken in turns, each first every other time. */
export async function benchDurable(repositories = REPOSITORIES, turns = TURNS) {
  const synced = [];
  const unsynced = [];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const real of turn % 2 === 0 ? [true, false] : [false, true]) (real ? synced : unsynced).push(await measure(repositories, real, `durable-${turn}`));
  }
  const middle = (runs) => median(runs.map(({ seconds }) => seconds)).toFixed(2);
  const { changed, syncs, inMemory } = synced[0];
  const place = inMemory ? ', **on a file system in memory, where a sync costs nothing: set TMPDIR**' : '';
  const detail = `${changed} changes, ${CONCURRENCY} at once, ${LATENCY_MS} ms: ${middle(synced)} s with ${syncs} syncs, ${middle(unsynced)} s without${place}`;
  const ratios = synced.map(({ seconds }, turn) => seconds / unsynced[turn].seconds);
  return [row('apply with fsync / without', ratios, 'x', MOST_RATIO, detail)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [repositories, turns] = process.argv.slice(2).map(Number);
  for (const { name, median: middle, spread, bound, detail } of await benchDurable(repositories, turns))
    process.stdout.write(`${name}: ${middle} x, spread ${spread}, bound ${bound}; ${detail}\n`);
}
