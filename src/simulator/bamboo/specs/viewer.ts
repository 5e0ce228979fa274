import { ImportRefused } from './import-refused.ts';
import { SPECS_ONLY } from './later-keys.ts';
import { VIEWER_CLASS } from './spec-classes.ts';
import { classOf, isSpecMap, packed, type SpecMap, type SpecValue, tagged, unpacked } from './spec-value.ts';

const SETTING = 'selectedWebRepositoryViewer';
const OTHER = `${SPECS_ONLY}repositoryViewerProperties`;
const CLOUD_VIEWER = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloudViewer';

/** The web repository of a document; one that the form has no choice for is kept as it came. */
export function readViewer(value: SpecValue | undefined): Record<string, string> {
  if (value == null) return { [SETTING]: 'none' };
  if (!/\.model\.repository\.viewer\.\w+$/.test(classOf(value))) throw new ImportRefused('repositoryViewer: the class is not one of a viewer.');
  return isCloudViewer(value) ? { [SETTING]: 'bbCloudViewer' } : { [SETTING]: 'none', [OTHER]: packed(value) };
}

function isCloudViewer(value: SpecValue): boolean {
  const plugin = isSpecMap(value) ? value.atlassianPlugin : null;
  return isSpecMap(plugin) && plugin.completeModuleKey === CLOUD_VIEWER;
}

/** The web repository for an export. */
export function writeViewer(settings: Readonly<Record<string, string>>): SpecMap | null {
  const other = settings[OTHER];
  if (settings[SETTING] !== 'bbCloudViewer') return other === undefined ? null : (unpacked(other) as SpecMap);
  return tagged(VIEWER_CLASS, { atlassianPlugin: { completeModuleKey: CLOUD_VIEWER }, configuration: {} });
}
