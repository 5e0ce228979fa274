import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { credentialOf, kindOfTree } from '../../../../src/core/specs-document/account-slot.ts';
import { textAt } from '../../../../src/core/specs-document/parse-specs.ts';
import { contentsOf } from '../../../../src/core/specs-document/tree-settings.ts';
import { commonSettings, leftOut, twinDocument } from '../../../../src/core/specs-document/twin-document.ts';
import { originalOf, twinOf } from '../../../../src/core/twin-name.ts';
import { atlassianDocument, treeOf } from '../../../support/specs-documents.ts';

const IDENTITY = { name: 'Web: shop (git)', url: 'https://bitbucket.org/acme/shop.git' };
const PAIR = { username: 'x-bitbucket-api-token-auth', password: "ATAT'1" };

function twin(name: string) {
  return treeOf(twinDocument(treeOf(atlassianDocument(name)), IDENTITY, PAIR) ?? '');
}

describe('a Git-type twin', () => {
  it.each(['repository-cloud-defaults', 'repository-cloud-every-setting', 'repository-cloud-project'])(
    'of %s has every setting that both types share',
    (name) => {
      const made = twin(name);
      expect([kindOfTree(made), credentialOf(made)]).toEqual(['git', PAIR]);
      const original = treeOf(atlassianDocument(name));
      expect(commonSettings(made, IDENTITY)).toEqual(commonSettings(original, IDENTITY));
    },
  );

  it.each(['repository-cloud-defaults', 'repository-cloud-every-setting', 'repository-cloud-project'])(
    'of %s is the same where a server leaves out what is at its default, and another where a setting changes',
    (name) => {
      const made = twin(name);
      const short = made.text
        .replace(/^ +\w+: (false|null|NONE|5|\{\}|!!java.time.Duration 'PT(3H|10S)')\n/gm, '')
        .replace(/ +useRemoteAgentCache: true\n/, '');
      const isCached = /useRemoteAgentCache: true/.test(made.text);
      const shown = isCached ? short : short.replace('  url:', '  useRemoteAgentCache: false\n  url:');
      expect(commonSettings(treeOf(shown), IDENTITY)).toEqual(commonSettings(made, IDENTITY));
      const changed = made.text.replace(/useLfs: \w+/, `useLfs: ${!made.text.includes('useLfs: true')}`);
      expect(commonSettings(treeOf(changed), IDENTITY)).not.toEqual(commonSettings(made, IDENTITY));
    },
  );

  it('keeps the cache of agents off where its original does not name it, as the Git type would turn it on', () => {
    const original = treeOf(atlassianDocument('repository-cloud-defaults').replace(/ +useRemoteAgentCache: false\n/, ''));
    const made = treeOf(twinDocument(original, IDENTITY, PAIR) ?? '');
    expect(textAt(made.entity, 'useRemoteAgentCache')).toBe('false');
    expect(commonSettings(made, IDENTITY)).toEqual(commonSettings(original, IDENTITY));
  });

  it('has nothing that the Git type does not know, no oid and no key of its original', () => {
    const made = twin('repository-cloud-project');
    const paths = contentsOf(made).settings.map(([path]) => path);
    for (const lost of ['webhookEnabled', 'repositorySlug', 'checkoutAuthenticationProperties'])
      expect(paths.filter((path) => path.startsWith(lost))).toEqual([]);
    expect(textAt(made.entity, 'oid')).toBeUndefined();
    expect(made.text).not.toMatch(/BAMSCRT|BEGIN/);
    expect(parse(made.text, { logLevel: 'silent' })).toMatchObject({ rootEntity: { project: { key: { key: 'WEB' } }, vcsChangeDetection: { maxRetries: 7 } } });
  });

  it('names what it does not take over, where the original has set it', () => {
    const every = atlassianDocument('repository-cloud-every-setting').replace('  parent: null', "  laterKey: 'x'\n  laterSwitch: false\n  parent: null");
    expect(leftOut(treeOf(every))).toEqual(['checkoutAuthenticationProperties', 'description', 'laterKey', 'repositoryViewerProperties']);
    expect(leftOut(treeOf(atlassianDocument('repository-cloud-defaults')))).toEqual(['repositoryViewerProperties']);
  });

  it('stands where its original does, and leads back to it', () => {
    const place = { object: 'repository', id: '7', level: 'project', project: 'WEB', name: 'shop' } as const;
    expect(twinOf(place)).toEqual({ ...place, object: 'twin', id: 'twin-of-7', name: 'shop (git)' });
    expect(originalOf(twinOf(place))).toEqual(place);
    expect(originalOf(place)).toBeUndefined();
  });
});
