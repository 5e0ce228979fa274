import type { World } from './world.ts';

type Product = 'postgresql' | 'mysql';

/** Names as Bamboo has them: unquoted and so lower case on PostgreSQL, upper-case tables on MySQL [D]. */
const SCHEMA: Readonly<Record<Product, readonly string[]>> = {
  postgresql: [
    'CREATE TABLE project (project_id bigint PRIMARY KEY, project_key varchar(255), title varchar(255))',
    'CREATE TABLE build (build_id bigint PRIMARY KEY, full_key varchar(255), title varchar(255), marked_for_deletion boolean NOT NULL, build_type varchar(255) NOT NULL, project_id bigint)',
    'CREATE TABLE vcs_location (vcs_location_id bigint PRIMARY KEY, name varchar(255), description varchar(255), plugin_key varchar(255), xml_definition_data text, marked_for_deletion boolean NOT NULL, is_global boolean NOT NULL, project_id bigint, parent_id bigint, oid varchar(255))',
    'CREATE TABLE plan_vcs_location (plan_vcs_location_id bigserial PRIMARY KEY, plan_id bigint NOT NULL, vcs_location_id bigint NOT NULL)',
    'CREATE TABLE credentials (credentials_id bigint PRIMARY KEY, name varchar(255), plugin_key varchar(255), xml text, project_id bigint, oid varchar(255))',
    'CREATE TABLE plan_vcs_specs_source (plan_id bigint NOT NULL, vcs_specs_source_id bigint NOT NULL)',
  ],
  mysql: [
    'CREATE TABLE PROJECT (PROJECT_ID bigint PRIMARY KEY, PROJECT_KEY varchar(255), TITLE varchar(255))',
    'CREATE TABLE BUILD (BUILD_ID bigint PRIMARY KEY, FULL_KEY varchar(255), TITLE varchar(255), MARKED_FOR_DELETION bit(1) NOT NULL, BUILD_TYPE varchar(255) NOT NULL, PROJECT_ID bigint)',
    'CREATE TABLE VCS_LOCATION (VCS_LOCATION_ID bigint PRIMARY KEY, NAME varchar(255), DESCRIPTION varchar(255), PLUGIN_KEY varchar(255), XML_DEFINITION_DATA longtext, MARKED_FOR_DELETION bit(1) NOT NULL, IS_GLOBAL bit(1) NOT NULL, PROJECT_ID bigint, PARENT_ID bigint, OID varchar(255))',
    'CREATE TABLE PLAN_VCS_LOCATION (PLAN_VCS_LOCATION_ID bigint AUTO_INCREMENT PRIMARY KEY, PLAN_ID bigint NOT NULL, VCS_LOCATION_ID bigint NOT NULL)',
    'CREATE TABLE CREDENTIALS (CREDENTIALS_ID bigint PRIMARY KEY, NAME varchar(255), PLUGIN_KEY varchar(255), XML longtext, PROJECT_ID bigint, OID varchar(255))',
    'CREATE TABLE PLAN_VCS_SPECS_SOURCE (PLAN_ID bigint NOT NULL, VCS_SPECS_SOURCE_ID bigint NOT NULL)',
  ],
};

type Cell = string | boolean | null;

/** The statements that make Bamboo's tables and fill them. */
export function tablesSql(world: World, product: Product): string {
  const literal = (cell: Cell) => {
    if (cell === null) return 'NULL';
    if (typeof cell === 'boolean') return product === 'postgresql' ? String(cell) : `b'${cell ? 1 : 0}'`;
    const text = product === 'mysql' ? cell.replaceAll('\\', '\\\\') : cell;
    return `'${text.replaceAll("'", "''")}'`;
  };
  const name = (table: string) => (product === 'mysql' ? table : table.toLowerCase());
  const insert = (table: string, columns: string, rows: readonly Cell[][]) =>
    rows.map((row) => `INSERT INTO ${name(table)} (${columns}) VALUES (${row.map(literal).join(', ')})`);
  return [
    ...SCHEMA[product],
    ...insert(
      'PROJECT',
      'PROJECT_ID, PROJECT_KEY, TITLE',
      world.projects.map(({ id, key }) => [id, key, `Project ${key}`]),
    ),
    ...insert(
      'BUILD',
      'BUILD_ID, FULL_KEY, TITLE, MARKED_FOR_DELETION, BUILD_TYPE, PROJECT_ID',
      world.builds.map((row) => [row.id, row.key, `Plan ${row.key}`, row.marked, row.type, row.projectId]),
    ),
    ...insert(
      'VCS_LOCATION',
      'VCS_LOCATION_ID, NAME, PLUGIN_KEY, XML_DEFINITION_DATA, MARKED_FOR_DELETION, IS_GLOBAL, PROJECT_ID, PARENT_ID',
      world.random.shuffle(world.repositories).map((row) => [row.id, row.name, row.pluginKey, row.xml, row.marked, row.isGlobal, row.projectId, row.parentId]),
    ),
    ...insert(
      'PLAN_VCS_LOCATION',
      'PLAN_ID, VCS_LOCATION_ID',
      world.uses.map(({ plan, repository }) => [plan, repository]),
    ),
    ...insert(
      'CREDENTIALS',
      'CREDENTIALS_ID, NAME, PLUGIN_KEY, XML, PROJECT_ID',
      world.credentials.map((row) => [row.id, row.name, row.pluginKey, row.xml, row.projectId]),
    ),
    ...insert(
      'PLAN_VCS_SPECS_SOURCE',
      'PLAN_ID, VCS_SPECS_SOURCE_ID',
      world.specsPlans.map((plan) => [plan, '1']),
    ),
  ]
    .map((statement) => `${statement};\n`)
    .join('');
}

/** An account that may SELECT from the tables that are read, and nothing else. */
export function readerSql(product: Product, user: string, password: string): string {
  const tables = ['VCS_LOCATION', 'PLAN_VCS_LOCATION', 'BUILD', 'PROJECT', 'CREDENTIALS', 'PLAN_VCS_SPECS_SOURCE'];
  if (product === 'postgresql') return `CREATE ROLE ${user} LOGIN PASSWORD '${password}'; GRANT SELECT ON ${tables.join(', ')} TO ${user};`;
  return `CREATE USER ${user}@'%' IDENTIFIED BY '${password}'; ${tables.map((table) => `GRANT SELECT ON bamboo.${table} TO ${user}@'%';`).join(' ')}`;
}
