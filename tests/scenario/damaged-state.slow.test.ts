import { beforeAll, describe } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { damageSuite } from '../support/damaged-suite.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const VERBS = ['resume', 'rollback', 'rollback --snapshot', 'verify', 'show'] as const;
const temporary = temporaryDirectories();
let bin: string;

beforeAll(async () => {
  bin = await bundleBin(temporary());
}, 60_000);

describe.each(['import', 'shared credentials', 'twins', 'rotation'] as const)('a run by "%s" whose files are not what was written', (world) => {
  damageSuite({ world, verbs: VERBS, times: 6, place: async () => ({ bin, directory: temporary() }) });
});

describe('a run by "form" whose files are not what was written', () => {
  damageSuite({ world: 'form', verbs: ['rollback --snapshot', 'verify', 'show'], times: 6, place: async () => ({ bin, directory: temporary() }) });
});
