// Measures `report` of a plan of 10,000 items: time of the whole process, and size of the file. Part of `npm run bench`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const ITEMS = 10_000;
/** What the issue asks for. */
const MOST_SECONDS = 3;
const MOST_MEGABYTES = 15;

/** As `core/canonical-json.ts` has it: keys in order, no blanks. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

function change(n) {
  return {
    object: 'repository',
    id: String(n),
    level: 'project',
    project: `PRJ${n % 40}`,
    name: `service-${n}`,
    kind: 'bitbucket-cloud',
    workspace: 'acme',
    slug: `service-${n}`,
    route: 'form',
    before: { username: 'buildbot', credential: 'app-password' },
    after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
    fingerprint: 'sha256:0',
    settings: { 'repository.branch': '0a1b2c3d' },
    usedBy: { plans: n % 37, environments: 0, projects: [`PRJ${n % 40}`], inaccessiblePlans: 0, inaccessibleEnvironments: 0 },
    rollback: 'needs-secret',
    warnings: n % 50 === 0 ? ['what uses it could not be read'] : [],
  };
}

function planText() {
  const content = {
    format: 1,
    purpose: 'apply',
    tool: 'bamboo-rekey bench',
    server: { url: 'https://bamboo.example.com', version: '10.2.7' },
    summary: { change: ITEMS, unchanged: 0, cannot: 0 },
    changes: Array.from({ length: ITEMS }, (_, n) => change(n)),
    unchanged: [],
    cannot: [],
    alsoNeeded: [],
  };
  const digest = `sha256:${createHash('sha256').update(canonical(content)).digest('hex')}`;
  return JSON.stringify({ ...content, createdAt: '2026-11-24T10:00:00.000Z', digest });
}

function report(folder) {
  const started = performance.now();
  const child = spawn(process.execPath, [BIN, 'report', 'plan.json', '-o', 'report.html', '--force', '-q'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => {
    child.on('close', (exit) => resolve({ exit, seconds: (performance.now() - started) / 1000 }));
  });
}

/** Writes the HTML report of 10,000 items; measures with their upper bounds. */
export async function benchReport() {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-bench-'));
  try {
    await writeFile(join(folder, 'plan.json'), planText());
    const runs = [await report(folder), await report(folder), await report(folder)];
    const detail = `${ITEMS} items, exit ${runs.map(({ exit }) => exit).join(', ')}`;
    const { size } = await stat(join(folder, 'report.html'));
    return [
      { name: 'report, HTML', values: runs.map(({ seconds }) => seconds), unit: 's', bound: MOST_SECONDS, detail },
      { name: 'report, size', values: [size / 1e6], unit: 'MB', bound: MOST_MEGABYTES, detail },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, values, unit, bound, detail } of await benchReport())
    console.log(`${name.padEnd(22)}${values.map((value) => value.toFixed(2)).join(' ')} ${unit} bound ${bound}   ${detail}`);
}
