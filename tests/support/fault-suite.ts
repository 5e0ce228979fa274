import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { meetFault } from './fault-matrix.ts';
import { type Cell, cells } from './fault-table.ts';
import { FaultWorld, type FaultWorldName } from './fault-world.ts';
import { noteFigure } from './figures.ts';
import type { RequestKind } from './request-kinds.ts';
import { temporaryDirectories } from './temporary-directory.ts';

/** Tells the tests of those cells of some columns that are chosen by their row and column. */
export function faultSuite(requests: readonly RequestKind[], isChosen: (row: number, column: number) => boolean): void {
  for (const name of new Set(requests.map(worldOf))) worldSuite(name, requests, isChosen);
}

const worldOf = ({ world = 'usual' }: RequestKind): FaultWorldName => world;

function worldSuite(name: FaultWorldName, requests: readonly RequestKind[], isChosen: (row: number, column: number) => boolean): void {
  const temporary = temporaryDirectories();
  let world: FaultWorld;
  const chosen = cells(requests, () => world.stranger.url).filter(({ request, row, column }) => worldOf(request) === name && isChosen(row, column));
  const passing = chosen.filter(({ kind, request, column }) => kind.passes && request.effect === 'read' && column % 3 === 0);

  describe(`at the ${name} server`, () => {
    beforeEach(async () => {
      world ??= await FaultWorld.open(temporary, name);
    });

    afterAll(async () => {
      const { artefacts, bytes } = world.searched;
      noteFigure({ promises: ['nothing-else-changed'], what: 'settings compared around faults', count: world.scenario.compared, varies: true });
      noteFigure({ promises: ['no-secret-readable'], what: 'artefacts of broken requests searched for secrets', count: artefacts, varies: true });
      noteFigure({ promises: ['no-secret-readable'], what: 'bytes searched for secrets', count: bytes, varies: true });
      await world.stop();
    });

    it.each(named(chosen))('%s, at the request "%s", leaves old or new, is told, and is got over', async (_kind, _request, { kind, request, word }) => {
      const end = await meetFault(world, request, kind, request.effect === 'write' ? 1 : undefined);
      expect([end.word, end.problems]).toEqual([word, []]);
      noteFigure({ promises: PROMISES, what: 'faults that a kind of request met', count: 1 });
    });

    // The doors are never asked twice.
    if (passing.length > 0)
      it.each(named(passing))('%s, once, at the request "%s", is got over within the run', async (_kind, _request, { kind, request }) => {
        const end = await meetFault(world, request, kind, 1);
        expect([end.word, end.problems]).toEqual([expect.stringMatching(/^0( changed| 4 by form 2 by import)?$/), []]);
      });
  });
}

const PROMISES = ['fails-closed', 'old-or-new', 'snapshot-and-intent-first', 'converges', 'nothing-else-changed'] as const;

function named(some: readonly Cell[]) {
  return some.map((cell) => [cell.kind.name, cell.request.name, cell] as const);
}
