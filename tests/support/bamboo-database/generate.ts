import { ODDITIES } from './oddities.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

/** Tables with every oddity, each `times` times, in an order that the seed decides. */
export function generateWorld(seed: number, times = 1): World {
  const world = new World(new Random(seed));
  const all = Array.from({ length: times }, () => ODDITIES).flat();
  for (const oddity of times === 1 ? all : world.random.shuffle(all)) oddity(world);
  return world;
}
