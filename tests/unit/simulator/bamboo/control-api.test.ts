import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../../../src/simulator/index.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ repositories: 12 });
});
afterAll(() => simulator.stop());

function control(path: string, method = 'GET', body?: object): Promise<Response> {
  const init: RequestInit = { method };
  if (body !== undefined) Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return fetch(`${new URL(simulator.bambooUrl).origin}/simulator${path}`, init);
}

function status(): Promise<Response> {
  return fetch(`${simulator.bambooUrl}/rest/api/latest/status`);
}

describe('the switches over HTTP', () => {
  it('tell what the server holds and change it', async () => {
    expect(await (await control('/repositories')).json()).toEqual(simulator.repositories());
    const [first] = simulator.repositories();
    expect((await control(`/repositories/${first?.id}`, 'PATCH', { setting: 'repositoryDescription', value: 'by hand' })).status).toBe(204);
    expect(simulator.repositories()[0]?.settings.repositoryDescription).toBe('by hand');
    expect((await control('/repositories/1', 'PATCH', { setting: 'repositoryDescription', value: '' })).status).toBe(404);
  });

  it('bring faults and take them back', async () => {
    expect((await control('/faults', 'POST', { kind: 'unauthorized', times: 2 })).status).toBe(204);
    expect((await status()).status).toBe(401);
    expect(await (await control('/faults')).json()).toMatchObject([{ kind: 'unauthorized', times: 1 }]);
    await control('/faults', 'DELETE');
    expect((await status()).status).toBe(200);
  });

  it('refuse a fault or a switch that they do not know', async () => {
    for (const [path, method, body] of [
      ['/faults', 'POST', { kind: 'earthquake' }],
      ['/switches', 'PATCH', { state: 'ASLEEP' }],
      ['/switches', 'PATCH', { colour: 'red' }],
    ] as const) {
      const answer = await control(path, method, body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ error: expect.any(String) });
    }
  });

  it('change what the server says', async () => {
    await control('/switches', 'PATCH', { state: 'PREPARING_FOR_RESTART' });
    expect(await (await status()).json()).toEqual({ status: 'PREPARING_FOR_RESTART' });
    expect(await (await control('/switches')).json()).toMatchObject({ state: 'PREPARING_FOR_RESTART', webSudo: false });
  });

  it('show the requests, their own left out, and forget them', async () => {
    await control('/requests', 'DELETE');
    await status();
    expect(await (await control('/requests')).json()).toMatchObject([{ method: 'GET', path: '/bamboo/rest/api/latest/status', status: 200 }]);
    await control('/requests', 'DELETE');
    expect(await (await control('/requests')).json()).toEqual([]);
  });
});

describe('the places beside repositories, over HTTP', () => {
  it('tell shared credentials and change one', async () => {
    expect(await (await control('/shared-credentials')).json()).toEqual(simulator.sharedCredentials());
    const [first] = simulator.sharedCredentials();
    const edit = { name: 'renamed', username: 'someone', password: 'new' };
    expect((await control(`/shared-credentials/${first?.id}`, 'PATCH', edit)).status).toBe(204);
    expect(simulator.sharedCredentials()[0]).toMatchObject({ name: 'renamed', username: 'someone', secrets: { password: 'new' } });
    expect((await control('/shared-credentials/1', 'PATCH', edit)).status).toBe(404);
  });

  it('tell plans and change one', async () => {
    expect(await (await control('/plans')).json()).toEqual(simulator.plans());
    expect((await control('/plans/WEB-CI', 'PATCH', { enabled: false, specsBound: true })).status).toBe(204);
    expect(simulator.plans()[0]).toMatchObject({ key: 'WEB-CI', enabled: false, specsBound: true });
    expect((await control('/plans/NO-PLAN', 'PATCH', {})).status).toBe(404);
  });

  it('open a session as a person in a browser would', async () => {
    const { cookie } = (await (await control('/sessions', 'POST')).json()) as { cookie: string };
    expect(await (await fetch(`${simulator.bambooUrl}/`, { headers: { cookie } })).text()).toContain('Log Out');
  });
});
