import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Place } from '../../../src/core/model.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { captureForms, strangeForms } from '../../../src/verbs/capture-forms.ts';
import { checkForms } from '../../../src/verbs/check-forms.ts';
import { reading, sharedReading } from '../../support/core-samples.ts';
import { bambooWorld } from '../../support/fake-bamboo.ts';

const CLOSED = { writable: { kind: 'no' as const, why: 'x' } };
const place = (id: string): Place => ({ object: 'repository', id, level: 'global', name: id });
const walk = (readings: Reading[], strange: Place[] = [], version = '9.6.16') => ({
  server: { version, state: 'RUNNING' },
  readings,
  unread: [],
  strange,
  exported: { files: 0, folders: [] },
});
const NONE = { change: 0, unchanged: 0, cannot: 0 };
const said = (...parts: Parameters<typeof walk>) => checkForms(walk(...parts), NONE).map(({ check, status, detail }) => `${check} ${status}: ${detail}`);

describe('what doctor says of the forms', () => {
  it("counts in the plan's own numbers, and warns of what can not be changed", () => {
    const [whole] = checkForms(walk([reading(), reading(), reading()]), { change: 1, unchanged: 2, cannot: 0 });
    expect(whole).toEqual({
      check: 'forms',
      status: 'ok',
      detail: '3 repositories and shared credentials read: 1 to change, 2 unchanged, 0 cannot be changed',
    });
    const [short] = checkForms(walk([reading()]), { change: 0, unchanged: 0, cannot: 1 });
    expect(short).toMatchObject({ status: 'warning', remedy: expect.stringContaining('bamboo-rekey plan') });
  });

  it('does not call a form strange whose address carries a user name', () => {
    const named = { kind: 'https', workspace: 'acme', slug: 'web', usernameInUrl: 'bot' } as const;
    expect(strangeForms(walk([reading({ kind: 'git' }, { ...CLOSED, gitUrl: named })]))).toEqual([]);
  });

  it('does not call a form strange where an exported document was read, and no form', () => {
    expect(strangeForms(walk([reading({}, { ...CLOSED, route: 'import' })]))).toEqual([]);
  });

  it('counts a form as not understood where it holds a pair, or nobody knows what', () => {
    const readings = [
      reading({ id: '1' }, CLOSED),
      reading({ id: '2', credential: { kind: 'unknown' } }, CLOSED),
      reading({ id: '3', credential: { kind: 'ssh' } }, CLOSED),
      reading({ id: '4', credential: { kind: 'shared', shared: { id: '7', name: 'ci' } } }, CLOSED),
      reading({ id: '5' }),
      sharedReading({ id: '6', level: 'project', project: 'WEB' }, CLOSED),
      sharedReading({ id: '7' }, CLOSED),
    ];
    expect(strangeForms(walk(readings, [place('9')])).map(({ id }) => id)).toEqual(['9', '1', '2', '7']);
    expect(said(readings)).toContainEqual('forms warning: 3 edit form(s) were not understood');
  });

  it.each([
    ['9.6.16', 'checkouts may work all the same'],
    ['9.6.15', 'the upgrade comes first'],
  ])('tells what a list of repositories that failed means on %s', (version, words) => {
    const failed = reading({ notes: ['its form says "Failed to load data from Bitbucket"'] });
    expect(said([failed, reading()], [], version)[1]).toContain(words);
    expect(said([failed, reading()], [], version)[1]).toContain('repository-list warning: 1 edit form(s)');
  });
});

describe('saving the forms that were not understood', () => {
  const capture = async (each: Place) => {
    if (each.id === 'gone') throw new RekeyError('PAGE_MISSING', 'Bamboo knows no such page (404).');
    return `<form id="${each.id}">`;
  };

  it('writes one file for each, and tells what could not be read again', async () => {
    const { runtime, files } = bambooWorld({ capture });
    const checks = await captureForms([place('1'), place('gone')], 'forms', runtime);
    expect([...files]).toEqual([
      ['forms/', ''],
      ['forms/repository-global-1.html', '<form id="1">'],
    ]);
    expect(checks.map(({ status, detail }) => `${status}: ${detail}`)).toEqual([
      'warning: linked repository "gone" (id gone): Bamboo knows no such page (404).',
      'ok: 1 page(s) saved in forms without their values; safe to send, but look at them first',
    ]);
  });

  it('saves as many as a person would look at, and tells the rest', async () => {
    const { runtime, files } = bambooWorld({ capture });
    const checks = await captureForms(
      Array.from({ length: 25 }, (_, number) => place(String(number))),
      'forms',
      runtime,
    );
    expect(files.size).toBe(21);
    expect(checks.at(-1)?.detail).toContain('5 more are like them');
  });

  it('makes no directory where there is nothing to save', async () => {
    const { runtime, files } = bambooWorld({});
    expect((await captureForms([], 'forms', runtime))[0]?.detail).toContain('every edit form was understood');
    expect(files.size).toBe(0);
  });

  it('ends with a refused login', async () => {
    const refuse = async (): Promise<string> => {
      throw new RekeyError('LOGIN_REFUSED', 'No.');
    };
    await expect(captureForms([place('1')], 'forms', bambooWorld({ capture: refuse }).runtime)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  });
});
