import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { DOCUMENT_CLASS, DURATION_CLASS } from './spec-classes.ts';
import { classOf, type SpecMap, type SpecValue, tagged } from './spec-value.ts';

/** An entity as a document the way Atlassian's library writes it. */
export function documentText(entity: SpecMap, specModelVersion: string): string {
  const document = new Document(null, { version: '1.1' });
  document.contents = nodeOf(tagged(DOCUMENT_CLASS, { rootEntity: entity, specModelVersion })) as Document['contents'];
  const text = document.toString({ singleQuote: true, lineWidth: 0, indentSeq: false, flowCollectionPadding: false, blockQuote: 'literal' });
  return `--- ${text.replace(/^---\s+/, '')}...\n`;
}

function nodeOf(value: SpecValue): Scalar | YAMLMap | YAMLSeq {
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  if (isList(value)) {
    const list = new YAMLSeq();
    list.items = value.map(nodeOf);
    return list;
  }
  return classOf(value) === DURATION_CLASS ? durationOf(value) : mapOf(value);
}

function isList(value: SpecValue): value is readonly SpecValue[] {
  return Array.isArray(value);
}

function mapOf(value: SpecMap): YAMLMap {
  const map = new YAMLMap();
  map.items = Object.entries(value).map(([key, each]) => new Pair(new Scalar(key), nodeOf(each)));
  if (classOf(value) !== '') map.tag = `tag:yaml.org,2002:${classOf(value)}`;
  return map;
}

function durationOf({ text }: SpecMap): Scalar {
  const scalar = new Scalar(text);
  scalar.tag = `tag:yaml.org,2002:${DURATION_CLASS}`;
  scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}
