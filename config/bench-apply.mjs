// Measures the writing phase of `apply`, by the edit form and by import: three requests an object either way. Part of `npm run bench`.
import { between, CONCURRENCY, MEBIBYTE, product, row, withSimulator } from './bench-run.mjs';

/** Read, write, read back; by import: export, import, export. */
const REQUESTS = 3;
const LATENCY_MS = 100;
/** What the issues ask for: 1.05 x ceil(N/C) * k * L, and the memory of the whole process. */
const MOST = { ratio: 1.05, mebibytes: 200 };

/** Some of the simulated repositories belong to plans, which nobody can import: it takes more to have a thousand. */
const ROUTES = {
  form: { repositories: 1540, selection: [], configure: () => ({ 'apply.route': 'form' }) },
  import: {
    repositories: 3650,
    selection: ['--level', 'global', '--level', 'project'],
    configure: ({ home }) => ({ 'apply.route': 'import', 'bamboo.home': home }),
  },
};

/** Plans and applies about a thousand changes by one route. */
async function measure(route, turn) {
  const { repositories, selection, configure } = ROUTES[route];
  const work = async (folder) => {
    await product(folder, 'plan', '-o', 'plan.json', '-q', ...selection);
    const result = await product(folder, 'apply', 'plan.json', '--yes', '--json', '--test', 'canary');
    const isChanged = ({ text }) => text.includes('"event":"ITEM"') && text.includes('"outcome":"changed"');
    // The canary comes before the writing phase.
    const changed = result.lines.filter(isChanged).length - 1;
    const ideal = Math.ceil(changed / CONCURRENCY) * REQUESTS * LATENCY_MS;
    const ms = between(result.lines, 'writing', 'ITEM');
    const detail = `${changed} changes, ${CONCURRENCY} at once, ${LATENCY_MS} ms: ${(ms / 1000).toFixed(1)} s, ideal ${(ideal / 1000).toFixed(1)} s, exit ${result.exit}`;
    return { ratio: ms / ideal, peak: result.peak / MEBIBYTE, detail };
  };
  return withSimulator({ repositories, latency: LATENCY_MS, seed: `bench-${turn}` }, work, configure);
}

/** The rows of one route, `form` or `import`. */
export async function benchApply(route, turns = 1) {
  const results = [];
  for (let turn = 0; turn < turns; turn += 1) results.push(await measure(route, turn));
  const { detail } = results[results.length - 1];
  return [
    row(
      `apply by ${route}, writing phase / ideal`,
      results.map(({ ratio }) => ratio),
      'x',
      MOST.ratio,
      detail,
    ),
    row(
      `apply by ${route}, peak memory`,
      results.map(({ peak }) => peak),
      'MiB',
      MOST.mebibytes,
      '1,000 repositories',
    ),
  ];
}
