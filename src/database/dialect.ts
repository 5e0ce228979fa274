/** The products whose SQL is written. */
export const PRODUCTS = ['postgresql', 'mysql', 'sqlserver', 'oracle'] as const;
/** A database product of Bamboo. */
export type Product = (typeof PRODUCTS)[number];

/** How one product writes what differs. */
export interface Dialect {
  quote(name: string): string;
  /** '1' or '0' for a boolean column. */
  flag(column: string): string;
  /** An id as text, so that 64 bits survive every way. */
  text(column: string): string;
  /** NULL of the type of a large text. */
  readonly noText: string;
}

const isOne = (column: string) => `CASE WHEN ${column} = 1 THEN '1' ELSE '0' END`;

/** Standard SQL goes everywhere; the rest is here. */
export const DIALECTS: Readonly<Record<Product, Dialect>> = {
  postgresql: {
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    flag: (column) => `CASE WHEN ${column} THEN '1' ELSE '0' END`,
    text: (column) => `CAST(${column} AS varchar)`,
    noText: 'CAST(NULL AS text)',
  },
  mysql: {
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    flag: isOne,
    text: (column) => `CAST(${column} AS CHAR)`,
    noText: 'NULL',
  },
  sqlserver: {
    quote: (name) => `[${name.replaceAll(']', ']]')}]`,
    flag: isOne,
    text: (column) => `CAST(${column} AS varchar(20))`,
    noText: 'CAST(NULL AS nvarchar(max))',
  },
  oracle: {
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    flag: isOne,
    text: (column) => `TO_CHAR(${column})`,
    noText: 'TO_CLOB(NULL)',
  },
};
