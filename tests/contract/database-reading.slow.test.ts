import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/core/secret.ts';
import type { SourceReading } from '../../src/core/source-reading.ts';
import { readDatabase } from '../../src/database/read-database.ts';
import { generateWorld } from '../support/bamboo-database/generate.ts';
import { type DatabaseServer, startMariadb, startPostgresql } from '../support/bamboo-database/server.ts';
import { readerSql, tablesSql } from '../support/bamboo-database/tables-sql.ts';
import type { World } from '../support/bamboo-database/world.ts';
import { STORED_SECRET } from '../support/bamboo-database/xml.ts';

const SEED = 20261124;
const PASSWORD = 'p@ss:w/rd#%';
const GIT = 'https://bitbucket.org';

const read = (url: string, signal = new AbortController().signal) => readDatabase({ url: new Secret(url), git: GIT, signal });

const failure = async (url: string) => {
  const error = await read(url).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error as { code: string; message: string; remedy: string; stack: string };
};

describe.each([
  ['postgresql', startPostgresql],
  ['mysql', startMariadb],
] as const)('the reading of a real database: %s', (product, start) => {
  let server: DatabaseServer;
  let world: World;
  let reading: SourceReading;

  beforeAll(async () => {
    server = await start();
    world = generateWorld(SEED, 5);
    server.run(tablesSql(world, product));
    server.run(readerSql(product, 'reader', PASSWORD));
    reading = await read(server.url('reader', PASSWORD));
  }, 120_000);

  afterAll(() => server?.stop());

  it('tells each repository as what it is, whatever is odd about it', () => {
    for (const truth of world.truths) {
      const item = reading.items.find(({ id, object }) => object === 'repository' && id === truth.id);
      const apart = reading.apart.find(({ id }) => id === truth.id);
      const unread = reading.unread.find(({ what }) => what.includes(truth.id));
      const told = item ? 'item' : apart ? 'apart' : unread ? 'unread' : 'absent';
      expect({ oddity: truth.oddity, told }).toEqual({ oddity: truth.oddity, told: truth.ours });
      if (item) expect({ oddity: truth.oddity, ...item }).toMatchObject({ oddity: truth.oddity, sources: ['database'], ...truth.item });
    }
    expect(reading.items.filter(({ object }) => object === 'repository')).toHaveLength(world.truths.filter(({ ours }) => ours === 'item').length);
  });

  it('lists the shared credentials with user name and blast radius, naming who uses them on other hosts', () => {
    const shared = reading.items.filter(({ object }) => object === 'shared-credential');
    expect(shared.map(({ name }) => name).sort()).toEqual(
      world.credentials
        .filter(({ pluginKey }) => pluginKey.endsWith('usernamePasswordCredentials'))
        .map(({ name }) => name)
        .sort(),
    );
    const mixed = shared.filter(({ credential }) => credential.username === 'mixed');
    expect(mixed).toHaveLength(5);
    for (const item of mixed) {
      expect(item).toMatchObject({ level: 'global', kind: 'credentials', credential: { kind: 'app-password' }, usedBy: { repositories: 2, plans: 2 } });
      expect(item.notes.join()).toContain('on other hosts: "repository');
      expect(
        reading.credentialUsers
          .filter(({ credential }) => credential === item.id)
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['elsewhere', 'git']);
    }
  });

  it('names the plans bound to Repository Stored Specs, and the settings that it does not know', () => {
    const keys = world.builds
      .filter(({ id }) => world.specsPlans.includes(id))
      .map(({ key }) => key)
      .sort();
    expect(reading.specsBoundPlans).toEqual(keys);
    expect(reading.unknownKeys).toEqual([
      'repository.bitbucket.credentialKind',
      'repository.bitbucket.loginUser',
      'repository.bitbucket.newThing',
      'repository.bitbucket.other',
    ]);
  });

  it('keeps no secret', () => {
    const text = JSON.stringify(reading);
    expect(text).not.toContain(STORED_SECRET);
    expect(text).not.toContain('BAMSCRT');
    expect(text).not.toContain('password@bitbucket.org');
  });

  it('needs nothing but the right to SELECT, and asks for nothing else', () => {
    const ours = server.statements('reader');
    expect(ours.length).toBeGreaterThan(6);
    for (const statement of ours) expect(statement).toMatch(/^(SELECT|SET |BEGIN TRANSACTION|START TRANSACTION)/);
    expect(reading.warnings.join()).not.toContain('may also write');
  });

  it('warns when the account may write', async () => {
    const grant =
      product === 'postgresql'
        ? "CREATE ROLE writer LOGIN PASSWORD 'w'; GRANT SELECT, UPDATE, INSERT ON ALL TABLES IN SCHEMA public TO writer"
        : "CREATE USER writer@'%' IDENTIFIED BY 'w'; GRANT SELECT, UPDATE, INSERT ON bamboo.* TO writer@'%'";
    server.run(grant);
    const { warnings, items } = await read(server.url('writer', 'w'));
    expect(warnings.join()).toContain('may also write (INSERT, UPDATE)');
    expect(items).toHaveLength(reading.items.length);
  });

  it('tells a wrong password, and never shows the right or the wrong one', async () => {
    const { code, message, remedy, stack } = await failure(server.url('reader', 'wr0ng-pass'));
    expect(code).toBe('DATABASE_LOGIN_REFUSED');
    expect(message).toContain('database bamboo at 127.0.0.1');
    expect(message + remedy + stack).not.toContain('wr0ng-pass');
  });

  it('tells a database that is not there, one that is not Bamboo’s, and a host that does not answer', async () => {
    expect((await failure(server.url('reader', PASSWORD, 'nothere'))).code).toMatch(/DATABASE_(NOT_UNDERSTOOD|RIGHT_MISSING)/);
    server.run('CREATE DATABASE other', product === 'postgresql' ? 'postgres' : 'mysql');
    if (product === 'mysql') server.run("GRANT SELECT ON other.* TO reader@'%'");
    const other = await failure(server.url('reader', PASSWORD, 'other'));
    expect(other).toMatchObject({
      code: 'DATABASE_NOT_UNDERSTOOD',
      message: expect.stringContaining('the tables VCS_LOCATION, PLAN_VCS_LOCATION, BUILD, PROJECT are missing'),
    });
    expect(other.remedy).toContain('8.0');
    const nobody = server.url('reader', PASSWORD).replace(`:${server.port}/`, ':1/');
    expect((await failure(nobody)).code).toBe('DATABASE_UNREACHABLE');
  });

  it('names a missing column, a missing table, and a missing right', async () => {
    const name = (table: string) => (product === 'mysql' ? table : table.toLowerCase());
    server.run(`ALTER TABLE ${name('VCS_LOCATION')} RENAME COLUMN ${name('IS_GLOBAL')} TO ${name('WAS_GLOBAL')}`);
    expect(await failure(server.url('reader', PASSWORD))).toMatchObject({
      code: 'DATABASE_NOT_UNDERSTOOD',
      message: expect.stringContaining('the column VCS_LOCATION.IS_GLOBAL is missing'),
    });
    server.run(`ALTER TABLE ${name('VCS_LOCATION')} RENAME COLUMN ${name('WAS_GLOBAL')} TO ${name('IS_GLOBAL')}`);
    server.run(product === 'postgresql' ? 'REVOKE SELECT ON build FROM reader' : "REVOKE SELECT ON bamboo.BUILD FROM reader@'%'");
    const right = await failure(server.url('reader', PASSWORD));
    expect(right.message).toContain('BUILD');
    expect(right.code).toBe(product === 'postgresql' ? 'DATABASE_RIGHT_MISSING' : 'DATABASE_NOT_UNDERSTOOD');
    server.run(product === 'postgresql' ? 'GRANT SELECT ON build TO reader' : "GRANT SELECT ON bamboo.BUILD TO reader@'%'");
  });

  it('goes on where the tables of shared credentials and Specs may not be seen, and says so', async () => {
    const revoke = (table: string) => (product === 'postgresql' ? `REVOKE SELECT ON ${table} FROM reader` : `REVOKE SELECT ON bamboo.${table} FROM reader@'%'`);
    server.run(`${revoke('CREDENTIALS')}; ${revoke('PLAN_VCS_SPECS_SOURCE')}`);
    const less = await read(server.url('reader', PASSWORD));
    expect(less.unread).toContainEqual({ what: 'shared credentials', why: expect.stringContaining('no table') });
    expect(less.specsBoundPlans).toBeNull();
    expect(less.items.find(({ level }) => level === 'plan')?.specsBound).toBeNull();
    expect(less.items.find(({ credential }) => credential.kind === 'shared')?.credential.shared?.name).toMatch(/^shared credential \d+$/);
  });

  it('stops at once when it is interrupted', async () => {
    const stop = new AbortController();
    const reading = read(server.url('reader', PASSWORD), stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
