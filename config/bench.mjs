// Measures what the README and docs/performance.md promise, against the simulator in a process of its own. `npm run bench [-- NAME…]`.
// Prints a table: median over the repeats, spread, and the ratio to the ideal ceil(N/C) * k * L. Exit 1 when a bound is broken.
import { benchApply } from './bench-apply.mjs';
import { benchDatabase } from './bench-database.mjs';
import { benchDiagnose } from './bench-diagnose.mjs';
import { benchDurable } from './bench-durable.mjs';
import { benchReport } from './bench-report.mjs';
import { BIN, CONCURRENCY, MEBIBYTE, MOST_MEBIBYTES, median, product, row, run, withSimulator } from './bench-run.mjs';

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

/** Reading 10,000 repositories, counted in requests by the simulator itself. */
async function reading() {
  const latency = 100;
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
    rows.push(row(`${verb} of 10,000 / ideal`, ratios, 'x', 1.1, detail), row(`${verb}, peak memory`, peaks, 'MiB', MOST_MEBIBYTES, '10,000 repositories'));
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

const BENCHES = {
  help,
  apply: () => benchApply('form'),
  import: () => benchApply('import'),
  durable: () => benchDurable(),
  reading,
  diagnose,
  database,
  report,
};
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
