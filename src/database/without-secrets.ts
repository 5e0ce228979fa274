import type { DatabaseProduct } from '../core/source-reading.ts';
import { CUT } from './secret-key.ts';

/** Names of settings that hold a secret end in one of these; names that merely refer to a credential do not. */
const ENDINGS = ['password', 'passphrase', 'key'] as const;
const BEFORE_VALUE = ENDINGS.map((word) => `${word}</string>`).join('|');
const BEFORE_TEXT = ENDINGS.map((word) => `${word}>`).join('|');
const VALUE = '[[:space:]]*<string>[^<]+</string>';
/** Text with more in it than white space. */
const TEXT = '[[:space:]]*[^<[:space:]][^<]*';
/** Bamboo's own encryption [I], wherever it stands, and what an address carries before its host. */
const ANYWHERE = [
  ['BAMSCRT@[^<]*', CUT],
  ['//[^/@<[:space:]]*@', `//${CUT}@`],
] as const;
/** As often as the product without regular expressions looks for the prefix of the encryption. */
const PASSES = 6;

/** How each product takes the secrets out of a definition before it leaves the database, leaving a mark where one was. */
export const WITHOUT_SECRETS: Readonly<Record<DatabaseProduct, (column: string) => string>> = {
  postgresql: (column) =>
    replaceAll(column, [[`(${BEFORE_VALUE})${VALUE}`, `\\1<string>${CUT}</string>`], [`(${BEFORE_TEXT})${TEXT}`, `\\1${CUT}`], ...ANYWHERE], "'gi'"),
  // MySQL and MariaDB write references to groups differently; looking behind needs none.
  mysql: (column) =>
    replaceAll(column, [[`(?i)(?<=${BEFORE_VALUE})${VALUE}`, `<string>${CUT}</string>`], [`(?i)(?<=${BEFORE_TEXT})${TEXT}`, CUT], ...ANYWHERE]),
  oracle: (column) =>
    replaceAll(column, [[`(${BEFORE_VALUE})${VALUE}`, `\\1<string>${CUT}</string>`], [`(${BEFORE_TEXT})${TEXT}`, `\\1${CUT}`], ...ANYWHERE], "1, 0, 'i'"),
  // Regular expressions came with SQL Server 2025 only.
  sqlserver: (column) => {
    const passes = Array.from({ length: PASSES }, (_, pass) => cutOnSqlServer(pass));
    return `(SELECT t${PASSES}.x FROM (SELECT CAST(${column} AS nvarchar(max)) AS x) t0 ${passes.join(' ')})`;
  },
};

function replaceAll(column: string, rules: readonly (readonly [string, string])[], flags?: string): string {
  return rules.reduce(
    (text, [pattern, by]) => `REGEXP_REPLACE(${[text, `'${pattern}'`, `'${by}'`, ...(flags === undefined ? [] : [flags])].join(', ')})`,
    column,
  );
}

function cutOnSqlServer(pass: number): string {
  const found = `CHARINDEX('BAMSCRT@', t${pass}.x)`;
  return `CROSS APPLY (SELECT CASE WHEN ${found} = 0 THEN t${pass}.x ELSE STUFF(t${pass}.x, ${found}, CHARINDEX('<', t${pass}.x + '<', ${found}) - ${found}, '${CUT}') END AS x) t${pass + 1}`;
}
