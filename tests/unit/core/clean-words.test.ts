import { describe, expect, it } from '@jest/globals';
import { withCleanWords } from '../../../src/core/clean-words.ts';
import { RekeyError } from '../../../src/core/errors.ts';

const clean = (text: string): string => text.replaceAll('canary', '[secret]');

describe('withCleanWords', () => {
  it('takes secrets out of messages and remedies, whether a call throws at once or later', async () => {
    const fails = () => {
      throw new RekeyError('PAGE_ERROR', 'Bamboo said "canary".', { remedy: 'Look for canary.' });
    };
    const port = withCleanWords({ now: fails, later: async () => fails() }, clean);
    const expected = { code: 'PAGE_ERROR', message: 'Bamboo said "[secret]".', remedy: 'Look for [secret].' };
    await expect(port.later()).rejects.toMatchObject(expected);
    expect(() => port.now()).toThrow(expect.objectContaining(expected));
  });

  it('leaves an error without secrets as it is', async () => {
    const error = new RekeyError('PAGE_ERROR', 'Bamboo said no.');
    await expect(withCleanWords({ ask: () => Promise.reject(error) }, clean).ask()).rejects.toBe(error);
  });

  it('takes them out of reasons, and leaves what was read as it is', async () => {
    const listing = { entries: [{ name: 'canary' }], unread: [{ what: 'plans', why: 'said canary' }], broken: { kind: 'bad', why: 'canary' } };
    expect(await withCleanWords({ list: async () => listing }, clean).list()).toEqual({
      ...listing,
      unread: [{ what: 'plans', why: 'said [secret]' }],
      broken: { kind: 'bad', why: '[secret]' },
    });
  });

  it('goes on with whatever a call gives to speak with: a route, and the object that it opens', async () => {
    const object = { state: { why: 'canary' }, write: async () => ({ kind: 'refused', why: 'canary is wrong' }) };
    const port = withCleanWords({ route: () => ({ name: 'form', open: async () => ({ kind: 'object', object }) }) }, clean);
    const route = port.route();
    const opened = await route.open();
    expect([route.name, opened.object.state, await opened.object.write()]).toEqual(['form', object.state, { kind: 'refused', why: '[secret] is wrong' }]);
  });
});
