import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../core/model.ts';
import type { Dialect } from './dialect.ts';
import { RECORD_COLUMNS, type RecordColumn } from './record.ts';
import type { FoundTable, FoundTables } from './tables.ts';

/** What the SELECTs are written from. */
export interface SelectOptions {
  readonly dialect: Dialect;
  readonly tables: FoundTables;
  /** How a name goes into the text. */
  name(name: string): string;
  /** What is returned of a definition: all of it, or all but its secrets. */
  definition(column: string): string;
}

type Columns = Partial<Record<RecordColumn, string>>;

const TYPES = `('${BITBUCKET_CLOUD_MODULE}', '${GIT_MODULE}')`;

/** Writes the SELECTs of one server; all of them return the same columns. */
export class Selects {
  readonly #options: SelectOptions;

  constructor(options: SelectOptions) {
    this.#options = options;
  }

  /** Every repository of the two types that can hold a Bitbucket Cloud credential: linked, deleted and overriding ones, too. */
  repositories(): string {
    const { dialect, tables, definition } = this.#options;
    const { VCS_LOCATION, PROJECT } = tables.required;
    const v = (column: string) => this.#column('v', VCS_LOCATION, column);
    const columns: Columns = {
      record: "'repository'",
      id: dialect.text(v('VCS_LOCATION_ID')),
      name: v('NAME'),
      plugin_key: v('PLUGIN_KEY'),
      marked_for_deletion: dialect.flag(v('MARKED_FOR_DELETION')),
      is_global: dialect.flag(v('IS_GLOBAL')),
      xml_definition: definition(v('XML_DEFINITION_DATA')),
      ...(VCS_LOCATION.columns.has('PARENT_ID') ? { parent_id: dialect.text(v('PARENT_ID')) } : {}),
    };
    const from = [`FROM ${this.#table(VCS_LOCATION)} v`];
    const where = `WHERE ${v('PLUGIN_KEY')} IN ${TYPES}`;
    if (!VCS_LOCATION.columns.has('PROJECT_ID')) return this.#select(columns, [...from, where]);
    const owner: Columns = { project_id: dialect.text(v('PROJECT_ID')), project_key: this.#column('p', PROJECT, 'PROJECT_KEY') };
    return this.#select({ ...columns, ...owner }, [...from, this.#joinProject(v('PROJECT_ID')), where]);
  }

  /** Which plan or plan branch uses which of them: the blast radius, and the owner of a plan's own repository. */
  uses(): string {
    const { dialect, tables } = this.#options;
    const { VCS_LOCATION, PLAN_VCS_LOCATION, BUILD, PROJECT } = tables.required;
    const u = (column: string) => this.#column('u', PLAN_VCS_LOCATION, column);
    const b = (column: string) => this.#column('b', BUILD, column);
    const v = (column: string) => this.#column('v', VCS_LOCATION, column);
    const columns: Columns = {
      record: "'use'",
      id: dialect.text(u('VCS_LOCATION_ID')),
      marked_for_deletion: dialect.flag(b('MARKED_FOR_DELETION')),
      project_key: this.#column('p', PROJECT, 'PROJECT_KEY'),
      plan_key: b('FULL_KEY'),
      plan_type: b('BUILD_TYPE'),
      ...(tables.specs === undefined ? {} : { specs_bound: this.#specsBound(tables.specs, b('BUILD_ID')) }),
    };
    return this.#select(columns, [
      `FROM ${this.#table(PLAN_VCS_LOCATION)} u`,
      `JOIN ${this.#table(VCS_LOCATION)} v ON ${v('VCS_LOCATION_ID')} = ${u('VCS_LOCATION_ID')}`,
      `JOIN ${this.#table(BUILD)} b ON ${b('BUILD_ID')} = ${u('PLAN_ID')}`,
      this.#joinProject(b('PROJECT_ID')),
      `WHERE ${v('PLUGIN_KEY')} IN ${TYPES}`,
    ]);
  }

  /** Every shared credential; undefined where no such table was found. */
  credentials(): string | undefined {
    const { dialect, tables, definition } = this.#options;
    if (tables.credentials === undefined) return undefined;
    const { table, id, definition: xml } = tables.credentials;
    const c = (column: string) => this.#column('c', table, column);
    const inProject = table.columns.has('PROJECT_ID');
    const columns: Columns = {
      record: "'credential'",
      id: dialect.text(c(id)),
      name: c('NAME'),
      plugin_key: c('PLUGIN_KEY'),
      xml_definition: definition(c(xml)),
      ...(table.columns.has('OID') ? { oid: dialect.text(c('OID')) } : {}),
      ...(inProject ? { project_id: dialect.text(c('PROJECT_ID')), project_key: this.#column('p', tables.required.PROJECT, 'PROJECT_KEY') } : {}),
    };
    return this.#select(columns, [`FROM ${this.#table(table)} c`, ...(inProject ? [this.#joinProject(c('PROJECT_ID'))] : [])]);
  }

  /** What is not there is NULL, so that all results fit together. */
  #select(columns: Columns, from: readonly string[]): string {
    const { nothing: noValue, noText } = this.#options.dialect;
    const nothing = (column: RecordColumn) => (column === 'xml_definition' ? noText : noValue);
    const list = RECORD_COLUMNS.map((column) => `  ${columns[column] ?? nothing(column)} AS ${column}`);
    return `SELECT\n${list.join(',\n')}\n${from.join('\n')}`;
  }

  #specsBound(specs: FoundTable, plan: string): string {
    return `CASE WHEN EXISTS (SELECT 1 FROM ${this.#table(specs)} s WHERE ${this.#column('s', specs, 'PLAN_ID')} = ${plan}) THEN '1' ELSE '0' END`;
  }

  #joinProject(id: string): string {
    const { PROJECT } = this.#options.tables.required;
    return `LEFT JOIN ${this.#table(PROJECT)} p ON ${this.#column('p', PROJECT, 'PROJECT_ID')} = ${id}`;
  }

  #table({ schema, name }: FoundTable): string {
    return schema === '' ? this.#options.name(name) : `${this.#options.name(schema)}.${this.#options.name(name)}`;
  }

  #column(alias: string, table: FoundTable, column: string): string {
    return `${alias}.${this.#options.name(table.columns.get(column) ?? column)}`;
  }
}
