import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { type TableEntry, tableHttp } from '../../../support/table-http.ts';

const BASE = '/rest/api/latest';
const stateOf = async (info: object, server?: TableEntry) => {
  const http = tableHttp({
    [`GET ${BASE}/info`]: { body: { version: '10.2.7', ...info } },
    ...(server === undefined ? {} : { [`GET ${BASE}/server`]: server }),
  });
  return (await createBamboo({ http, url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} }).info()).state;
};

describe('the state of the server', () => {
  it('is that of /info where it tells one, whatever /server says', async () => {
    expect(await stateOf({ state: 'PAUSED' }, { body: { state: 'RUNNING' } })).toBe('PAUSED');
  });

  it.each([
    [{ state: 'RUNNING', reindexInProgress: false }, 'RUNNING'],
    [{ askedNodeState: 'RUNNING', clusterState: 'RUNNING' }, 'RUNNING'],
    [{ askedNodeState: 'RUNNING', clusterState: 'PAUSED' }, 'PAUSED'],
    [{ askedNodeState: 'PREPARING_FOR_RESTART', clusterState: 'RUNNING' }, 'PREPARING_FOR_RESTART'],
    [{ reindexInProgress: false }, 'unknown'],
    [{ state: 7 }, 'unknown'],
  ])('is taken from /server, %j, where /info tells none: %s', async (body, state) => {
    expect(await stateOf({}, { body })).toBe(state);
  });

  it.each([403, 404])('is unknown, never RUNNING, where /server answers %i', async (status) => {
    expect(await stateOf({}, { status, body: {} })).toBe('unknown');
  });

  it('is not guessed where the server fails', async () => {
    await expect(stateOf({}, { status: 500, body: {} })).rejects.toMatchObject({ code: expect.any(String) });
  });
});
