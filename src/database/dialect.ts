import type { DatabaseProduct } from '../core/source-reading.ts';

/** How one product writes what differs. */
export interface Dialect {
  quote(name: string): string;
  /** '1' or '0' for a boolean column. */
  flag(column: string): string;
  /** An id as text, so that 64 bits survive every way. */
  text(column: string): string;
  /** NULL where other rows have a text, and where they have a large one: types must agree. */
  readonly nothing: string;
  readonly noText: string;
}

const isOne = (column: string) => `CASE WHEN ${column} = 1 THEN '1' ELSE '0' END`;

/** Standard SQL goes everywhere; the rest is here. */
export const DIALECTS: Readonly<Record<DatabaseProduct, Dialect>> = {
  postgresql: {
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    flag: (column) => `CASE WHEN ${column} THEN '1' ELSE '0' END`,
    text: (column) => `CAST(${column} AS varchar)`,
    nothing: 'CAST(NULL AS varchar)',
    noText: 'CAST(NULL AS text)',
  },
  mysql: {
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    flag: isOne,
    text: (column) => `CAST(${column} AS CHAR)`,
    nothing: 'NULL',
    noText: 'NULL',
  },
  sqlserver: {
    quote: (name) => `[${name.replaceAll(']', ']]')}]`,
    flag: isOne,
    text: (column) => `CAST(${column} AS varchar(20))`,
    nothing: 'CAST(NULL AS nvarchar(255))',
    noText: 'CAST(NULL AS nvarchar(max))',
  },
  oracle: {
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    flag: isOne,
    text: (column) => `TO_CHAR(${column})`,
    nothing: 'CAST(NULL AS VARCHAR2(255))',
    noText: 'TO_CLOB(NULL)',
  },
};
