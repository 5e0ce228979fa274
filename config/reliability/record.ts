// Figures for docs/reliability.md:
//   record.ts run ci|soak COMMAND...   runs a command whose suites note figures, and writes what they noted where it passed
//   record.ts write ci|soak FOLDER     writes what was noted in a folder
//   record.ts check ci|soak FOLDER     says where it falls short of what is committed
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColumnName, differences, FigureFile, readNoted, rowKey } from './figure-file.ts';

const root = join(import.meta.dirname, '../..');
const path = join(import.meta.dirname, 'figures.json');
const committed = FigureFile.parse(JSON.parse(readFileSync(path, 'utf8')));

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
}

/** The commit that was measured; what was changed on top of it is said. */
function commit(): string {
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'tests') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes on top of it' : ''}`;
}

async function write(column: ColumnName, folder: string): Promise<void> {
  const rows = await readNoted(folder);
  const measured = { date: new Date().toISOString().slice(0, 10), commit: commit(), node: process.versions.node, rows };
  const { ci, soak }: FigureFile = { ...committed, [column]: measured };
  writeFileSync(path, `${JSON.stringify({ ...(ci === undefined ? {} : { ci }), ...(soak === undefined ? {} : { soak }) }, null, 2)}\n`);
  execFileSync(process.execPath, ['--import', 'tsx', 'config/generate.ts'], { cwd: root, stdio: 'inherit' });
  console.log(`${rows.length} rows of ${column} are in config/reliability/figures.json and docs/reliability.md`);
}

async function check(column: ColumnName, folder: string): Promise<void> {
  const problems = differences(committed[column]?.rows ?? [], await readNoted(folder));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) console.error('docs/reliability.md is not what this run shows. Where the run is right: npm run reliability');
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/** Part of the suites would leave part of the figures: they are not taken by themselves. */
async function takeOver(column: ColumnName, folder: string): Promise<void> {
  const noted = new Set((await readNoted(folder)).map(rowKey));
  const lost = (committed[column]?.rows ?? []).map(rowKey).filter((key) => !noted.has(key));
  if (lost.length === 0) return await write(column, folder);
  console.error(`Not written, as this run tells nothing of:\n${lost.join('\n')}`);
  console.error(`To take its figures all the same: npx tsx config/reliability/record.ts write ${column} ${folder}`);
}

async function run(column: ColumnName, [command = '', ...words]: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bamboo-rekey-figures-'));
  const { status } = spawnSync(command, words, { cwd: root, stdio: 'inherit', env: { ...process.env, RELIABILITY_FIGURES: folder } });
  process.exitCode = status ?? 1;
  if (status === 0) await takeOver(column, folder);
}

const [task, column, ...rest] = process.argv.slice(2);
if (column !== 'ci' && column !== 'soak') throw new TypeError('ci or soak is wanted');
if (task === 'run') await run(column, rest);
else if (task === 'write') await write(column, rest[0] ?? '');
else await check(column, rest[0] ?? '');
