import { describe } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { damageSuite } from '../support/damaged-suite.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();

// Every route and object, and all that can be done with a run: damaged-state.slow.test.ts.
describe('a run by forms whose files are not what was written', () => {
  damageSuite({ world: 'form', verbs: ['resume', 'rollback'], times: 30, place: async () => ({ bin: await bundleBin(temporary()), directory: temporary() }) });
});
