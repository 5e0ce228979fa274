import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { meetFault } from './fault-matrix.ts';
import { type Cell, cells } from './fault-table.ts';
import { FaultWorld } from './fault-world.ts';
import { noteFigure } from './figures.ts';
import { temporaryDirectories } from './temporary-directory.ts';

/** Tells the tests of those cells of the matrix that are chosen by their row and column. */
export function faultSuite(isChosen: (row: number, column: number) => boolean): void {
  const temporary = temporaryDirectories();
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.open(temporary);
  });

  afterAll(async () => {
    noteFigure({ promises: ['no-secret-readable'], what: 'artefacts of broken requests searched for secrets', count: world.searched.artefacts, varies: true });
    noteFigure({ promises: ['no-secret-readable'], what: 'bytes searched for secrets', count: world.searched.bytes, varies: true });
    await world.stop();
  });

  const chosen = cells(() => world.stranger.url).filter(({ row, column }) => isChosen(row, column));
  const passing = chosen.filter(({ kind, request, column }) => kind.passes && request.effect === 'read' && column % 3 === 0);

  it.each(named(chosen))('%s, at the request "%s", leaves old or new, is told, and is got over', async (_kind, _request, { kind, request, word }) => {
    const end = await meetFault(world, request, kind, request.effect === 'write' ? 1 : undefined);
    expect([end.word, end.problems]).toEqual([word, []]);
    noteFigure({ promises: PROMISES, what: 'faults that a kind of request met', count: 1 });
  });

  it.each(named(passing))('%s, once, at the request "%s", is got over within the run', async (_kind, _request, { kind, request }) => {
    const end = await meetFault(world, request, kind, 1);
    expect([end.word, end.problems]).toEqual([expect.stringMatching(/^0( changed| 4 by form 2 by import)?$/), []]);
  });
}

const PROMISES = ['fails-closed', 'old-or-new', 'snapshot-and-intent-first', 'converges', 'nothing-else-changed'] as const;

function named(some: readonly Cell[]) {
  return some.map((cell) => [cell.kind.name, cell.request.name, cell] as const);
}
