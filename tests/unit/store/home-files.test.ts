import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, realpathSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HomeFiles } from '../../../src/core/ports.ts';
import { openHomeFiles } from '../../../src/store/home-files.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const MOST = 64;
const PARTS = ['exports', 'web.yaml'];
const temporary = temporaryDirectories();
let home: string;
let files: HomeFiles;

beforeEach(() => {
  home = realpathSync(temporary());
  mkdirSync(join(home, 'exports'));
  files = openHomeFiles(home);
});

const text = ({ bytes }: { readonly bytes: Uint8Array }) => Buffer.from(bytes).toString();

describe("the home of Bamboo's files", () => {
  it.each(['name: ünïcødé 🎋\n', '', 'x'.repeat(MOST)])('gives a file as it is: %j', async (content) => {
    const path = join(home, ...PARTS);
    writeFileSync(path, content);
    const read = await files.read(PARTS, MOST);
    if (read.kind !== 'file') throw new TypeError('it is there');
    expect([text(read), read.modified.getTime()]).toEqual([content, Math.floor(statSync(path).mtimeMs)]);
  });

  it('gives another stamp to a file that was put in the place of one with the same content', async () => {
    const stamps = new Set<string>();
    for (const turn of [1, 2, 3]) {
      // All three stay, so that no number of a file is used twice.
      writeFileSync(join(home, `turn-${turn}`), 'same');
      linkSync(join(home, `turn-${turn}`), join(home, 'next'));
      renameSync(join(home, 'next'), join(home, ...PARTS));
      const read = await files.read(PARTS, MOST);
      if (read.kind === 'file') stamps.add(read.stamp);
    }
    expect(stamps.size).toBe(3);
  });

  it('waits for nothing that is not there, nor below a folder that is not', async () => {
    expect(await files.read(PARTS, MOST)).toEqual({ kind: 'absent' });
    expect(await files.read(['nowhere', ...PARTS], MOST)).toEqual({ kind: 'absent' });
  });

  it('is reached through a link, but follows none inside', async () => {
    writeFileSync(join(home, 'elsewhere'), 'secret');
    symlinkSync(join(home, 'elsewhere'), join(home, ...PARTS));
    symlinkSync(join(home, 'exports'), join(home, 'linked'));
    writeFileSync(join(home, 'exports', 'real.yaml'), 'real');
    const mounted = join(temporary(), 'mounted');
    symlinkSync(home, mounted);
    const there = openHomeFiles(mounted);
    await expect(there.read(PARTS, MOST)).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE', message: expect.stringContaining('a link') });
    await expect(there.read(['linked', 'real.yaml'], MOST)).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
    expect(await there.read(['exports', 'real.yaml'], MOST)).toMatchObject({ kind: 'file' });
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path), /is not a file/],
    ['a pipe that nobody writes to', (path: string) => void execFileSync('mkfifo', [path]), /is not a file/],
    ['one byte too many', (path: string) => writeFileSync(path, 'x'.repeat(MOST + 1)), /holds more than 64 bytes/],
  ])('refuses %s', async (_what, make, why) => {
    make(join(home, ...PARTS));
    await expect(files.read(PARTS, MOST)).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE', message: expect.stringMatching(why) });
  });

  it('names the setting where the home itself is not there, and finds it once it is', async () => {
    const late = join(temporary(), 'late');
    const there = openHomeFiles(late);
    await expect(there.read(PARTS, MOST)).rejects.toMatchObject({
      message: expect.stringContaining('bamboo.home.local'),
      remedy: expect.stringContaining('Mount'),
    });
    mkdirSync(late);
    expect(await there.read(PARTS, MOST)).toEqual({ kind: 'absent' });
  });
});
