import { expect, it } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { openCrashWorld } from '../support/crash-worlds.ts';
import { diskStory } from '../support/disk-stories.ts';
import { runInProcess } from '../support/in-process.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();

it('a rollback leaves the twin that a plan has come to use, says so, and removes the others, whichever of them comes first', async () => {
  const world = await openCrashWorld('twins', await bundleBin(temporary()), temporary());
  const { keys } = world;
  expect(keys.length).toBeGreaterThan(1);
  for (const used of keys) {
    const story = await diskStory(world, 'rollback', 1);
    await world.use(used);
    const { exit, printed } = await runInProcess(world.directory, story, { kind: 'none' });
    world.keepPrinted('rollback of a twin in use', printed);
    expect([exit, printed]).toEqual([3, expect.stringContaining('it is used by 1 plan(s)')]);
    const left = keys.filter((key) => world.judge().held.get(key) === 'new');
    expect(left).toEqual([used]);
  }
  await world.stop();
}, 120_000);
