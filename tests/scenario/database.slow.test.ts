import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Inventory } from '../../src/core/inventory.ts';
import type { PlanFile } from '../../src/core/plan-file.ts';
import { PUBLISHED } from '../support/bamboo-database/published-queries.ts';
import { type DatabaseServer, startPostgresql } from '../support/bamboo-database/server.ts';
import { worldOf } from '../support/bamboo-database/simulated-world.ts';
import { readerSql, tablesSql } from '../support/bamboo-database/tables-sql.ts';
import { STORED_SECRET } from '../support/bamboo-database/xml.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';

const MINUTES = 60_000;
const PASSWORD = 'r3ader-s3cret';

let directory: string;
let bin: BinWorld;
let server: DatabaseServer;
/** Ids of the repositories that the tests speak of. */
let ids: { disputed: string; marked: string; bound: string; hidden: string };

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rekey-database-'));
  [bin, server] = await Promise.all([startBinWorld(directory, { repositories: 30, seed: 'database' }), startPostgresql()]);
  const { simulator } = bin;
  const inline = simulator
    .repositories()
    .filter(({ type, settings }) => type === 'bbCloud' && /^[a-z-]+$/.test(settings['repository.bitbucket.username'] ?? ''));
  const linked = inline.filter(({ level }) => level === 'global');
  const [bound, hidden] = inline.filter(({ level }) => level === 'plan');
  ids = { disputed: linked[0]?.id ?? '', marked: linked[1]?.id ?? '', bound: bound?.id ?? '', hidden: hidden?.id ?? '' };
  const planOf = (id: string) => simulator.plans().find(({ own }) => own.includes(id))?.key ?? '';
  simulator.editPlan(planOf(ids.bound), { specsBound: true });
  simulator.editPlan(planOf(ids.hidden), { access: 'hidden' });
  const world = worldOf(simulator, (row) => {
    if (row.id === ids.disputed) return { ...row, name: 'renamed since' };
    return row.id === ids.marked ? { ...row, marked: true } : row;
  });
  server.run(tablesSql(world, 'postgresql'));
  server.run(readerSql('postgresql', 'reader', PASSWORD));
  bin.write('database-url', server.url('reader', PASSWORD));
}, 2 * MINUTES);
afterAll(async () => {
  server?.stop();
  await bin?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function inventory(): Promise<{ found: Inventory; stderr: string }> {
  const ended = await bin.run('inventory', '-o', 'out.json');
  expect({ exit: ended.exit, problem: ended.exit === 0 ? '' : ended.stderr }).toEqual({ exit: 0, problem: '' });
  return { found: JSON.parse(bin.read('out.json')) as Inventory, stderr: ended.stderr };
}

const item = (found: Inventory, id: string) => found.items.find((each) => each.object === 'repository' && each.id === id);

describe('the database beside HTTP', () => {
  beforeAll(() => {
    bin.configure(['bamboo', 'inventoryFile'], undefined);
    bin.configure(['bamboo', 'database'], { url: { file: './database-url' } });
  });

  it(
    'names both sources of each item, tells where they disagree, and lists apart what is marked for deletion',
    async () => {
      const { found } = await inventory();
      const disputed = item(found, ids.disputed);
      expect(disputed?.sources).toEqual(['form', 'database']);
      expect(disputed?.notes.join()).toContain('the database disagrees about the name: it says renamed since');
      expect(item(found, ids.marked)).toBeUndefined();
      expect(found.apart).toContainEqual(expect.objectContaining({ id: ids.marked, why: 'marked for deletion' }));
      expect(item(found, ids.bound)?.specsBound).toBe(true);
      expect(item(found, ids.hidden)?.sources).toContain('database');
      expect(found.items.filter(({ sources }) => sources.length === 2).length).toBeGreaterThan(15);
    },
    MINUTES,
  );

  it(
    'plans neither what is marked for deletion nor what Specs own',
    async () => {
      expect((await bin.run('plan', '-o', 'plan.json')).exit).toBe(0);
      const plan = JSON.parse(bin.read('plan.json')) as PlanFile;
      expect(plan.changes.map(({ id }) => id)).toContain(ids.disputed);
      for (const id of [ids.marked, ids.bound]) expect(plan.changes.map((change) => change.id)).not.toContain(id);
      expect(plan.cannot.find(({ id }) => id === ids.bound)?.why).toContain('Repository Stored Specs');
      expect(bin.read('plan.json')).not.toContain(STORED_SECRET);
    },
    MINUTES,
  );

  it(
    'works without any way into Bamboo, and says what a login would add',
    async () => {
      const before = bin.read('bamboo-rekey.yaml');
      bin.configure(['bamboo', 'login'], undefined);
      bin.configure(['bamboo', 'rest'], undefined);
      const { found } = await inventory();
      bin.write('bamboo-rekey.yaml', before);
      expect(found.items.length).toBeGreaterThan(15);
      expect(found.items.every(({ sources }) => sources.join() === 'database')).toBe(true);
      expect(found.unread).toEqual([]);
      expect(found.more?.join()).toContain('bamboo.login');
    },
    MINUTES,
  );

  it(
    'ends with its exit code and a remedy where the database refuses, showing no password',
    async () => {
      bin.write('database-url', server.url('reader', 'wr0ng'));
      const refused = await bin.run('inventory');
      expect(refused.exit).toBe(7);
      expect(refused.stderr).toContain('bamboo.database.url');
      bin.write('database-url', server.url('reader', PASSWORD, 'postgres'));
      const foreign = await bin.run('plan', '-o', 'plan.json');
      bin.write('database-url', server.url('reader', PASSWORD));
      expect(foreign.exit).toBe(4);
      expect(foreign.stderr).toContain('VCS_LOCATION');
      expect(refused.stderr + foreign.stderr).not.toMatch(/wr0ng|r3ader/);
    },
    MINUTES,
  );
});

describe('a file instead of the database', () => {
  beforeAll(() => {
    bin.configure(['bamboo', 'database'], undefined);
    bin.configure(['bamboo', 'inventoryFile'], './from-dba.csv');
  });

  it(
    'takes what the printed SELECT returns, and says the same as the database',
    async () => {
      const printed = await bin.run('inventory', '--print-sql', 'postgresql');
      expect(printed).toMatchObject({ exit: 0, stderr: '' });
      bin.write('from-dba.csv', server.export(printed.stdout));
      const { found } = await inventory();
      expect(item(found, ids.disputed)?.sources).toEqual(['form', 'file']);
      expect(item(found, ids.bound)?.specsBound).toBe(true);
      expect(found.apart?.map(({ id }) => id)).toContain(ids.marked);
    },
    MINUTES,
  );

  it(
    'takes the result of the published query, and says what the better SELECT would add',
    async () => {
      bin.write('from-dba.csv', server.export(PUBLISHED.postgresql));
      const { found } = await inventory();
      expect(item(found, ids.bound)?.sources).toEqual(['form', 'file']);
      expect(found.more?.join()).toContain('--print-sql');
    },
    MINUTES,
  );

  it(
    'refuses an empty file with a sentence',
    async () => {
      bin.write('from-dba.csv', '');
      const ended = await bin.run('inventory');
      expect(ended.exit).toBe(2);
      expect(ended.stderr).toContain('is empty');
    },
    MINUTES,
  );
});

it(
  'prints a SELECT for every product, and refuses others with the names that it knows',
  async () => {
    for (const product of ['postgresql', 'mysql', 'sqlserver', 'oracle'])
      expect((await bin.run('inventory', '--print-sql', product)).stdout).toContain('UNION ALL');
    const refused = await bin.run('inventory', '--print-sql', 'db2');
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('postgresql');
  },
  MINUTES,
);
