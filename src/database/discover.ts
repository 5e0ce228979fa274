import { RekeyError } from '../core/errors.ts';
import { allRows, type DatabaseSession } from './session.ts';
import { type ColumnRow, type FoundTable, type FoundTables, findCredentials, missingParts, TABLES, tablesOf } from './tables.ts';

const NAMES = [...Object.keys(TABLES), 'PLAN_VCS_SPECS_SOURCE'].map((name) => `'${name.toLowerCase()}'`).join(', ');

const WANTED = `lower(table_name) IN (${NAMES}) OR lower(table_name) LIKE '%credential%'`;

/** Columns that this account may see, and where their schema stands on the search path. */
const COLUMNS = {
  postgresql: `SELECT table_schema, table_name, column_name, array_position(current_schemas(false), CAST(table_schema AS name)) AS place
FROM information_schema.columns WHERE (${WANTED}) AND table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY place, table_schema, table_name, ordinal_position`,
  mysql: `SELECT table_schema, table_name, column_name, '1' FROM information_schema.columns
WHERE (${WANTED}) AND table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
} as const;

/** Tables that exist, whether this account may read them or not: only PostgreSQL tells. */
const HIDDEN = `SELECT c.relname FROM pg_catalog.pg_class c WHERE lower(c.relname) IN (${NAMES}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

/** Finds Bamboo's tables. @throws RekeyError DATABASE_NOT_UNDERSTOOD | DATABASE_RIGHT_MISSING, naming what is missing */
export async function discoverTables(session: DatabaseSession): Promise<FoundTables> {
  const rows = (await allRows(session, COLUMNS[session.product])).map(toColumnRow);
  const tables = tablesOf(rows, schemaOf(rows, session));
  const { VCS_LOCATION, PLAN_VCS_LOCATION, BUILD, PROJECT } = Object.fromEntries(tables) as Record<string, FoundTable | undefined>;
  const missing = missingParts(tables);
  if (!VCS_LOCATION || !PLAN_VCS_LOCATION || !BUILD || !PROJECT || missing.columns.length > 0) throw await refuse(session, missing);
  return { required: { VCS_LOCATION, PLAN_VCS_LOCATION, BUILD, PROJECT }, specs: specsOf(tables), credentials: findCredentials(tables) };
}

function specsOf(tables: ReadonlyMap<string, FoundTable>): FoundTable | undefined {
  const specs = tables.get('PLAN_VCS_SPECS_SOURCE');
  return specs?.columns.has('PLAN_ID') ? specs : undefined;
}

function toColumnRow([schema = '', table = '', column = '', place = '']: readonly string[]): ColumnRow {
  return { schema, table, column, isOnPath: place !== '' };
}

/** The schema that holds the repositories: the first on the search path, or else the only one. */
function schemaOf(rows: readonly ColumnRow[], session: DatabaseSession): string {
  const holders = rows.filter((row) => row.table.toUpperCase() === 'VCS_LOCATION');
  const schemas = [...new Set(holders.map((row) => row.schema))];
  if (schemas.length > 1 && holders[0]?.isOnPath !== true)
    throw new RekeyError('DATABASE_NOT_UNDERSTOOD', `${session.name}: the table VCS_LOCATION stands in several schemas: ${schemas.join(', ')}.`, {
      remedy: 'Give the account a search path that begins with the schema of Bamboo: ALTER ROLE … SET search_path = ….',
    });
  return schemas[0] ?? rows[0]?.schema ?? '';
}

async function refuse(session: DatabaseSession, missing: ReturnType<typeof missingParts>): Promise<RekeyError> {
  const hidden = session.product === 'postgresql' ? (await allRows(session, HIDDEN)).map(([name = '']) => name.toUpperCase()) : [];
  const forbidden = missing.tables.filter((table) => hidden.includes(table));
  if (forbidden.length > 0) return new RekeyError('DATABASE_RIGHT_MISSING', `${session.name}: the account may not read ${listOf(forbidden, 'table')}.`);
  const what = [
    ...(missing.tables.length === 0 ? [] : [listOf(missing.tables, 'table')]),
    ...(missing.columns.length === 0 ? [] : [listOf(missing.columns, 'column')]),
  ];
  const verb = missing.tables.length + missing.columns.length === 1 ? 'is' : 'are';
  return new RekeyError('DATABASE_NOT_UNDERSTOOD', `${session.name}: ${what.join(' and ')} ${verb} missing, or this account may not see it.`);
}

function listOf(names: readonly string[], noun: string): string {
  return `the ${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}
