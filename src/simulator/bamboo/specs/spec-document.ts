import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar } from 'yaml';
import { ImportRefused } from './import-refused.ts';
import { DOCUMENT_CLASS, isAllowedClass } from './spec-classes.ts';
import { CLASS, classOf, isSpecMap, type SpecMap, type SpecValue } from './spec-value.ts';

const CORE = 'tag:yaml.org,2002:';
const CORE_TYPES = /^(map|seq|str|null|bool|int|float|timestamp|binary|set|omap)$/;
const DEEPEST = 50;

/** One imported document: the class of its entity and the entity's keys, or why it was refused. */
export type SpecDocument =
  | { readonly kind: 'entity'; readonly className: string; readonly entity: SpecMap }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads a body as the import does: one document of the publisher's class, with an entity that names its own. */
export function readSpecDocument(text: string): SpecDocument {
  try {
    return readEntity(text);
  } catch (problem) {
    if (problem instanceof ImportRefused) return refused(problem.message);
    throw problem;
  }
}

function readEntity(text: string): SpecDocument {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem !== undefined) return refused(problem.message);
  const root = document.contents === null ? null : readValue(document, document.contents, 0);
  if (!isSpecMap(root) || classOf(root) !== DOCUMENT_CLASS) return refused(`A document of the class ${DOCUMENT_CLASS} is expected.`);
  for (const key of Object.keys(root)) {
    if (key !== 'rootEntity' && key !== 'specModelVersion') return refused(`Unable to find property '${key}' on class ${DOCUMENT_CLASS}.`);
  }
  const entity = root.rootEntity;
  if (!isSpecMap(entity)) return refused('rootEntity is missing.');
  return { kind: 'entity', className: classOf(entity), entity };
}

function refused(why: string): SpecDocument {
  return { kind: 'refused', why };
}

/** Aliases are followed: Atlassian's own documents of projects carry some. */
function readValue(document: Document, node: Node, depth: number): SpecValue {
  if (depth > DEEPEST) throw new ImportRefused('The document is nested too deeply.');
  if (isAlias(node)) {
    const meant = node.resolve(document);
    if (meant === undefined) throw new ImportRefused(`The alias ${node.source} stands for nothing.`);
    return readValue(document, meant, depth + 1);
  }
  const className = allowedClassOf(node);
  if (isScalar(node)) return textOf(node);
  if (isSeq(node)) return node.items.map((item) => readValue(document, item as Node, depth + 1));
  if (!isMap(node)) throw new ImportRefused('The document holds something that is no value.');
  const entries = node.items.map((pair) => [keyOf(pair), pair.value === null ? null : readValue(document, pair.value as Node, depth + 1)]);
  return { ...Object.fromEntries(entries), ...(className === '' ? {} : { [CLASS]: className }) };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? (textOf(pair.key) ?? 'null') : '';
}

/** A bare word stays as it was written: a user name may look like a number. */
function textOf(node: Scalar): string | null {
  if (node.value === null) return null;
  return node.type === Scalar.PLAIN ? (node.source ?? String(node.value)) : String(node.value);
}

function allowedClassOf(node: Node): string {
  const tag = node.tag ?? '';
  const name = tag.startsWith(CORE) ? tag.slice(CORE.length) : tag;
  if (name === '' || CORE_TYPES.test(name)) return '';
  if (!isAllowedClass(name)) throw new ImportRefused(`Class '${name}' is not allowed in YAML.`);
  return name;
}
