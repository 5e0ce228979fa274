import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../core/model.ts';
import { cloudContents } from './cloud-contents.ts';
import { type DefinitionReader, isEmpty, type Settings } from './definition.ts';
import { legacySettings } from './family-settings.ts';
import { gitContents } from './git-contents.ts';
import type { Contents, ContentsTools } from './repository-contents.ts';

/** Reads what the definition of a repository says, by its plugin key; undefined for types that cannot hold a Bitbucket Cloud credential. */
export function readContents(tools: ContentsTools, pluginKey: string, xml: string): Contents | undefined {
  if (pluginKey !== BITBUCKET_CLOUD_MODULE && pluginKey !== GIT_MODULE) return undefined;
  if (xml.trim() === '') return withoutSettings('its definition is empty');
  const settings = settingsOf(tools.reader, xml);
  if ('why' in settings) return { kind: 'unreadable', why: settings.why };
  if (isEmpty(settings)) return withoutSettings('its definition holds no serverConfiguration');
  return pluginKey === GIT_MODULE ? gitContents(settings, tools) : cloudContents(settings, tools);
}

/** New layout, legacy layout, or the legacy layout kept as text inside the new one [D, I]. */
function settingsOf(reader: DefinitionReader, xml: string, inner = false): Settings | { readonly why: string } {
  const definition = reader.read(xml);
  if (definition.kind === 'malformed') return definition;
  const { server, elements } = definition;
  if (server !== undefined && !isEmpty(server)) return server;
  const kept = elements.values.find(([path]) => path.endsWith('.legacyXml'))?.[1] ?? '';
  return kept.startsWith('<') && !inner ? settingsOf(reader, kept, true) : legacySettings(elements);
}

function withoutSettings(note: string): Contents {
  return { kind: 'repository', credential: { kind: 'unknown' }, holdsOwn: false, notes: [note] };
}
