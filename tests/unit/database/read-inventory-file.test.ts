import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Inventory } from '../../../src/core/inventory.ts';
import { readInventoryFile } from '../../../src/database/read-inventory-file.ts';
import { inventoryCsv } from '../../../src/view/inventory-csv.ts';
import { item, usage } from '../../support/core-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'rekey-inventory-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | Uint8Array, signal = new AbortController().signal) {
  const path = join(folder, 'inventory');
  writeFileSync(path, content);
  return readInventoryFile({ path, git: 'https://bitbucket.org', signal });
}

const failure = (content: string | Uint8Array) =>
  read(content).then(
    () => undefined,
    (thrown: unknown) => thrown as { code: string; message: string },
  );

const BITBUCKET = 'atlassian-bamboo-plugin-bitbucket:bbCloud';
const HEADER = 'name,is_global,repo_type,marked_for_deletion,full_key,plan_title,project_key,project_title';
const published = (...rows: string[]) => [HEADER, ...rows].join('\n');

describe('the result of a published query', () => {
  it('decides the level as published: global first, then project, then plan', async () => {
    const { items, apart, depth } = await read(
      published(
        `lib,t,${BITBUCKET},f,WEB-CI,CI,,`,
        `web,f,${BITBUCKET},f,WEB-CI,CI,WEB,Web`,
        `api,f,${BITBUCKET},f,OPS-CI,CI,,`,
        `lost,f,${BITBUCKET},f,,,,`,
        `gone,f,${BITBUCKET},t,OPS-CI,CI,,`,
      ),
    );
    expect(depth).toBe('published-query');
    expect(items.map(({ name, level, project, plan }) => ({ name, level, project, plan }))).toEqual([
      { name: 'lib', level: 'global', project: undefined, plan: undefined },
      { name: 'web', level: 'project', project: 'WEB', plan: undefined },
      { name: 'api', level: 'plan', project: 'OPS', plan: 'OPS-CI' },
    ]);
    expect(apart.map(({ name, why }) => ({ name, why }))).toEqual([
      { name: 'lost', why: 'no plan uses it, or its only plan is deleted' },
      { name: 'gone', why: 'marked for deletion' },
    ]);
  });

  it('folds the rows of a linked repository into one item with all its plans', async () => {
    const { items } = await read(published(...['WEB-A', 'WEB-B', 'OPS-A', 'WEB-A'].map((plan) => `lib,true,${BITBUCKET},false,${plan},x,,`)));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      level: 'global',
      kind: 'bitbucket-cloud',
      credential: { kind: 'unknown' },
      sources: ['file'],
      usedBy: { plans: 3, projects: ['OPS', 'WEB'] },
    });
  });

  it('gives ids that are unique, though the rows hold none', async () => {
    const { items } = await read(
      published(`a,f,${BITBUCKET},f,WEB-A,x,,`, `a,f,${BITBUCKET},f,WEB-B,x,,`, `a,f,${BITBUCKET},f,,,WEB,x`, `a,t,${BITBUCKET},f,,,,`),
    );
    expect(new Set(items.map(({ id }) => id)).size).toBe(4);
  });

  it.each([
    ['column names in any case', published(`lib,1,${BITBUCKET},0,WEB-CI,CI,,`).replace(HEADER, HEADER.toUpperCase())],
    ['CRLF', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`).replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`)}`],
    ['semicolons', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`).replaceAll(',', ';')],
    ['tabs', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`).replaceAll(',', '\t')],
    ['quotes', published(`"lib","TRUE","${BITBUCKET}","FALSE","WEB-CI","C, ""I""","",""`)],
    ['NULL for what is empty', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,NULL,NULL`)],
    ['null as other tools write it', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,null,[NULL]`)],
    [
      'the frame that psql draws',
      ` ${published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`).replaceAll(',', ' | ').replace('\n', '\n-----+------+----\n ')}\n(1 row)\n`,
    ],
    ['the whole plugin key', published(`lib,t,com.atlassian.bamboo.plugins.${BITBUCKET},f,WEB-CI,CI,,`)],
    ["MySQL's bits as bytes", published(`lib,\u0001,${BITBUCKET},\u0000,WEB-CI,CI,,`).replace('\u0000', '\\0')],
    ['dashes under the header and a count below', published('---,---,---,---,---,---,---,---', `lib,t,${BITBUCKET},f,WEB-CI,CI,,`, '(1 rows affected)')],
    ['the header once more', published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`, HEADER)],
    ['columns in another order', `full_key,project_key,name,is_global,repo_type,marked_for_deletion\nWEB-CI,,lib,t,${BITBUCKET},f\n`],
  ])('is read with %s', async (_, text) => {
    const { items, unread } = await read(text);
    expect(unread).toEqual([]);
    expect(items.map(({ name, level, usedBy }) => ({ name, level, plans: usedBy?.plans }))).toEqual([{ name: 'lib', level: 'global', plans: 1 }]);
  });

  it.each([
    ['tabs', '\t'],
    ['bars', '|'],
  ])('with %s takes the quotes in a name for what they are: mysql --batch and psql quote nothing', async (_, delimiter) => {
    const row = (name: string) => [name, 't', BITBUCKET, 'f', 'WEB-CI', 'CI', '', ''].join(delimiter);
    const names = async (...written: string[]) => {
      const { items } = await read([HEADER.replaceAll(',', delimiter), ...written.map(row)].join('\n'));
      return items.map(({ name }) => name);
    };
    for (const name of ['shop, "big"', '"big" shop', 'a "b" c', '5" disks']) expect(await names(name, 'lib')).toEqual([name, 'lib']);
    expect(await names('"big" shop', 'small "shop"')).toEqual(['"big" shop', 'small "shop"']);
    expect(await names(`"a ${delimiter} ""b"""`, '"lib"')).toEqual([`a ${delimiter} "b"`, 'lib']);
  });

  it('is read in UTF-16 and Latin-1', async () => {
    const text = published(`Jörg,t,${BITBUCKET},f,WEB-CI,CI,,`);
    const names = async (bytes: Uint8Array) => (await read(bytes)).items.map(({ name }) => name);
    expect(await names(Buffer.from(text, 'latin1'))).toEqual(['Jörg']);
    expect(await names(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(['Jörg']);
    expect(await names(Buffer.from(text, 'utf8'))).toEqual(['Jörg']);
  });

  it('reports a row whose boolean is none, and goes on', async () => {
    const { items, unread } = await read(published(`lib,perhaps,${BITBUCKET},f,WEB-CI,CI,,`, `web,t,${BITBUCKET},f,WEB-CI,CI,,`));
    expect(unread).toEqual([{ what: 'row 2', why: 'its column is_global holds neither true nor false' }]);
    expect(items).toHaveLength(1);
  });
});

describe('our own inventory', () => {
  const inventory: Inventory = {
    format: 1,
    server: { url: 'https://bamboo.test', version: '11.1.0', state: 'RUNNING' },
    readAt: '2026-11-24T12:00:00.000Z',
    items: [
      item({ name: '=HYPERLINK("x")', notes: ['first', 'second'] }),
      item({ id: '9007199254740993', level: 'plan', project: 'WEB', plan: 'WEB-CI', name: 'a, "b"\nc', credential: { kind: 'none' }, usedBy: null }),
    ],
    unread: [{ what: 'plan WEB-X', why: 'not allowed' }],
  };

  it('comes back whole from JSON', async () => {
    const { items, unread, depth } = await read(JSON.stringify(inventory));
    expect(items).toEqual(inventory.items.map((each) => ({ ...each, sources: ['file'] })));
    expect(unread).toEqual(inventory.unread);
    expect(depth).toBe('inventory');
  });

  it('comes back from CSV as far as the table tells it', async () => {
    const { items, unread } = await read(inventoryCsv(inventory));
    expect(items[0]).toEqual({ ...inventory.items[0], sources: ['file'], specsBound: null, usedBy: { ...usage('WEB'), projects: [] } });
    expect(items[1]).toMatchObject({ id: '9007199254740993', plan: 'WEB-CI', name: 'a, "b"\\nc', credential: { kind: 'none' }, usedBy: null });
    expect(unread).toEqual(inventory.unread);
  });

  it('reports a row that breaks the rules, and goes on', async () => {
    const lines = inventoryCsv({ ...inventory, items: inventory.items.slice(0, 1) }).replace('app-password', 'magic');
    const { items, unread } = await read(lines);
    expect(items).toEqual([]);
    expect(unread[0]).toMatchObject({ what: 'row 2', why: expect.stringContaining('credential.kind') });
  });

  it('refuses JSON that is cut off, or something else, naming what is wrong', async () => {
    expect(await failure(JSON.stringify(inventory).slice(0, -9))).toMatchObject({
      code: 'INVENTORY_INVALID',
      message: expect.stringContaining('is not valid JSON'),
    });
    expect(await failure('{"format": 2}')).toMatchObject({ code: 'INVENTORY_INVALID', message: expect.stringContaining('format') });
    expect(await failure('[]')).toMatchObject({ code: 'INVENTORY_INVALID' });
  });
});

describe('a file that cannot be used', () => {
  it.each([
    ['is empty', '', 'is empty'],
    ['holds white space only', '\n \n', 'is empty'],
    ['holds zero bytes', Buffer.from([1, 0, 2, 0, 3]), 'is no text'],
    ['lacks columns', 'name,is_global,repo_type\nx,t,y\n', 'it lacks the columns marked_for_deletion, full_key, project_key'],
    ['has no header', `lib,t,${BITBUCKET},f,WEB-CI,CI,,\n`, 'was it saved with a header?'],
    ['has a row that is too short', published(`lib,t,${BITBUCKET},f`), 'row 2: it has 4 fields, the header has 8'],
    ['has a quote that is never closed', published(`"lib,t,${BITBUCKET},f,WEB-CI,CI,,`), 'a quote is opened and not closed'],
  ])('%s', async (_, content, words) => {
    expect(await failure(content)).toMatchObject({ code: 'INVENTORY_FILE_INVALID', message: expect.stringContaining(words) });
  });

  it('is not there, or is a folder', async () => {
    const open = (path: string) => readInventoryFile({ path, git: 'https://bitbucket.org', signal: new AbortController().signal });
    await expect(open(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining('ENOENT') });
    await expect(open(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: expect.stringContaining('is no file') });
  });

  it('has nothing but a header: read, with a warning', async () => {
    expect(await read(`${HEADER}\n`)).toMatchObject({ items: [], warnings: [expect.stringContaining('holds a header and no repository')] });
  });

  it('is left at once when it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(read(published(`lib,t,${BITBUCKET},f,WEB-CI,CI,,`), stop.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
