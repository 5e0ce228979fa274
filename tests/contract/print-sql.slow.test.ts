import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { printSql } from '../../src/database/print-sql.ts';
import { runClient } from './run-client.ts';

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'rekey-sqlfluff-'));

beforeAll(async () => {
  const requirements = join(import.meta.dirname, 'python/sqlfluff-requirements.txt');
  expect(await runClient('python3', ['-m', 'venv', folder])).toMatchObject({ code: 0 });
  expect(await runClient(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements])).toMatchObject({
    code: 0,
  });
}, 5 * MINUTES);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Parses a text by the grammar of one product; sqlfluff ends with 1 where a part cannot be parsed. */
async function parse(dialect: string, sql: string) {
  const file = join(folder, `${dialect}.sql`);
  writeFileSync(file, sql);
  const { code, stdout } = await runClient(join(folder, 'bin', 'sqlfluff'), ['parse', '--dialect', dialect, file]);
  return { code, stdout };
}

it.each([
  ['postgresql', 'postgres'],
  ['mysql', 'mysql'],
  ['mysql', 'mariadb'],
  ['sqlserver', 'tsql'],
  ['oracle', 'oracle'],
] as const)(
  'the SELECT for %s is accepted by a parser of %s, and does nothing but read',
  async (product, dialect) => {
    const { code, stdout } = await parse(dialect, printSql(product));
    expect({ code, unparsable: /unparsable/i.test(stdout) }).toEqual({ code: 0, unparsable: false });
    const statements = stdout.match(/\w+_statement:/g) ?? [];
    expect(new Set(statements)).toEqual(new Set(['select_statement:']));
  },
  MINUTES,
);

it(
  'the parser refuses a SELECT of another product',
  async () => {
    expect(await parse('oracle', printSql('sqlserver'))).toMatchObject({ code: 1 });
    expect(await parse('tsql', `${printSql('sqlserver')} SELECT FROM WHERE`)).toMatchObject({ code: 1 });
  },
  MINUTES,
);

it('says of the products that could not be tried here that they were not', () => {
  for (const product of ['sqlserver', 'oracle'] as const) expect(printSql(product)).toContain('never run on a live server');
});
