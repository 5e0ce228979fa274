import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createBamboo } from '../../../../src/bamboo/create-bamboo.ts';
import { RekeyError } from '../../../../src/core/errors.ts';
import type { Place } from '../../../../src/core/model.ts';
import { fingerprint } from '../../../../src/core/object-state.ts';
import type { Clock, OpenedObject } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { openHomeFiles } from '../../../../src/store/home-files.ts';
import { ImportServer, SERVER_HOME } from '../../../support/import-server.ts';
import { atlassianDocument } from '../../../support/specs-documents.ts';
import { temporaryDirectories } from '../../../support/temporary-directory.ts';
import { failureIn } from '../failure-of.ts';

const DOCUMENT = atlassianDocument('repository-cloud-defaults').replace('oid: null', 'oid:\n    oid: abc');
const PLACE: Place = { object: 'repository', id: '7', level: 'global', name: 'lib' };
const PAIR = { username: 'ci@acme.example', secret: new Secret("ATAT'x=1") };

describe('the import route', () => {
  const temporaryDirectory = temporaryDirectories();

  /** `onPause` is called at each pause with its number: a server that is slow does its work there. */
  function world(document = DOCUMENT, onPause: (pause: number) => void = () => undefined) {
    const home = temporaryDirectory();
    const server = new ImportServer(document, home);
    let pauses = 0;
    const clock: Clock = { now: () => new Date(), sleep: async () => onPause(++pauses) };
    const parts = { http: server, url: 'https://bamboo.example', restToken: new Secret('pat'), headers: {} };
    const bamboo = createBamboo({ ...parts, home: { folders: { server: SERVER_HOME, local: home }, files: openHomeFiles(home), clock } });
    return { home, server, bamboo, pauses: () => pauses };
  }

  async function open({ bamboo }: Pick<ReturnType<typeof world>, 'bamboo'>, place = PLACE): Promise<OpenedObject> {
    const opened = await bamboo.route('import').open(place);
    if (opened.kind !== 'object') throw new RangeError(opened.kind);
    return opened.object;
  }

  it('sends the document back with two values changed and the version of its model, and reads the same back', async () => {
    const here = world();
    const object = await open(here);
    expect(await object.write(PAIR)).toEqual({ kind: 'saved' });
    expect(here.server.bodies).toEqual([DOCUMENT.replace('buildbot', "'ci@acme.example'").replace(/BAMSCRT\S+/, "'ATAT''x=1'")]);
    expect(here.server.contentTypes).toEqual(['application/x-yaml; charset=UTF-8; version=9.2.1']);
    const after = await open(here);
    expect(fingerprint(after.state)).toBe(fingerprint(object.state));
    expect(after.state.credential).toMatchObject({ kind: 'api-token', username: 'ci@acme.example' });
  });

  it('puts a kept document back byte for byte', async () => {
    const here = world();
    const kept = (await open(here)).state.document ?? '';
    await (await open(here)).write(PAIR);
    const back = { username: 'buildbot', secret: new Secret('BAMSCRT@0@0@x'), document: kept };
    expect(await (await open(here)).write(back)).toEqual({ kind: 'saved' });
    expect(here.server.bodies[1]).toBe(DOCUMENT);
    expect((await open(here)).state.document).toBe(DOCUMENT);
  });

  it.each([
    ['a quoted address', { body: '"https://b/x?a=1&repositoryId=7"', type: 'application/json' }, { kind: 'saved' }],
    ['another id', { body: 'https://b/x?repositoryId=9' }, { kind: 'other-object', id: '9' }],
    ['an address without id', { body: 'https://b/x' }, { kind: 'unanswered' }],
    [
      'an error with status 200',
      { body: '{"errors":["No."],"fieldErrors":{}}', type: 'application/json' },
      { kind: 'refused', why: expect.stringContaining('No') },
    ],
    [
      'a refusal',
      { status: 400, body: '{"errors":["Unknown key ATAT\'x=1"],"fieldErrors":{}}', type: 'application/json' },
      { kind: 'refused', why: expect.stringContaining('Unknown key [secret]') },
    ],
    ['a redirect', { status: 302 }, { kind: 'unanswered' }],
    ['a fault', { status: 500, body: 'oops' }, { kind: 'unanswered' }],
    ['a web page', { body: '<html>', type: 'text/html' }, { kind: 'unanswered' }],
  ])('believes %s for what it is', async (_what, answer, expected) => {
    const here = world();
    here.server.importAnswer = answer;
    expect(await (await open(here)).write(PAIR)).toMatchObject(expected);
  });

  it('ends at a refused token', async () => {
    const here = world();
    const object = await open(here);
    here.server.importAnswer = { status: 401 };
    await expect(object.write(PAIR)).rejects.toMatchObject({ exit: 7 });
  });

  it('says unanswered when the connection broke off, and writes no empty secret', async () => {
    const here = world();
    const object = await open(here);
    here.server.send = async () => {
      throw new RekeyError('SERVER_UNREACHABLE', 'reset');
    };
    expect(await object.write(PAIR)).toEqual({ kind: 'unanswered', why: 'reset' });
    expect(await object.write({ ...PAIR, secret: new Secret(' ') })).toMatchObject({ kind: 'refused' });
  });

  it('waits for a file that appears later, and for one that is not complete yet', async () => {
    const here = world(DOCUMENT, (pause) => {
      if (pause === 2) here.server.write(DOCUMENT.slice(0, 700));
      if (pause === 4) here.server.write();
    });
    here.server.export = () => undefined;
    expect((await open(here)).state.document).toBe(DOCUMENT);
    expect(here.pauses()).toBe(4);
  });

  it('waits half a minute for a file that a network share is late to show', async () => {
    const here = world(DOCUMENT, (pause) => pause === 17 && here.server.write());
    here.server.export = () => undefined;
    expect((await open(here)).state.document).toBe(DOCUMENT);
  });

  it('does not take the file of an earlier export for the new one', async () => {
    const changed = DOCUMENT.replace('branch: main', 'branch: next');
    const here = world(changed, (pause) => pause === 3 && here.server.write());
    here.server.write(DOCUMENT);
    here.server.shiftTime(-3_600);
    here.server.export = () => undefined;
    expect((await open(here)).state.document).toBe(changed);
    expect((await failureIn(open(here)))?.message).toContain(`did not replace the file of an earlier export at ${here.server.file} within 39 s`);
  });

  it.each([-3_600, 3_600])('learns from a second export how far the clock of the files is off, by %d s', async (off) => {
    const changed = DOCUMENT.replace('branch: main', 'branch: next');
    const here = world(changed);
    here.server.write(DOCUMENT);
    here.server.shiftTime(off - 10);
    here.server.export = (write) => {
      write();
      here.server.shiftTime(off);
    };
    expect((await open(here)).state.document).toBe(changed);
    const waited = here.pauses();
    here.server.moveTo('b');
    expect((await open(here)).state.document).toBe(undefined);
    expect(here.pauses()).toBe(waited);
    here.server.moveTo('c');
    here.server.write(DOCUMENT);
    here.server.shiftTime(off - 10);
    here.server.export = () => undefined;
    expect((await failureIn(open(here)))?.message).toContain('did not replace the file of an earlier export');
  });

  it('takes a file with a name that only this export has, whatever clocks say', async () => {
    const here = world();
    let exports = 0;
    here.server.export = (write) => {
      here.server.moveTo(`abc-${++exports}`);
      write();
      here.server.shiftTime(-60);
    };
    expect((await open(here)).state.settings).toContainEqual(['branch', 'main']);
  });

  it('waits in vain once, not for every repository', async () => {
    const here = world();
    here.server.export = () => undefined;
    expect((await failureIn(open(here)))?.message).toContain(`did not appear at ${here.server.file} within 39 s`);
    const waited = here.pauses();
    expect((await failureIn(open(here)))?.message).toContain('nor did any before it');
    expect(here.pauses()).toBe(waited);
  });

  it('counts what the server was made to write, and where', async () => {
    const here = world();
    await open(here);
    await open(here);
    expect(here.bamboo.exported()).toEqual({ files: 1, folders: [`${SERVER_HOME}/exports/specs`] });
  });

  it.each([
    ['outside the home', ['/etc/passwd'], 'not below bamboo.home.server'],
    ['in a folder beside it that begins with its name', [`${SERVER_HOME}-other/x.yaml`], 'not below'],
    ['with ..', [`${SERVER_HOME}/../x/abc.yaml`], 'might lead out'],
    ['with a line end', [`${SERVER_HOME}/a\nb.yaml`], 'might lead out'],
    ['twice', [`${SERVER_HOME}/a.yaml`, `${SERVER_HOME}/b.yaml`], 'names 2 files, and none of them holds'],
    ['nowhere', [], 'names no file'],
    ['as an object', { path: 'x' }, 'names no file'],
  ])('takes no file that Bamboo names %s', async (_what, paths, words) => {
    const here = world();
    here.server.exportAnswer = paths;
    expect((await failureIn(open(here)))?.message).toContain(words);
  });

  it("takes the one of several files that is the repository's, and none where two are", async () => {
    const here = world();
    const folder = join(here.home, 'exports/specs');
    const put = (name: string, text: string) => writeFileSync(join(folder, `${name}.yaml`), text);
    here.server.exportAnswer = ['other', 'abc', 'strange', 'gone'].map((name) => `${SERVER_HOME}/exports/specs/${name}.yaml`);
    here.server.export = (write) => {
      write();
      put('other', DOCUMENT.replace('oid: abc', 'oid: other').replace('name: lib', 'name: other'));
      put('strange', 'a: &x b');
    };
    expect((await open(here)).state.document).toBe(DOCUMENT);
    here.server.export = (write) => {
      write();
      put('other', DOCUMENT.replace('oid: abc', 'oid: other'));
    };
    expect((await failureIn(open(here)))?.message).toContain('names 4 files, and 2 of them hold the document of this repository');
  });

  it.each([
    [
      'a link in place of the file',
      (here: ReturnType<typeof world>) => {
        writeFileSync(join(here.home, 'real.yaml'), DOCUMENT);
        mkdirSync(dirname(here.server.file), { recursive: true });
        symlinkSync(join(here.home, 'real.yaml'), here.server.file);
      },
      'link',
    ],
    [
      'a link on the way',
      (here: ReturnType<typeof world>) => {
        here.server.write();
        renameSync(join(here.home, 'exports'), join(here.home, 'moved'));
        symlinkSync(join(here.home, 'moved'), join(here.home, 'exports'));
      },
      'link',
    ],
    ['a folder', (here: ReturnType<typeof world>) => mkdirSync(here.server.file, { recursive: true }), 'not a file'],
    ['a file without end', (here: ReturnType<typeof world>) => here.server.write(`${DOCUMENT}#${'x'.repeat(1024 * 1024)}\n`), 'more than'],
    ['bytes that are no text', (here: ReturnType<typeof world>) => here.server.write(Buffer.from([0xff, 0xfe, 0x00])), 'UTF-8'],
    ['an empty file', (here: ReturnType<typeof world>) => here.server.write(''), 'is empty'],
    ['half a file', (here: ReturnType<typeof world>) => here.server.write(DOCUMENT.slice(0, 600)), 'its end'],
    ['several documents', (here: ReturnType<typeof world>) => here.server.write(DOCUMENT + DOCUMENT), 'several'],
    ['no home', (here: ReturnType<typeof world>) => rmSync(here.home, { recursive: true }), 'bamboo.home.local'],
  ])('refuses %s with its reason', async (_what, arrange, words) => {
    const here = world();
    here.server.export = () => arrange(here);
    expect(await failureIn(open(here))).toMatchObject({ exit: 5, message: expect.stringContaining(words) });
  });

  it('says that a file belongs to another user, and what would help', async () => {
    const here = world();
    chmodSync(here.home, 0o755);
    here.server.export = (write) => {
      write();
      chmodSync(here.server.file, 0o000);
      // The superuser may read everything.
      if (process.getuid?.() === 0) process.seteuid?.(65_534);
    };
    const failure = await failureIn(open(here)).finally(() => process.getuid?.() === 0 && process.seteuid?.(0));
    expect([failure?.message, failure?.remedy]).toEqual([
      expect.stringContaining('belongs to another user'),
      expect.stringContaining('the user that Bamboo runs as'),
    ]);
  });

  it('refuses plan repositories, which Bamboo does not export, and tests nothing without a form', async () => {
    const here = world();
    expect(await failureIn(open(here, { ...PLACE, level: 'plan', plan: 'A-B' }))).toMatchObject({ code: 'DOCUMENT_REFUSED' });
    const object = await open(here);
    expect(await object.test('stored')).toMatchObject({ kind: 'not-offered' });
  });

  it('leaves other types alone', async () => {
    const here = world(DOCUMENT.replace('bitbucket.cloud.BitbucketCloudRepositoryProperties', 'bitbucket.server.BitbucketServerRepositoryProperties'));
    expect(await here.bamboo.route('import').open(PLACE)).toMatchObject({ kind: 'other-type' });
  });
});
