import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { IMPORT_CHANNEL, type ImportNotice } from '../../../../src/simulator/bamboo/rest/import-notice.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator/index.ts';
import { firstWith, isImportable, specsCaller } from '../../../support/specs-caller.ts';

let simulator: Simulator;
let heard: ImportNotice[];
const hear = (notice: unknown): void => {
  heard.push(notice as ImportNotice);
};

beforeEach(async () => {
  simulator = await startSimulator({ repositories: 6 });
  heard = [];
  subscribe(IMPORT_CHANNEL, hear);
});
afterEach(async () => {
  unsubscribe(IMPORT_CHANNEL, hear);
  await simulator.stop();
});

it('tells an import with its sender, its answer, and the document that the repository was exported as before', async () => {
  const { exported, importTo } = specsCaller(simulator);
  const document = await exported(firstWith(simulator, isImportable).id);
  const changed = document.replace(/description: .*/, 'description: changed');
  await importTo('repository', changed, { 'user-agent': 'somebody' });
  await importTo('repository', 'no document', { 'user-agent': 'somebody' });
  expect(heard).toEqual([
    { path: '/repository', body: changed, sender: 'somebody', status: 200, exported: document },
    { path: '/repository', body: 'no document', sender: 'somebody', status: 400 },
  ]);
});

it('knows no document of what was never exported', async () => {
  const { importTo } = specsCaller(simulator);
  await importTo('sharedCredentials', 'no document');
  expect(heard).toEqual([expect.not.objectContaining({ exported: expect.anything() })]);
});
