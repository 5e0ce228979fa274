import type { DefinitionReader, Settings } from './definition.ts';
import { ownCopy } from './slot.ts';

/** Plugin key of a shared credential with user name and password [T]. */
export const PASSWORD_CREDENTIALS = 'com.atlassian.bamboo.plugin.sharedCredentials:usernamePasswordCredentials';

/** The user name of a shared credential; the layout of its XML is not known, so entries and plain elements are taken [T key, I layout]. */
export function credentialUsername(reader: DefinitionReader, xml: string): { readonly username: string } | { readonly why: string } {
  if (xml.trim() === '') return { why: 'its definition is empty' };
  const definition = reader.read(xml);
  if (definition.kind === 'malformed') return definition;
  const { server, entries, elements } = definition;
  const places: readonly Settings[] = [...(server === undefined ? [] : [server]), entries, elements];
  const found = places.map(usernameIn).find((username) => username !== '');
  return found === undefined ? { why: 'its definition shows no user name' } : { username: ownCopy(found) };
}

function usernameIn({ values }: Settings): string {
  for (const [key, value] of values) if (/(^|\.)username$/i.test(key) && value !== '') return value;
  return '';
}
