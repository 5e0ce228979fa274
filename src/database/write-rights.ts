import { allRows, type DatabaseSession } from './session.ts';
import type { FoundTables } from './tables.ts';

/** Rights of this account on the tables that it reads, other than to read them. */
export async function writeRights(session: DatabaseSession, { required }: FoundTables): Promise<string[]> {
  const tables = Object.values(required).map(({ schema, name }) => ({ schema: literal(schema), name: literal(name) }));
  const rows = await allRows(session, session.product === 'postgresql' ? onPostgresql(tables) : ON_MYSQL);
  return [...new Set(rows.map(([right = '']) => right.toUpperCase()))]
    .filter((right) => /^(INSERT|UPDATE|DELETE|TRUNCATE|DROP|ALTER|CREATE|SUPER|ALL PRIVILEGES)$/.test(right))
    .sort();
}

function onPostgresql(tables: readonly { readonly schema: string; readonly name: string }[]): string {
  const places = tables.map(({ schema, name }) => `(n.nspname = ${schema} AND c.relname = ${name})`).join(' OR ');
  return `SELECT DISTINCT r.name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) r(name)
WHERE (${places}) AND has_table_privilege(c.oid, r.name)`;
}

/** An account sees its own rights only, and those of the roles that it has taken on. A schema may be named by a pattern. */
const ON_MYSQL = `SELECT privilege_type FROM information_schema.user_privileges
UNION SELECT privilege_type FROM information_schema.schema_privileges WHERE DATABASE() LIKE table_schema
UNION SELECT privilege_type FROM information_schema.table_privileges WHERE table_schema = DATABASE()`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
