import { describe, expect, it } from '@jest/globals';
import { parseSpecs } from '../../../../src/core/specs-document/parse-specs.ts';
import { atlassianDocument } from '../../../support/specs-documents.ts';

const GOOD = atlassianDocument('repository-cloud-defaults');

function verdictOf(text: string): string {
  const parsed = parseSpecs(text);
  return parsed.kind === 'tree' ? 'tree' : `${parsed.kind}: ${parsed.why}`;
}

describe('a document of the Specs library', () => {
  it.each(['defaults', 'every-setting', 'no-credentials', 'project', 'shared-credentials'])('is read as Atlassian writes it: repository-cloud-%s', (name) => {
    expect(verdictOf(atlassianDocument(`repository-cloud-${name}`))).toBe('tree');
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n\n'],
    ['cut off in a key', GOOD.slice(0, GOOD.indexOf('verboseLogs') + 4)],
    ['cut off between two lines', GOOD.slice(0, GOOD.indexOf('  verboseLogs'))],
    ['without the entity', '--- !!com.atlassian.bamboo.specs.util.BambooSpecProperties\nspecModelVersion: 9.2.1\n'],
  ])('is unfinished when it is %s', (_what, text) => {
    expect(verdictOf(text)).toMatch(/^unfinished: /);
  });

  it('may lack the version where it shows its end, and may show no end where the version comes last', () => {
    expect(verdictOf(GOOD.replace(/specModelVersion.*\n/, ''))).toBe('tree');
    expect(verdictOf(GOOD.replace('...\n', ''))).toBe('tree');
  });

  it.each([
    ['an anchor', GOOD.replace('name: lib', 'name: &n lib'), 'anchor'],
    ['an alias', GOOD.replace('name: lib', 'name: &n lib').replace('branch: main', 'branch: *n'), /anchor|alias/],
    ['several documents', `${GOOD}${GOOD}`, 'several'],
    ['a foreign tag', GOOD.replace('name: lib', 'name: !!javax.script.ScriptEngineManager lib'), 'foreign YAML tag \\(!!javax'],
    ['a local tag', GOOD.replace('name: lib', 'name: !mine lib'), 'foreign YAML tag'],
    ['tags of its own', `%TAG !e! tag:example.com,2026:\n${GOOD}`, 'tags of its own'],
    ['a merge key', GOOD.replace('  name: lib', '  <<: {a: b}\n  name: lib'), 'no plain name'],
    ['another root', GOOD.replace('BambooSpecProperties', 'Other'), 'no document'],
    ['a list', '- a\n- b\n', 'no document'],
    ['nesting without end', `--- ${'['.repeat(200_000)}`, ''],
  ])('is refused, or not taken, with %s', (_what, text, words) => {
    expect(verdictOf(text)).toMatch(new RegExp(`^(refused|unfinished): .*${words instanceof RegExp ? words.source : words}`));
  });

  it('is no complete YAML with a key twice', () => {
    expect(verdictOf(GOOD.replace('  name: lib', '  name: lib\n  name: other'))).toMatch(/DUPLICATE_KEY/);
  });
});
