import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runId } from '../../../src/core/run-id.ts';
import { isScratchName, scratchDocument, scratchName, scratchUsername } from '../../../src/core/scratch.ts';
import { credentialOf, kindOfTree } from '../../../src/core/specs-document/account-slot.ts';
import { textAt, valueAt } from '../../../src/core/specs-document/parse-specs.ts';
import { treeOf } from '../../support/specs-documents.ts';

const OWN = scratchName(runId(new Date('2026-11-24T22:41:27Z'), Uint8Array.of(10, 27, 44)));

describe('the name of a scratch repository', () => {
  it('is known again, whatever moment and random bytes it is made of', () => {
    const bytes = fc.uint8Array({ minLength: 3, maxLength: 3 });
    const moment = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(moment, bytes, (now, random) => isScratchName(scratchName(runId(now, random)))));
  });

  it.each([`${OWN} (2)`, `${OWN}(13)`])('is known where Bamboo has numbered it: %s', (name) => expect(isScratchName(name)).toBe(true));

  it.each([
    'bamboo-rekey-prove-',
    'bamboo-rekey-prove-mine',
    'bamboo-rekey-prove-0a1b2c',
    `${OWN}-copy`,
    `${OWN} `,
    `${OWN} (mine)`,
    `${OWN}\n`,
    `my-${OWN}`,
    OWN.toUpperCase(),
    OWN.replace(/.$/, ''),
  ])('is not %j', (name) => expect([isScratchName(OWN), isScratchName(name)]).toEqual([true, false]));
});

describe('the document of a scratch repository', () => {
  const pair = { username: scratchUsername('start'), password: "made-up'1" };
  const { entity, ...tree } = treeOf(scratchDocument(OWN, pair));

  it('makes one of Bitbucket Cloud with the pair given, in no project and without an oid', () => {
    expect([kindOfTree({ entity, ...tree }), credentialOf({ entity, ...tree })]).toEqual(['bitbucket-cloud', pair]);
    expect([textAt(entity, 'name'), valueAt(entity, 'oid'), valueAt(entity, 'project')]).toEqual([OWN, undefined, undefined]);
  });

  it('names a repository, an account and a branch that nobody has, and nothing that an import refuses', () => {
    expect(textAt(entity, 'repositorySlug')).toBe(`bamboo-rekey-prove/${OWN}`);
    expect(pair.username).toMatch(/@[a-z-]+\.invalid$/);
    expect(`${textAt(entity, 'name')}${textAt(entity, 'description')}`).not.toMatch(/["&'<>\\]/);
  });
});
