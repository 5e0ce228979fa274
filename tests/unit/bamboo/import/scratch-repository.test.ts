import { describe, expect, it } from '@jest/globals';
import { RekeyError } from '../../../../src/core/errors.ts';
import type { HttpRequest } from '../../../../src/core/ports.ts';
import { scratchName } from '../../../../src/core/scratch.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { PASSWORD_PROMPT } from '../../../support/login-pages.ts';
import type { TableAnswer, TableEntry } from '../../../support/table-http.ts';
import { clientFor } from '../client-for.ts';
import { failureIn } from '../failure-of.ts';

const NAME = scratchName('2026-11-24T22-41-27-000Z-0a1b2c');
const PAIR = { username: 'prove-start@bamboo-rekey.invalid', secret: new Secret('made-up') };
const LIST = 'GET /bamboo/rest/api/latest/repository';
const IMPORT = 'POST /bamboo/rest/api/latest/import/repository';
const USAGE = 'GET /bamboo/rest/api/latest/repository/9/usage';
const DELETE = 'POST /bamboo/admin/deleteLinkedRepository.action';
const FORM = 'GET /bamboo/admin/editLinkedRepository.action';
const ELEVATE = 'POST /bamboo/rest/tsv/latest/elevate-permissions/password';
const UNUSED = { body: { plans: [], totalPlans: 0, environments: [], totalEnvironments: 0 } };
const PLACE = { object: 'repository', id: '9', level: 'global', name: NAME } as const;

type Row = readonly [id: number, name: string];
const WEB: Row = [1, 'web'];

/** A list that shows one state after the other, whole on its first page. */
function lists(...states: (readonly Row[])[]): (request: HttpRequest) => TableAnswer {
  let turn = 0;
  return ({ url }) => {
    const isFirst = Number(new URL(url).searchParams.get('start-index') ?? 0) === 0;
    const rows = isFirst ? (states[Math.min(turn++, states.length - 1)] ?? []) : [];
    return { body: { searchResults: rows.map(([id, name]) => ({ id, name })) } };
  };
}

const address = (id: number): TableAnswer => ({ body: `https://bamboo.example/bamboo/x.action?repositoryId=${id}`, headers: { 'content-type': 'text/plain' } });

describe('making the scratch repository', () => {
  it('believes the list, whatever the answer was', async () => {
    for (const answer of [address(9), { status: 502, body: '<html>' }]) {
      const { bamboo } = clientFor({ [LIST]: lists([WEB], [WEB, [9, NAME]]), [IMPORT]: answer });
      expect(await bamboo.makeScratch(NAME, PAIR)).toEqual(PLACE);
    }
  });

  it('fails where the list does not show it, and says what the server said', async () => {
    const refusal = { status: 400, body: { errors: ['unknown key useShallowClones'], fieldErrors: {} } };
    for (const [answer, words] of [
      [refusal, 'useShallowClones'],
      [address(9), 'does not show it'],
    ] as const) {
      const { bamboo } = clientFor({ [LIST]: lists([WEB]), [IMPORT]: answer });
      const failure = await failureIn(bamboo.makeScratch(NAME, PAIR));
      expect([failure?.exit, failure?.message]).toEqual([4, expect.stringContaining(words)]);
    }
  });

  it('sounds the alarm where the import met a repository that was there before', async () => {
    const { bamboo } = clientFor({ [LIST]: lists([WEB]), [IMPORT]: address(1) });
    expect(await failureIn(bamboo.makeScratch(NAME, PAIR))).toMatchObject({ code: 'DOCUMENT_REFUSED', message: expect.stringContaining('id 1') });
  });
});

describe('removing it', () => {
  it('is done when the list no longer holds it', async () => {
    const { bamboo, http } = clientFor({ [LIST]: lists([WEB, [9, NAME]], [WEB]), [USAGE]: UNUSED, [FORM]: {}, [DELETE]: { status: 302 } });
    expect(await bamboo.removeScratch(PLACE)).toEqual({ kind: 'saved' });
    expect(http.unused()).not.toContain(DELETE);
  });

  it.each([
    ['no answer', () => new RekeyError('SERVER_UNREACHABLE', 'The connection ended.'), 'unanswered', 'The connection ended.'],
    ['500', { status: 500 }, 'unanswered', 'answered with 500'],
    ['403', { status: 403 }, 'refused', 'answered with 403'],
    ['429', { status: 429 }, 'refused', 'answered with 429'],
  ] satisfies [string, TableEntry, string, string][])('believes the list, whatever the answer was: %s', async (_, answer, kind, why) => {
    const table = { [USAGE]: UNUSED, [FORM]: {}, [DELETE]: answer };
    expect(await clientFor({ ...table, [LIST]: lists([WEB, [9, NAME]], [WEB]) }).bamboo.removeScratch(PLACE)).toEqual({ kind: 'saved' });
    const there = await clientFor({ ...table, [LIST]: lists([WEB, [9, NAME]]) }).bamboo.removeScratch(PLACE);
    expect(there).toEqual({ kind, why: expect.stringContaining(why) });
  });

  it('says so where the list cannot be read any more, and ends everything where the login is refused', async () => {
    const table = { [USAGE]: UNUSED, [FORM]: {}, [DELETE]: { status: 302 } };
    const rows = lists([WEB, [9, NAME]]);
    let removed = false;
    const remove = (): TableAnswer => {
      removed = true;
      return { status: 302 };
    };
    const { bamboo } = clientFor({
      ...{ ...table, [DELETE]: remove },
      [LIST]: (request) => (removed ? { status: 500 } : rows(request)),
    });
    expect(await bamboo.removeScratch(PLACE)).toMatchObject({ kind: 'unanswered' });
    const refused = clientFor({ ...table, [DELETE]: { status: 401 }, [LIST]: lists([WEB, [9, NAME]]) }).bamboo;
    expect(await failureIn(refused.removeScratch(PLACE))).toMatchObject({ code: 'LOGIN_REFUSED', exit: 7 });
  });

  it('is refused where nobody can tell whether somebody uses it', async () => {
    const { bamboo, http } = clientFor({ [LIST]: lists([WEB, [9, NAME]]), [USAGE]: { status: 500 } });
    expect(await bamboo.removeScratch(PLACE)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Nothing was removed') });
    expect(http.lines().every((line) => line.startsWith('GET'))).toBe(true);
  });

  it('answers the prompt for the password before it sends the removal', async () => {
    const { bamboo, http } = clientFor({
      [LIST]: lists([WEB, [9, NAME]], [WEB]),
      ...{ [USAGE]: UNUSED, [FORM]: [{ body: PASSWORD_PROMPT }, {}], [ELEVATE]: { status: 204 }, [DELETE]: { status: 302 } },
    });
    expect(await bamboo.removeScratch(PLACE)).toEqual({ kind: 'saved' });
    expect(http.lines().filter((line) => line === ELEVATE || line === DELETE)).toEqual([ELEVATE, DELETE]);
  });

  it.each([
    ['is gone already', [WEB], 'saved'],
    ['has been renamed', [WEB, [9, 'shop']], 'refused'],
    ['has a name that is only similar', [WEB, [9, `${NAME}-copy`]], 'refused'],
  ] as const)('asks for nothing where it %s', async (_, rows, kind) => {
    const { bamboo, http } = clientFor({ [LIST]: lists(rows) });
    expect((await bamboo.removeScratch(PLACE)).kind).toBe(kind);
    expect(http.lines().every((line) => line.startsWith('GET'))).toBe(true);
  });

  it.each([{ totalPlans: 1 }, { inaccessiblePlansCount: 1 }, { totalEnvironments: 1 }, { inaccessibleEnvironmentsCount: 1 }])(
    'asks for nothing where somebody uses it: %j',
    async (use) => {
      const { bamboo, http } = clientFor({ [LIST]: lists([[9, NAME]]), [USAGE]: { body: { ...UNUSED.body, ...use } } });
      expect((await bamboo.removeScratch(PLACE)).kind).toBe('refused');
      expect(http.lines().every((line) => line.startsWith('GET'))).toBe(true);
    },
  );
});
