import { type Alias, isAlias, isMap, isScalar, type Node, parseAllDocuments, type Scalar, visit, type YAMLMap } from 'yaml';

/** An export or import document of Atlassian's Specs library, as text and as the tree that stands for it. Every part of the tree knows where its text is. */
export interface SpecsTree {
  readonly text: string;
  /** The entity that the document is about. */
  readonly entity: YAMLMap;
  /** Its Java class, without `!!`. */
  readonly entityClass: string;
  readonly modelVersion?: string;
}

/** What a text turned out to be. `unfinished`: it may be on its way to disk still. */
export type ParsedSpecs = { readonly kind: 'tree'; readonly tree: SpecsTree } | { readonly kind: 'unfinished' | 'refused'; readonly why: string };

const CORE_TAG = 'tag:yaml.org,2002:';
const ROOT_CLASS = 'com.atlassian.bamboo.specs.util.BambooSpecProperties';
/** Classes of Atlassian's library and of Java's time [A], and YAML's own text. Anything else a document may name could make a server do anything. */
const KNOWN_TAG = /^tag:yaml\.org,2002:(str|com\.atlassian\.bamboo\.[\w.$]+|java\.time\.[\w$]+)$/;

/** Reads one document strictly: what it does not hold for certain is refused. Never throws for what stands in the text. */
export function parseSpecs(text: string): ParsedSpecs {
  if (text.trim() === '') return unfinished('is empty');
  try {
    return readTree(text);
  } catch {
    // A tree that is nested without end uses up the stack.
    return refused('can not be read as YAML');
  }
}

function readTree(text: string): ParsedSpecs {
  // The failsafe schema leaves every value the text that it is.
  const documents = parseAllDocuments(text, { schema: 'failsafe', version: '1.1', logLevel: 'silent', prettyErrors: false });
  const [first] = documents;
  if (!Array.isArray(documents) || first === undefined) return unfinished('holds no document');
  if (documents.length > 1) return refused('holds several YAML documents');
  const { code = 'unknown' } = first.errors[0] ?? {};
  if (code === 'RESOURCE_EXHAUSTION') return refused('nests deeper than any document does');
  if (first.errors.length > 0) return unfinished(`is no complete YAML (${code})`);
  if (Object.keys(first.directives?.tags ?? {}).length > 1) return refused('declares YAML tags of its own');
  const root = first.contents;
  if (!isMap(root) || classOf(root) !== ROOT_CLASS) return refused(`is no document of Atlassian's Specs library`);
  const strange = strangeness(root);
  return strange === undefined ? rootOf(text, root) : refused(strange);
}

function rootOf(text: string, root: YAMLMap): ParsedSpecs {
  const names = root.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
  const entity = root.get('rootEntity');
  const version = root.get('specModelVersion', true);
  const entityClass = isMap(entity) ? classOf(entity) : undefined;
  if (!isMap(entity) || entityClass === undefined) return unfinished('holds no entity with a class');
  // Cut off between two lines it would still be YAML, and importing it would reset every setting that is missing.
  const marked = names.indexOf('specModelVersion') > names.indexOf('rootEntity') || /(^|\n)\.\.\.[ \t]*(\r?\n|$)/.test(text);
  if (!marked) return unfinished('does not show its end');
  const modelVersion = isScalar(version) && typeof version.value === 'string' ? version.value : undefined;
  return { kind: 'tree', tree: { text, entity, entityClass, ...(modelVersion === undefined ? {} : { modelVersion }) } };
}

/** The first thing that could make the text mean something else than it seems to, in words. */
function strangeness(root: Node): string | undefined {
  let found: string | undefined;
  visit(root, {
    Alias: (_key, node: Alias) => {
      found = `holds a YAML alias (*${node.source})`;
      return visit.BREAK;
    },
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor !== undefined) found = `holds a YAML anchor (&${node.anchor})`;
      if (node.tag !== undefined && !KNOWN_TAG.test(node.tag)) found = `holds a foreign YAML tag (${node.tag.replace(CORE_TAG, '!!')})`;
      return found === undefined ? undefined : visit.BREAK;
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key) || typeof key.value !== 'string' || key.value === '<<') found = 'holds a YAML key that is no plain name';
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}

/** The Java class that a tag names. */
export function classOf(node: unknown): string | undefined {
  const tag = isMap(node) || isScalar(node) ? node.tag : undefined;
  return tag?.startsWith(CORE_TAG) === true && tag.includes('.') ? tag.slice(CORE_TAG.length) : undefined;
}

/** What stands under a key; a plain `null`, `~` or nothing counts as absent. */
export function valueAt(map: unknown, key: string): Node | undefined {
  const found = isMap(map) ? map.get(key, true) : undefined;
  if (isMap(found)) return found;
  if (isScalar(found)) return isNull(found) ? undefined : found;
  return found as Node | undefined;
}

/** The text under a key, where a text stands there. */
export function textAt(map: unknown, key: string): string | undefined {
  const found = valueAt(map, key);
  return isScalar(found) && typeof found.value === 'string' ? found.value : undefined;
}

/** Whether a scalar stands for nothing. */
export function isNull({ type, value, tag }: Scalar): boolean {
  return type === 'PLAIN' && tag === undefined && /^(~|null|Null|NULL|)$/.test(String(value));
}

function unfinished(why: string): ParsedSpecs {
  return { kind: 'unfinished', why };
}

function refused(why: string): ParsedSpecs {
  return { kind: 'refused', why };
}
