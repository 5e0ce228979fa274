import type { DatabaseProduct } from '../core/source-reading.ts';
import { DIALECTS } from './dialect.ts';
import { Selects } from './selects.ts';
import { type FoundTable, TABLES, type TableName } from './tables.ts';
import { WITHOUT_SECRETS } from './without-secrets.ts';

const CUT_BY_NAME = 'Secrets are cut out by the name of their setting, by their encryption, and out of addresses. Treat the file as confidential all the same.';

/** How the result gets into a file, and how far the text was tried. */
const HOW: Readonly<Record<DatabaseProduct, { readonly title: string; readonly run: string; readonly tried: string; readonly secrets: string }>> = {
  postgresql: { title: 'PostgreSQL', run: 'psql --csv -f this-file.sql bamboo > from-dba.csv', tried: 'Tried on PostgreSQL 15.', secrets: CUT_BY_NAME },
  mysql: { title: 'MySQL 8 and MariaDB', run: 'mysql --batch bamboo < this-file.sql > from-dba.tsv', tried: 'Tried on MariaDB 10.11.', secrets: CUT_BY_NAME },
  sqlserver: {
    title: 'SQL Server',
    run: 'in Management Studio, "Results to File" as CSV with headers; both results go into one file, one after the other',
    tried: 'Checked by a parser of T-SQL; never run on a live server.',
    secrets: 'Secrets that Bamboo encrypted are cut out; a password inside the address of a Git repository is not. Treat the file as confidential.',
  },
  oracle: {
    title: 'Oracle',
    run: 'in SQLcl: SET SQLFORMAT csv, then SPOOL from-dba.csv and @this-file.sql',
    tried: 'Checked by a parser of Oracle SQL; never run on a live server.',
    secrets: CUT_BY_NAME,
  },
};

/** The SELECTs for a database administrator to run: their result, saved with its header, goes into `bamboo.inventoryFile`. */
export function printSql(product: DatabaseProduct): string {
  const { title, run, tried, secrets } = HOW[product];
  const selects = new Selects({ dialect: DIALECTS[product], tables: knownTables(product), name: (name) => name, definition: WITHOUT_SECRETS[product] });
  return [
    `-- bamboo-rekey: repositories of Bamboo that can hold a Bitbucket Cloud credential, for ${title}. It only reads.`,
    `-- ${tried}`,
    `-- To run it: ${run}`,
    `-- ${secrets}`,
    '-- PROJECT_ID of VCS_LOCATION exists since Bamboo 8.0.',
    selects.repositories(),
    'UNION ALL',
    `${selects.uses()};`,
    '',
    '-- Shared credentials. The name of this table is not certain: if it is missing, leave this part out.',
    '-- Its result may follow in the same file, header and all.',
    `${selects.credentials()};`,
    '',
  ].join('\n');
}

/** Names as the facts have them: MySQL keeps the case of tables, PostgreSQL folds to lower case [D]. */
function knownTables(product: DatabaseProduct): ConstructorParameters<typeof Selects>[0]['tables'] {
  const called = (name: string) => (product === 'postgresql' ? name.toLowerCase() : name);
  const table = (name: string, columns: readonly string[]): FoundTable => ({
    schema: '',
    name: called(name),
    columns: new Map(columns.map((column) => [column, called(column)])),
  });
  const known = (name: TableName) => table(name, [...TABLES[name].required, ...TABLES[name].optional]);
  const required = { VCS_LOCATION: known('VCS_LOCATION'), PLAN_VCS_LOCATION: known('PLAN_VCS_LOCATION'), BUILD: known('BUILD'), PROJECT: known('PROJECT') };
  const credentials = table('CREDENTIALS', ['CREDENTIALS_ID', 'NAME', 'PLUGIN_KEY', 'XML', 'PROJECT_ID', 'OID']);
  return {
    required,
    specs: table('PLAN_VCS_SPECS_SOURCE', ['PLAN_ID']),
    credentials: { table: credentials, id: 'CREDENTIALS_ID', definition: 'XML' },
  };
}
