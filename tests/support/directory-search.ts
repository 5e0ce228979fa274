import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { takePrinted } from './printed.ts';
import { type Artefact, findSecrets, type SoughtSecret } from './secret-search.ts';

/** The folders in which the user of a directory keeps the secrets of its configurations. */
const SECRETS = /^[^/]*\.secrets\//;
/** A configuration is its user's own, too. */
const CONFIGURATION = 'bamboo-rekey.yaml';
/** What is shorter may stand anywhere by chance. */
const SHORTEST = 12;

/** Secrets that stand in a directory where commands were run, or in what they printed: sought is whatever its user keeps in a folder for secrets. */
export function leaksIn(directory: string): string[] {
  const files = filesIn(directory);
  const secrets = files.filter(({ name }) => SECRETS.test(name)).flatMap(secretIn);
  const written = files.filter(({ name }) => !SECRETS.test(name) && name !== CONFIGURATION);
  return findSecrets(secrets, [...written, ...takePrinted(directory)]);
}

function secretIn({ name, bytes }: Artefact): SoughtSecret[] {
  const value = Buffer.from(bytes).toString('utf8').trim();
  return value.length < SHORTEST || value.includes('\n') ? [] : [{ name: `what ${name} holds`, value }];
}

function filesIn(directory: string): Artefact[] {
  if (!existsSync(directory) || !readdirSync(directory).some((name) => SECRETS.test(`${name}/`))) return [];
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return names.map((name) => ({ name, bytes: readFileSync(join(directory, name)) }));
}
