import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { Secret } from '../../src/core/secret.ts';
import type { SourceReading } from '../../src/core/source-reading.ts';
import { readDatabase } from '../../src/database/read-database.ts';
import { generateWorld } from '../support/bamboo-database/generate.ts';
import { PUBLISHED } from '../support/bamboo-database/published-queries.ts';
import { type DatabaseServer, startMariadb, startPostgresql } from '../support/bamboo-database/server.ts';
import { readerSql, tablesSql } from '../support/bamboo-database/tables-sql.ts';
import type { Truth, World } from '../support/bamboo-database/world.ts';

const PAGE = join(import.meta.dirname, '../../docs/sql.md');
const BEGIN = '<!-- the table is written by tests/contract/database-docs.slow.test.ts -->';
const END = '<!-- end of the table -->';
const SEED = 1;

type Product = 'postgresql' | 'mysql';
interface Measured {
  readonly server: DatabaseServer;
  readonly ours: SourceReading;
  /** Rows of the published query by name of repository. */
  readonly rows: ReadonlyMap<string, number>;
  readonly aborts: boolean;
}

let world: World;
const measured = new Map<Product, Measured>();

beforeAll(async () => {
  for (const [product, start] of [
    ['postgresql', startPostgresql],
    ['mysql', startMariadb],
  ] as const) {
    const server = await start();
    world = generateWorld(SEED);
    server.run(tablesSql(world, product));
    server.run(readerSql(product, 'reader', 'x'));
    const ours = await readDatabase({ url: new Secret(server.url('reader', 'x')), git: 'https://bitbucket.org', signal: new AbortController().signal });
    measured.set(product, { server, ours, ...publishedRows(server) });
  }
}, 120_000);
afterAll(() => {
  for (const { server } of measured.values()) server.stop();
});

/** Runs the published query as it is; where one row makes it fail, once more without the rows that do. */
function publishedRows(server: DatabaseServer): Pick<Measured, 'rows' | 'aborts'> {
  const broken = world.truths.filter(({ published }) => published[server.product] === 'abort').map(({ id }) => id);
  if (broken.length === 0) return { rows: countNames(server), aborts: false };
  expect(() => server.export(PUBLISHED[server.product])).toThrow(/invalid XML/);
  server.run(`DELETE FROM vcs_location WHERE vcs_location_id IN (${broken.join()})`);
  return { rows: countNames(server), aborts: true };
}

function countNames(server: DatabaseServer): Map<string, number> {
  const shape = server.product === 'mysql' ? { delimiter: '\t', quote: null } : {};
  const counts = new Map<string, number>();
  for (const [name = ''] of parse(server.export(PUBLISHED[server.product]), { ...shape, from_line: 2 }) as string[][])
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function theirs(product: Product, { name, published }: Truth): string {
  if (published[product] === 'abort') return 'the whole query fails';
  const rows = measured.get(product)?.rows.get(name) ?? 0;
  return rows === 0 ? '–' : rows === 1 ? '1 row' : `${rows} rows`;
}

/** What our reading says: both products must say the same. */
function ours({ id }: Truth): string {
  const told = [...measured.values()].map((each) => tell(each.ours, id));
  expect(new Set(told).size).toBe(1);
  return told[0] ?? '';
}

function tell({ items, apart, unread }: SourceReading, id: string): string {
  const item = items.find((each) => each.object === 'repository' && each.id === id);
  if (item !== undefined) {
    const { kind, username } = item.credential;
    const specs = item.specsBound === true ? ', bound to Specs' : '';
    return `${item.level}: ${kind}${username === undefined ? '' : ' of a user'}${item.checkout === undefined ? '' : `, checkout ${item.checkout.kind}`}${specs}`;
  }
  const other = apart.find((each) => each.id === id);
  if (other !== undefined) return `apart: ${other.why}`;
  return unread.some(({ what }) => what.includes(id)) ? 'not readable, told with line and column' : '–';
}

function table(): string {
  const rows = world.truths.map((truth) => [truth.oddity, theirs('postgresql', truth), theirs('mysql', truth), ours(truth), truth.why]);
  const head = ['what stands in the database', "Atlassian's query, PostgreSQL", "Atlassian's query, MySQL", 'bamboo-rekey', 'why'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

it('docs/sql.md shows what both published queries and ours find on the same data, as measured', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1];
  const wanted = `${before}${BEGIN}\n${table()}\n${END}${after}`;
  if (process.env.REKEY_UPDATE === '1') writeFileSync(PAGE, wanted);
  else expect(page).toBe(wanted);
});

it('the published queries give the rows that the page explains', () => {
  for (const product of ['postgresql', 'mysql'] as const)
    for (const { name, oddity, published } of world.truths)
      if (published[product] !== 'abort')
        expect({ product, oddity, rows: measured.get(product)?.rows.get(name) ?? 0 }).toEqual({ product, oddity, rows: published[product] });
  expect(measured.get('postgresql')?.aborts).toBe(true);
});
