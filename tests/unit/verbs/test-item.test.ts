import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Bamboo } from '../../../src/core/ports.ts';
import { testStored } from '../../../src/verbs/test-item.ts';
import { change, state } from '../../support/core-samples.ts';

const CREDENTIAL = change({
  object: 'shared-credential',
  kind: 'credentials',
  route: 'shared-credential',
  level: 'project',
  project: 'WEB',
  users: [{ object: 'repository', id: '7', level: 'project', project: 'WEB', name: 'docs', workspace: 'acme', slug: 'docs' }],
});

function bamboo(login: Bamboo['login'], open: () => Promise<unknown>): Bamboo {
  return { login, route: () => ({ name: 'form', open }) } as unknown as Bamboo;
}

const test = (server: Bamboo) => testStored(CREDENTIAL, { bamboo: server, emit: () => undefined });
const gone = () => Promise.reject(new RekeyError('PAGE_MISSING', 'Bamboo knows no such page (404).'));

describe('the connection test of a shared credential', () => {
  it('is made through a repository that uses it', async () => {
    const object = { state: state(), write: gone, test: async () => ({ kind: 'reachable' }) };
    expect(
      await test(
        bamboo(
          async () => 'login form',
          async () => ({ kind: 'object', object }),
        ),
      ),
    ).toEqual({ kind: 'reachable' });
  });

  it('is not offered where no way leads into the web pages: Bamboo has refused nothing', async () => {
    const answer = await test(bamboo(() => Promise.reject(new RekeyError('LOGIN_MISSING', 'No login is configured.')), gone));
    expect(answer).toEqual({ kind: 'not-offered', why: 'it is tested through "docs", which uses it, and that needs its edit form: No login is configured.' });
  });

  it('has no answer where the pages are open and the form of its user is not there', async () => {
    expect(await test(bamboo(async () => 'login form', gone))).toEqual({ kind: 'unavailable', why: 'could not be read: Bamboo knows no such page (404).' });
  });
});
