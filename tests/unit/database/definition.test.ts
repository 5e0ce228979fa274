import { describe, expect, it } from '@jest/globals';
import { type Definition, DefinitionReader } from '../../../src/database/definition.ts';
import { entry, inlineXml, legacyXml, repositoryXml, STORED_SECRET } from '../../support/bamboo-database/xml.ts';

const reader = new DefinitionReader(false);

function read(xml: string, everything = false): Definition {
  const definition = (everything ? new DefinitionReader(true) : reader).read(xml);
  if (definition.kind === 'malformed') throw new Error(definition.why);
  return definition;
}

describe('an XML definition', () => {
  it('gives the entries of serverConfiguration, whatever stands before and after', () => {
    const { server } = read(inlineXml('buildbot', 'acme/web', [], (parts) => parts.reverse()));
    expect(server?.values).toEqual([
      ['repository.bitbucket.repository', 'acme/web'],
      ['repository.bitbucket.username', 'buildbot'],
      ['repository.bitbucket.branch', 'main'],
    ]);
  });

  it('keeps of secrets nothing but their names', () => {
    const definition = read(inlineXml('buildbot', 'acme/web', [entry('repository.bitbucket.innocent', STORED_SECRET), entry('x.sshKey', '-----BEGIN RSA')]));
    expect(definition.server?.secrets).toEqual(['repository.bitbucket.password', 'repository.bitbucket.innocent', 'x.sshKey']);
    expect(JSON.stringify(definition)).not.toMatch(/BAMSCRT|BEGIN RSA/);
  });

  it('does not take a secret that is empty for one that is there', () => {
    expect(read(repositoryXml([entry('repository.bitbucket.password', '')])).server).toEqual({ values: [], secrets: [] });
  });

  it('tells no serverConfiguration from an empty one', () => {
    expect(read('<repository/>').server).toBeUndefined();
    expect(read('<repository><serverConfiguration/></repository>').server).toEqual({ values: [], secrets: [] });
  });

  it('reads references, CDATA and white space as XML has them', () => {
    const xml =
      '\ufeff  <?xml version="1.0"?><repository><serverConfiguration><entry>\n<string> a </string><string><![CDATA[<b>]]>&amp;&#64;</string></entry></serverConfiguration></repository>\n';
    expect(read(xml).server?.values).toEqual([['a', '<b>&@']]);
  });

  it('counts the strings of an entry only, and bears an entry without a value', () => {
    const xml = repositoryXml([
      '<entry><null/><string>a</string><map><string>no</string></map><string>b</string></entry>',
      '<entry><string>c</string><null/></entry>',
      '<entry/>',
    ]);
    expect(read(xml).server?.values).toEqual([
      ['a', 'b'],
      ['c', ''],
    ]);
  });

  it('gives the legacy layout by dotted path', () => {
    expect(read(legacyXml('old', 'acme/web')).elements).toEqual({
      values: [
        ['configuration.repository.bitbucket.repository', 'acme/web'],
        ['configuration.repository.bitbucket.username', 'old'],
      ],
      secrets: ['configuration.repository.bitbucket.password'],
    });
  });

  it('takes settings from anywhere where everything was asked for', () => {
    const { entries, elements } = read(`<c><m>${entry('username', 'team')}</m><name>x</name></c>`, true);
    expect(entries.values).toEqual([['username', 'team']]);
    expect(elements.values).toEqual([['c.name', 'x']]);
    expect(read(`<c><m>${entry('username', 'team')}</m></c>`).entries.values).toEqual([]);
  });

  it.each([
    ['an unclosed element', '<repository><serverConfiguration></repository>', ' (line 1, column '],
    ['a bare ampersand', '<r>\n<a>x & y</a></r>', ' (line 2, column '],
    ['text that is no XML', 'password=hunter2', ' (line 1, column '],
    ['an entity of its own', '<!DOCTYPE r [<!ENTITY e "boom">]><r>&e;</r>', ' (line 1, column '],
    ['an entity from a file', '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>', ' (line 1, column '],
    ['two roots', '<r/><r/>', ''],
  ])('calls %s malformed, with its place and without its content', (_, xml, place) => {
    const definition = reader.read(xml);
    expect(definition.kind).toBe('malformed');
    expect(definition).toMatchObject({ why: expect.stringContaining(`its XML is not well-formed${place}`) });
    expect(JSON.stringify(definition)).not.toMatch(/hunter2|boom|passwd/);
  });

  it('reads the next one after a malformed one as if nothing had been', () => {
    reader.read('<repository><serverConfiguration><entry><string>left');
    expect(read(repositoryXml([entry('a', 'b')])).server?.values).toEqual([['a', 'b']]);
  });
});
