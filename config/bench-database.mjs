// Measures the reading of 100,000 definitions of 2 kB from a PostgreSQL of its own against `psql` copying the same rows. Part of `npm run bench`.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROWS = 100_000;
const TURNS = 3;
/** What the issue asks for. */
const MOST_TIME = 6;
const MOST_MEMORY = 200;
const MEGABYTE = 1e6;

const TABLES = `
CREATE TABLE project (project_id bigint PRIMARY KEY, project_key varchar(255));
CREATE TABLE build (build_id bigint PRIMARY KEY, full_key varchar(255), marked_for_deletion boolean, build_type varchar(255), project_id bigint);
CREATE TABLE vcs_location (vcs_location_id bigint PRIMARY KEY, name varchar(255), plugin_key varchar(255), xml_definition_data text,
  marked_for_deletion boolean, is_global boolean, project_id bigint, parent_id bigint);
CREATE TABLE plan_vcs_location (plan_id bigint, vcs_location_id bigint);
INSERT INTO project SELECT i, 'PR' || i FROM generate_series(1, 500) i;
INSERT INTO build SELECT i, 'PR' || (i % 500 + 1) || '-PLAN' || i, false, 'CHAIN', i % 500 + 1 FROM generate_series(1, 20000) i;
INSERT INTO plan_vcs_location SELECT i % 20000 + 1, i FROM generate_series(1, ${ROWS}) i;
INSERT INTO vcs_location SELECT i, 'repository ' || i, 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloud',
  '<?xml version="1.0" encoding="UTF-8"?><repository><serverConfiguration>'
  || (SELECT string_agg('<entry><string>repository.bitbucket.' || entry, E'\\n  ') FROM unnest(ARRAY[
    'username</string><string>buildbot-' || i % 200 || '</string></entry>', 'repository</string><string>acme/service-' || i || '</string></entry>',
    'password</string><string>BAMSCRT@0@0@' || md5(i::text) || md5((i + 1)::text) || '</string></entry>',
    'passwordCredentialsSource</string><string>CUSTOM</string></entry>', 'branch</string><string>main</string></entry>']) entry)
  || '</serverConfiguration><branchDetectionConfiguration>'
  || (SELECT string_agg('<entry><string>branch.detection.setting' || j || '</string><string>value ' || md5((i + j)::text) || '</string></entry>', E'\\n  ') FROM generate_series(1, 12) j)
  || '</branchDetectionConfiguration></repository>', false, false, NULL, NULL FROM generate_series(1, ${ROWS}) i;
VACUUM ANALYZE;`;

/** The server refuses to run as root: then its own user runs it. */
function asServer(program, words) {
  return process.getuid() === 0 ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...words]] : [program, words];
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A PostgreSQL for as long as the work lasts, in a folder of its own. */
async function withPostgresql(work) {
  const programs = `/usr/lib/postgresql/${readdirSync('/usr/lib/postgresql').sort().at(-1)}/bin`;
  const folder = mkdtempSync(join(tmpdir(), 'bamboo-rekey-bench-'));
  if (process.getuid() === 0) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])));
  const port = await freePort();
  const data = join(folder, 'data');
  const call = (name, ...words) => execFileSync(...asServer(join(programs, name), words), { cwd: folder, stdio: 'ignore' });
  call('initdb', '-D', data, '-U', 'owner', '-A', 'trust', '--no-sync');
  call('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`, '-w', 'start');
  try {
    return await work((...words) => ['psql', ['-X', '-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'owner', '-d', 'postgres', ...words]], port);
  } finally {
    call('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Wall time of a process from its start to its end, and what it said. */
function time(file, words) {
  const started = performance.now();
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    if (said.length < 1000) said += chunk;
  });
  return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, said, seconds: (performance.now() - started) / 1000 })));
}

/** Reads the database in a process of its own, with the code as it would be bundled into the bin. */
const READER = `
const { readDatabase, Secret } = await import(process.argv[1]);
const { items } = await readDatabase({ url: new Secret(process.argv[2]), git: 'https://bitbucket.org', signal: new AbortController().signal });
console.log(JSON.stringify({ items: items.length, peak: process.resourceUsage().maxRSS * 1024 }));`;

async function bundleReader(folder) {
  await build({
    stdin: { contents: "export * from './src/database/read-database.ts'; export * from './src/core/secret.ts';", resolveDir: ROOT, loader: 'ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
  });
  return join(folder, 'stdin.mjs');
}

/** Reads all rows and copies the same rows to nowhere, in turns; measures with their upper bounds. */
export async function benchDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-bench-'));
  try {
    const reader = await bundleReader(folder);
    return await withPostgresql(async (psql, port) => {
      execFileSync(...psql('-c', TABLES.replace(/VACUUM ANALYZE;/, '')), { stdio: ['ignore', 'ignore', 'inherit'] });
      execFileSync(...psql('-c', 'VACUUM ANALYZE'), { stdio: ['ignore', 'ignore', 'inherit'] });
      const copy = `${psql('-c', 'COPY (SELECT * FROM vcs_location) TO STDOUT')[1]
        .map((word) => `'${word}'`)
        .join(' ')}`;
      const turns = [];
      for (let turn = 0; turn < TURNS; turn += 1) {
        const copied = await time('sh', ['-c', `psql ${copy} >/dev/null`]);
        const read = await time(process.execPath, ['--input-type=module', '-e', READER, reader, `postgres://owner:x@127.0.0.1:${port}/postgres`]);
        const { items, peak } = JSON.parse(read.said);
        if (items !== ROWS) throw new Error(`${items} items were read, there are ${ROWS}`);
        turns.push({ copied: copied.seconds, read: read.seconds, peak });
      }
      const last = turns[turns.length - 1];
      const detail = `100,000 rows of 2 kB: psql ${last.copied.toFixed(2)} s, read, parsed and joined ${last.read.toFixed(2)} s`;
      return [
        { name: 'database / psql', values: turns.map(({ read, copied }) => read / copied), unit: 'x', bound: MOST_TIME, detail },
        { name: 'database, peak memory', values: turns.map(({ peak }) => peak / MEGABYTE), unit: 'MB', bound: MOST_MEMORY, detail },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, values, unit, bound, detail } of await benchDatabase())
    console.log(`| ${name} | ${values.map((value) => value.toFixed(2)).join(', ')} ${unit} | ${bound} | ${detail} |`);
}
