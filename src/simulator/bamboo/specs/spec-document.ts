import { isMap, isScalar, type Node, parseDocument } from 'yaml';

const CORE = 'tag:yaml.org,2002:';
const ROOT = 'com.atlassian.bamboo.specs.util.BambooSpecProperties';

/** One imported document: the class of its entity and the entity's keys, or why it was refused. */
export type SpecDocument =
  | { readonly kind: 'entity'; readonly className: string; readonly entity: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads a body as the import does: one document of the publisher's class, with an entity that names its own. */
export function readSpecDocument(text: string): SpecDocument {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) return refused(problem.message);
  const root = document.contents;
  if (!isMap(root) || classOf(root) !== ROOT) return refused(`A document of the class ${ROOT} is expected.`);
  for (const pair of root.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (key !== 'rootEntity' && key !== 'specModelVersion') return refused(`Unable to find property '${key}' on class ${ROOT}.`);
  }
  const entity = root.get('rootEntity', true) as Node | undefined;
  if (!isMap(entity)) return refused('rootEntity is missing.');
  return { kind: 'entity', className: classOf(entity), entity: entity.toJS(document) as Record<string, unknown> };
}

function refused(why: string): SpecDocument {
  return { kind: 'refused', why };
}

function classOf(node: Node): string {
  const tag = node.tag ?? '';
  return tag.startsWith(CORE) ? tag.slice(CORE.length) : tag;
}
