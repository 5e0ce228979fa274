import { describe, expect, it } from '@jest/globals';
import { credentialOf } from '../../../../src/core/specs-document/account-slot.ts';
import { credentialText, withCredential } from '../../../../src/core/specs-document/credential-text.ts';
import { atlassianDocument, treeOf } from '../../../support/specs-documents.ts';

const INLINE = atlassianDocument('repository-git-inline');
const PASSWORD = 'BAMSCRT@0@0@Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';
const PAIR = { username: 'x-bitbucket-api-token-auth', password: "ATAT'=1" };

/** The document with its two lines written otherwise. */
function withLines(username: string, password: string): string {
  return INLINE.replace('    username: buildbot\n', username).replace(`    password: ${PASSWORD}\n`, password);
}

describe('the two values of a document', () => {
  it('are replaced, quoted, and nothing else is touched', () => {
    expect(withCredential(treeOf(INLINE), PAIR)).toBe(
      INLINE.replace('username: buildbot', "username: 'x-bitbucket-api-token-auth'").replace(PASSWORD, "'ATAT''=1'"),
    );
  });

  it.each([
    ['nothing at all', '    password:\n'],
    ['null', '    password: null\n'],
    ['an empty text', "    password: ''\n"],
  ])('are set where the password is %s', (_what, line) => {
    const changed = withCredential(treeOf(withLines('    username: buildbot\n', line)), PAIR);
    expect(changed).toBe(withLines("    username: 'x-bitbucket-api-token-auth'\n", "    password: 'ATAT''=1'\n"));
  });

  it('are set where the server leaves the password out, in the style of the map', () => {
    const changed = withCredential(treeOf(withLines('    username: buildbot # ci\n', '')), PAIR);
    expect(changed).toBe(withLines("    password: 'ATAT''=1'\n    username: 'x-bitbucket-api-token-auth' # ci\n", ''));
    const flow = INLINE.replace(`\n    password: ${PASSWORD}\n    username: buildbot\n`, ' {username: buildbot}\n');
    const inFlow = withCredential(treeOf(flow), PAIR) ?? '';
    expect(inFlow).toContain("{password: 'ATAT''=1', username: 'x-bitbucket-api-token-auth'}");
    expect(credentialOf(treeOf(inFlow))).toEqual(PAIR);
  });

  it('are found on the line below their key, too', () => {
    const changed = withCredential(treeOf(withLines('    username:\n      buildbot\n', `    password:\n\n      ${PASSWORD}\n`)), PAIR);
    expect(changed).toBe(withLines("    username: 'x-bitbucket-api-token-auth'\n", "    password: 'ATAT''=1'\n"));
  });

  it.each([
    ['a comment between key and value', '    username: # who\n      buildbot\n'],
    ['an explicit key', '    ? username\n    : buildbot\n'],
    ['a map', '    username: {name: buildbot}\n'],
  ])('are left alone in a shape that is not certain: %s', (_what, line) => {
    const tree = treeOf(withLines(line, `    password: ${PASSWORD}\n`));
    expect([withCredential(tree, PAIR), credentialText(tree)]).toEqual([undefined, undefined]);
  });

  it('are not found where the slot holds none', () => {
    expect(withCredential(treeOf(atlassianDocument('repository-git-shared')), PAIR)).toBeUndefined();
  });
});
