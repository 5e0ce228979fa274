// Measures `diagnose` on a generated log: speed and peak memory of the whole process, reading a file. Part of `npm run bench`.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const MEGABYTE = 1e6;
/** Logs as a busy server writes them, as one where every tenth record fails, and as servers that may read none of so many repositories. */
const LOGS = [
  { every: 1000, repositories: 200, megabytes: 500 },
  { every: 10, repositories: 200, megabytes: 500 },
  { every: 1, repositories: 1_000, megabytes: 500 },
  { every: 1, repositories: 10_000, megabytes: 500 },
  // No two failures alike.
  { every: 1, repositories: Number.POSITIVE_INFINITY, megabytes: 500 },
];
/** What the issue asks for. */
const LEAST_SPEED = 150;
const MOST_MEMORY = 100;

/** Tells the peak of the process's memory, in kilobytes, when it ends. */
const TELL_PEAK = "data:text/javascript,process.on('exit',()=>process.stderr.write('PEAK='+process.resourceUsage().maxRSS))";

const CLASSES = ['PlanExecutionManagerImpl', 'BuildDetectionActionImpl', 'AccessLogFilter', 'DefaultAgentManager'];
const TRACE = Array.from(
  { length: 25 },
  (_, line) => `\tat com.atlassian.bamboo.plugins.git.GitOperationHelper.fetch(GitOperationHelper.java:${line * 11})\n`,
).join('');

/** Record number `n` of a log in which one of `every` shows a known failure of one of so many repositories. */
function record(n, { every, repositories }) {
  const time = new Date(Date.UTC(2026, 7, 1) + n * 137).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
  if (n % every === 0)
    return `${time} ERROR [scheduler_Worker-${n % 10}] [GitRepository] fatal: Authentication failed for 'https://buildbot@bitbucket.org/acme/shop-${n % repositories}.git/'\n`;
  const line = `${time} INFO [http-nio-8085-exec-${n % 40} url: /browse/WEB-SHOP${n % 90}; user: admin] [${CLASSES[n % 4]}] Plan WEB-SHOP${n % 90} found ${n % 4} revisions of https://bitbucket.org/acme/shop-${n % 200}.git in ${n % 900} ms\n`;
  return n % 40 === 1 ? `${line}java.lang.IllegalStateException: stale\n${TRACE}` : line;
}

async function writeLog(path, log) {
  const file = createWriteStream(path);
  let size = 0;
  for (let n = 1; size < log.megabytes * MEGABYTE; ) {
    const records = Array.from({ length: 2000 }, () => record(n++, log)).join('');
    size += records.length;
    if (!file.write(records)) await new Promise((resolve) => file.once('drain', resolve));
  }
  file.end();
  await finished(file);
  return size;
}

/** One process from its start to its end. */
function diagnose(path) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_PEAK, BIN, 'diagnose', '-q', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => {
    told += text;
  });
  return new Promise((resolve) => {
    child.on('close', (exit) => resolve({ exit, seconds: (performance.now() - started) / 1000, peak: Number(/PEAK=(\d+)/.exec(told)?.[1]) * 1024 }));
  });
}

/** Reads one log of each kind; measures with their upper bounds. */
export async function benchDiagnose() {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-bench-'));
  const measures = [];
  try {
    for (const log of LOGS) {
      const path = join(folder, 'atlassian-bamboo.log');
      const megabytes = (await writeLog(path, log)) / MEGABYTE;
      const { exit, seconds, peak } = await diagnose(path);
      const failing =
        log.every === 1
          ? `every record fails, ${Number.isFinite(log.repositories) ? `of ${log.repositories} repositories` : 'no two alike'}`
          : `1 record in ${log.every} fails`;
      const detail = `${failing}: ${Math.round(megabytes / seconds)} MB/s, exit ${exit}`;
      measures.push({ name: `diagnose ${log.megabytes} MB`, values: [seconds], unit: 's', bound: megabytes / LEAST_SPEED, detail });
      measures.push({ name: 'diagnose, peak memory', values: [peak / MEGABYTE], unit: 'MB', bound: MOST_MEMORY, detail });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, values, unit, bound, detail } of await benchDiagnose())
    console.log(`${name.padEnd(22)}${String(values[0]?.toFixed(1)).padStart(7)} ${unit.padEnd(3)} bound ${bound.toFixed(1).padStart(6)}   ${detail}`);
}
