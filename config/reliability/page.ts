import { MUTATIONS } from '../mutations/all.ts';
import { type Column, type ColumnName, type FigureFile, type Row, rowKey } from './figure-file.ts';
import { PROMISES, type PromiseName } from './promises.ts';
import { PROOFS } from './proofs.ts';

const COLUMNS = ['ci', 'soak'] as const satisfies readonly ColumnName[];
const NAMES = Object.keys(PROMISES) as PromiseName[];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** A figure that a run did not measure is never made up. */
function cell(column: Column | undefined, key: string): string {
  const row = column?.rows.find((each) => rowKey(each) === key);
  if (row === undefined) return 'not run';
  const figure = new Intl.NumberFormat('en-GB').format(row.count);
  const seeds = row.seeds === undefined ? '' : ` (seed ${row.seeds.join(', ')})`;
  return `${row.varies ? 'about ' : ''}${figure}${seeds}`;
}

/** Every row that either run measured; each stands under the first promise that it names. */
function rowsOf(file: FigureFile, promise: PromiseName): Row[] {
  const all = new Map(COLUMNS.flatMap((name) => file[name]?.rows ?? []).map((row) => [rowKey(row), row]));
  return [...all.values()].filter(({ promises }) => promises[0] === promise).sort((one, other) => (rowKey(one) < rowKey(other) ? -1 : 1));
}

function figures(file: FigureFile, promise: PromiseName): string {
  const rows = rowsOf(file, promise);
  if (rows.length === 0) return 'No suite has told figures of it yet.';
  const cells = rows.map((row) => [row.what, code(row.suite), ...COLUMNS.map((name) => cell(file[name], rowKey(row)))]);
  return table(['counted', 'by', 'CI', 'soak'], cells);
}

function takenOut(promise: PromiseName): string {
  const mutations = MUTATIONS.filter((each) => each.promise === promise);
  if (mutations.length === 0) return '';
  const rows = mutations.map(({ without, file, tests }) => [without, code(file), tests.map(code).join(', ')]);
  return `\n\nTaken out by turns, ${mutations.length} protections:\n\n${table(['without', 'in', 'fails'], rows)}`;
}

function section(file: FigureFile, promise: PromiseName): string {
  const proofs = PROOFS[promise].map(({ suite, shows }) => `- ${code(suite)}: ${shows}`);
  return `## ${PROMISES[promise]}\n\n${proofs.join('\n')}\n\n${figures(file, promise)}${takenOut(promise)}\n`;
}

function measured(name: string, column: Column | undefined): string[] {
  return column === undefined ? [name, 'not run', '', ''] : [name, column.date, column.commit, column.node];
}

/** The page on reliability, from the suites that prove each promise and from the figures that they noted. */
export function reliabilityPage(generated: string, file: FigureFile): string {
  const runs = table(['run', 'on', 'at commit', 'Node'], [measured('CI (`.ci/run`)', file.ci), measured('soak (`npm run soak`)', file.soak)]);
  return `${generated}
# Reliability

What the product promises, how each promise is tested, and how much of it was tried. A figure is noted by the suite itself once what it counts has passed,
and written here by \`npm run reliability\` (CI) and \`npm run soak\`. CI fails where it counts less than stands here (of what varies, "about", less than
half), or counts something that does not stand here. A figure is the sum of all tests of its suite; it stands under the first promise that it helps to prove.

${runs}

A test proves something only if it can fail. So ${MUTATIONS.length} protections are taken out of the code by turns, each in a copy of the tree, and the tests named for it have
to fail (\`npm run mutations\`, a step of CI); the list stands in \`config/mutations\`.

**Never tried**: a real Bamboo. Everything here ran against the simulator, Atlassian's own libraries and clients, real databases, real TLS and real processes.

${NAMES.map((name) => section(file, name)).join('\n')}`;
}
