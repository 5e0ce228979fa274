import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/core/secret.ts';
import { readDatabase } from '../../src/database/read-database.ts';
import { generateWorld } from '../support/bamboo-database/generate.ts';
import { type DatabaseServer, startMariadb, startPostgresql } from '../support/bamboo-database/server.ts';
import { readerSql, tablesSql } from '../support/bamboo-database/tables-sql.ts';
import { type Authority, createAuthority } from '../support/certificates.ts';

describe.each([
  ['postgresql', startPostgresql],
  ['mysql', startMariadb],
] as const)('TLS to a real database: %s', (product, start) => {
  let authority: Authority;
  let stranger: Authority;
  let server: DatabaseServer;
  let plain: DatabaseServer;

  beforeAll(async () => {
    authority = createAuthority();
    stranger = createAuthority();
    [server, plain] = [await start(authority.sign('DNS:localhost,IP:127.0.0.1')), await start()];
    for (const each of [server, plain]) {
      each.run(tablesSql(generateWorld(3), product));
      each.run(readerSql(product, 'reader', 'x'));
    }
    // What is sent in clear would be refused: PostgreSQL by its pg_hba.conf, MariaDB by the account.
    if (product === 'mysql') server.run("ALTER USER reader@'%' REQUIRE SSL");
  }, 120_000);
  afterAll(() => {
    for (const each of [server, plain]) each?.stop();
    authority.remove();
    stranger.remove();
  });

  const read = (of: DatabaseServer, query: string, authorities?: string[], host = '127.0.0.1') => {
    const url = new Secret(of.url('reader', 'x').replace('127.0.0.1', host) + query);
    return readDatabase({ url, git: 'https://bitbucket.org', signal: new AbortController().signal, ...(authorities === undefined ? {} : { authorities }) });
  };

  it('reads over TLS with the authority of the company', async () => {
    const { items } = await read(server, '', [authority.cert]);
    expect(items.length).toBeGreaterThan(20);
    expect((await read(server, '?sslmode=verify-full', [authority.cert], 'localhost')).items).toHaveLength(items.length);
  });

  it('refuses a certificate of an unknown authority, also where the address merely says require', async () => {
    for (const query of ['?sslmode=require', '?sslmode=verify-full'])
      for (const authorities of [undefined, [stranger.cert]])
        await expect(read(server, query, authorities)).rejects.toMatchObject({ code: 'TLS_REFUSED', remedy: expect.stringContaining('bamboo.tls.ca') });
  });

  it('refuses a certificate that names another host', async () => {
    const other = await start(authority.sign('DNS:db.example'));
    try {
      await expect(read(other, '?sslmode=require', [authority.cert], 'localhost')).rejects.toMatchObject({ code: 'TLS_REFUSED' });
    } finally {
      other.stop();
    }
  });

  it('sends nothing in clear to a server that would offer TLS, unless the address says so', async () => {
    await expect(read(server, '?sslmode=disable')).rejects.toMatchObject({ code: 'DATABASE_LOGIN_REFUSED' });
  });

  it('takes a server without TLS on this machine only, and never where the address requires it', async () => {
    expect((await read(plain, '', [authority.cert])).items.length).toBeGreaterThan(20);
    expect((await read(plain, '?sslmode=disable')).items.length).toBeGreaterThan(20);
    await expect(read(plain, '?sslmode=require')).rejects.toMatchObject({
      code: 'TLS_REFUSED',
      message: expect.stringContaining('offers no TLS'),
      remedy: expect.stringContaining('sslmode=disable'),
    });
  });
});
