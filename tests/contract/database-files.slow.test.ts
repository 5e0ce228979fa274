import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/core/secret.ts';
import type { SourceReading } from '../../src/core/source-reading.ts';
import { printSql } from '../../src/database/print-sql.ts';
import { readDatabase } from '../../src/database/read-database.ts';
import { readInventoryFile } from '../../src/database/read-inventory-file.ts';
import { generateWorld } from '../support/bamboo-database/generate.ts';
import { PUBLISHED } from '../support/bamboo-database/published-queries.ts';
import { type DatabaseServer, startMariadb, startPostgresql } from '../support/bamboo-database/server.ts';
import { readerSql, tablesSql } from '../support/bamboo-database/tables-sql.ts';
import type { World } from '../support/bamboo-database/world.ts';
import { STORED_SECRET } from '../support/bamboo-database/xml.ts';

const GIT = 'https://bitbucket.org';
const folder = mkdtempSync(join(tmpdir(), 'rekey-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readText(name: string, text: string): Promise<SourceReading> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readInventoryFile({ path, git: GIT, signal: new AbortController().signal });
}

/** Items without what names the source. */
function comparable({ items, apart, unread, specsBoundPlans, credentialUsers, unknownKeys }: SourceReading) {
  const byId = <Row extends { id: string }>(rows: readonly Row[]) => [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
  const users = credentialUsers.map((user) => JSON.stringify(user)).sort();
  return {
    items: byId(items.map((item) => ({ ...item, sources: [] }))),
    apart: byId(apart),
    unread: unread.map(({ what }) => what).sort(),
    specsBoundPlans,
    users,
    unknownKeys,
  };
}

describe.each([
  ['postgresql', startPostgresql],
  ['mysql', startMariadb],
] as const)('files that a database administrator hands over: %s', (product, start) => {
  let server: DatabaseServer;
  let world: World;
  let direct: SourceReading;

  beforeAll(async () => {
    server = await start();
    world = generateWorld(7, 2);
    server.run(tablesSql(world, product));
    server.run(readerSql(product, 'reader', 'x'));
    direct = await readDatabase({ url: new Secret(server.url('reader', 'x')), git: GIT, signal: new AbortController().signal });
  }, 120_000);
  afterAll(() => server?.stop());

  it('gives the same from the result of the printed SELECT as from the database itself', async () => {
    const text = server.export(printSql(product));
    const reading = await readText(`ours-${product}`, text);
    expect(comparable(reading)).toEqual(comparable(direct));
    expect(reading.items.every(({ sources }) => sources.join() === 'file')).toBe(true);
  });

  it('lets no secret leave the database by the printed SELECT', () => {
    const text = server.export(printSql(product));
    expect(text).toContain('repository.bitbucket.username');
    for (const secret of [STORED_SECRET, 'BAMSCRT@0', 'kP7vQ2w9', 'password@bitbucket']) expect(text).not.toContain(secret);
  });

  it('equals Atlassian’s published query row by row, or can say why it does not', async () => {
    const broken = world.truths.filter(({ published }) => published[product] === 'abort').map(({ id }) => id);
    if (broken.length > 0) {
      // On PostgreSQL one malformed row ends the whole query: these are put aside for it.
      expect(() => server.export(PUBLISHED[product])).toThrow(/invalid XML/);
      server.run(`UPDATE vcs_location SET plugin_key = 'aside' WHERE vcs_location_id IN (${broken.join()})`);
    }
    const reading = await readText(`published-${product}`, server.export(PUBLISHED[product]));
    expect(reading.depth).toBe('published-query');
    const named = [...reading.items, ...reading.apart].map(({ name }) => name);
    const wanted = world.truths.filter(({ published }) => Number(published[product]) > 0).map(({ name }) => name);
    expect(named.sort()).toEqual(wanted.sort());
    for (const item of reading.items) {
      const same = direct.items.filter(({ name, project, plan }) => name === item.name && project === item.project && plan === item.plan);
      if (world.truths.some(({ name, ours }) => name === item.name && ours === 'item')) expect({ item, same: same.length }).toEqual({ item, same: 1 });
      const [ours] = same;
      if (ours === undefined) continue;
      expect(item.level).toBe(ours.level === 'branch' ? 'plan' : ours.level);
      expect(item.usedBy).toMatchObject({ plans: ours.usedBy?.plans, projects: ours.usedBy?.projects });
    }
  });
});
