import type { Config } from './core/config.ts';
import { RekeyError } from './core/errors.ts';
import type { SourceReading } from './core/source-reading.ts';
import type { Secrets } from './settings/create-secrets.ts';

/** What the source beside HTTP is made with. */
export interface SourceMaterial {
  readonly secrets: Secrets;
  /** A path as it is written in the configuration, as seen from here. */
  readonly resolvePath: (path: string) => string;
  readonly readText: (path: string) => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Reads the database or the inventory file, whichever is configured. @throws RekeyError */
export async function composeSource({ bamboo, bitbucket }: Config, material: SourceMaterial): Promise<SourceReading | undefined> {
  const { database, inventoryFile, tls } = bamboo;
  const { secrets, resolvePath, readText, env, signal } = material;
  const { git } = bitbucket;
  if (database !== undefined && inventoryFile !== undefined)
    throw new RekeyError(
      'CONFIG_INVALID',
      'bamboo.database and bamboo.inventoryFile are both given: the file is for where the database may not be read. Leave one out.',
    );
  if (database !== undefined) {
    const { readDatabase } = await import('./database/read-database.ts');
    const url = await secrets('bamboo.database.url', database.url);
    const authorities =
      tls?.ca === undefined ? undefined : (await import('./http/tls-trust.ts')).trustedAuthorities(await readText(tls.ca), env.NODE_EXTRA_CA_CERTS);
    return readDatabase({ url, git, signal, ...(authorities === undefined ? {} : { authorities }) });
  }
  if (inventoryFile === undefined) return undefined;
  const { readInventoryFile } = await import('./database/read-inventory-file.ts');
  return readInventoryFile({ path: resolvePath(inventoryFile), git, signal });
}
