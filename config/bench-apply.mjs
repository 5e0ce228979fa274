// Measures the writing phase of `apply`, by the edit form and by import: three requests an object either way. Part of `npm run bench`.
import { Agent, get } from 'node:http';
import { between, CONCURRENCY, MEBIBYTE, MOST_MEBIBYTES, product, row, withSimulator } from './bench-run.mjs';

/** Read, write, read back; by import: export, import, export. */
const REQUESTS = 3;
const LATENCY_MS = 100;
/** Requests of each bare client. */
const BARE_TURNS = 20;
/** What the issues ask for: 1.05 x ceil(N/C) * k * L. */
const MOST_RATIO = 1.05;
/** How often each route is measured. */
const TURNS = 3;

/** Some of the simulated repositories belong to plans, which nobody can import: it takes more to have a thousand. */
const ROUTES = {
  form: { repositories: 1540, selection: [], configure: () => ({ 'apply.route': 'form' }) },
  import: {
    repositories: 3650,
    selection: ['--level', 'global', '--level', 'project'],
    configure: ({ home }) => ({ 'apply.route': 'import', 'bamboo.home': home }),
  },
};

/** What a client that does nothing else waits for an answer, in milliseconds: so much is the simulator's own. */
async function bareWait(bambooUrl) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const wait = () => {
    const began = performance.now();
    const answered = (response, resolve) => response.resume().on('end', () => resolve(performance.now() - began));
    return new Promise((resolve, reject) => {
      get(`${bambooUrl}/rest/api/latest/server`, { agent }, (response) => answered(response, resolve)).on('error', reject);
    });
  };
  const worker = async () => {
    let sum = 0;
    for (let turn = 0; turn < BARE_TURNS; turn += 1) sum += await wait();
    return sum / BARE_TURNS;
  };
  const means = await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  agent.destroy();
  return means.reduce((sum, mean) => sum + mean) / CONCURRENCY;
}

/** Plans and applies about a thousand changes by one route. */
async function measure(route, turn) {
  const { repositories, selection, configure } = ROUTES[route];
  const work = async (folder, { bambooUrl }) => {
    const bare = await bareWait(bambooUrl);
    await product(folder, 'plan', '-o', 'plan.json', '-q', ...selection);
    const result = await product(folder, 'apply', 'plan.json', '--yes', '--json', '--test', 'canary');
    const isChanged = ({ text }) => text.includes('"event":"ITEM"') && text.includes('"outcome":"changed"');
    // The canary comes before the writing phase.
    const changed = result.lines.filter(isChanged).length - 1;
    const ideal = Math.ceil(changed / CONCURRENCY) * REQUESTS * LATENCY_MS;
    const ms = between(result.lines, 'writing', 'ITEM');
    const detail = `${changed} changes, ${CONCURRENCY} at once, ${LATENCY_MS} ms (${bare.toFixed(1)} for a bare client): ${(ms / 1000).toFixed(1)} s, ideal ${(ideal / 1000).toFixed(1)} s, exit ${result.exit}`;
    return { ratio: ms / ideal, peak: result.peak / MEBIBYTE, detail };
  };
  return withSimulator({ repositories, latency: LATENCY_MS, seed: `bench-${turn}` }, work, configure);
}

/** The rows of one route, `form` or `import`. */
export async function benchApply(route) {
  const results = [];
  for (let turn = 0; turn < TURNS; turn += 1) results.push(await measure(route, turn));
  const { detail } = results[results.length - 1];
  return [
    row(
      `apply by ${route}, writing phase / ideal`,
      results.map(({ ratio }) => ratio),
      'x',
      MOST_RATIO,
      detail,
    ),
    row(
      `apply by ${route}, peak memory`,
      results.map(({ peak }) => peak),
      'MiB',
      MOST_MEBIBYTES,
      '1,000 repositories',
    ),
  ];
}
