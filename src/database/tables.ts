/** The tables that are read, by the names of their columns [D; PARENT_ID T]. What is optional is younger, or not certain to be there. */
export const TABLES = {
  VCS_LOCATION: {
    required: ['VCS_LOCATION_ID', 'NAME', 'PLUGIN_KEY', 'XML_DEFINITION_DATA', 'MARKED_FOR_DELETION', 'IS_GLOBAL'],
    optional: ['PROJECT_ID', 'PARENT_ID'],
  },
  PLAN_VCS_LOCATION: { required: ['PLAN_ID', 'VCS_LOCATION_ID'], optional: [] },
  BUILD: { required: ['BUILD_ID', 'FULL_KEY', 'MARKED_FOR_DELETION', 'BUILD_TYPE', 'PROJECT_ID'], optional: [] },
  PROJECT: { required: ['PROJECT_ID', 'PROJECT_KEY'], optional: [] },
} as const;
/** A table without which nothing can be read. */
export type TableName = keyof typeof TABLES;

/** A table as it is called on this server: names keep the case that the server keeps them in. */
export interface FoundTable {
  readonly schema: string;
  readonly name: string;
  /** Upper-case name to the name on the server. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The table of shared credentials, whose name and columns are not certain [?]. */
export interface CredentialsTable {
  readonly table: FoundTable;
  readonly id: string;
  readonly definition: string;
}

/** Everything that was found. */
export interface FoundTables {
  readonly required: Readonly<Record<TableName, FoundTable>>;
  /** A plan listed here is bound to Repository Stored Specs [D]. */
  readonly specs: FoundTable | undefined;
  readonly credentials: CredentialsTable | undefined;
}

/** One column of a table, as information_schema tells it. */
export interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** Whether names without a schema are looked for there. */
  readonly isOnPath: boolean;
}

/** The tables of one schema, by upper-case name. */
export function tablesOf(rows: readonly ColumnRow[], schema: string): Map<string, FoundTable> {
  const tables = new Map<string, FoundTable & { readonly columns: Map<string, string> }>();
  for (const row of rows) {
    if (row.schema !== schema) continue;
    const key = row.table.toUpperCase();
    const table = tables.get(key) ?? { schema, name: row.table, columns: new Map<string, string>() };
    table.columns.set(row.column.toUpperCase(), row.column);
    tables.set(key, table);
  }
  return tables;
}

/** Tables and columns that are needed and not there, as a person would name them. */
export function missingParts(tables: ReadonlyMap<string, FoundTable>): { readonly tables: TableName[]; readonly columns: string[] } {
  const names = Object.keys(TABLES) as TableName[];
  const missing = names.filter((name) => !tables.has(name));
  const columns = names.flatMap((name) => {
    const table = tables.get(name);
    return table === undefined ? [] : TABLES[name].required.filter((column) => !table.columns.has(column)).map((column) => `${name}.${column}`);
  });
  return { tables: missing, columns };
}

/** Finds the table of shared credentials by what it must have: a plugin key, a name, an id and XML. */
export function findCredentials(tables: ReadonlyMap<string, FoundTable>): CredentialsTable | undefined {
  const names = [...tables.keys()]
    .filter((name) => name.includes('CREDENTIAL'))
    .sort((one, other) => Number(other === 'CREDENTIALS') - Number(one === 'CREDENTIALS'));
  for (const name of names) {
    const table = tables.get(name);
    if (table === undefined || !table.columns.has('PLUGIN_KEY') || !table.columns.has('NAME')) continue;
    const columns = [...table.columns.keys()];
    const id = columns.find((column) => column === `${name}_ID`) ?? columns.find((column) => /^(.*CREDENTIALS?_)?ID$/.test(column));
    const definition = columns.find((column) => column === 'XML') ?? columns.find((column) => column.startsWith('XML'));
    if (id !== undefined && definition !== undefined) return { table, id, definition };
  }
  return undefined;
}
