import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDocuments } from '../../../src/store/documents.ts';
import { nodeFileSystem } from '../../../src/store/file-system.ts';
import { intercept, systemError } from '../../support/intercept.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const documents = openDocuments(nodeFileSystem);

describe('a new document', () => {
  it('is written for the owner alone', async () => {
    const path = join(temporary(), 'report.html');
    await documents.create(path, 'ünïcødé');
    expect(readFileSync(path, 'utf8')).toBe('ünïcødé');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('never takes the place of a file', async () => {
    const path = join(temporary(), 'report.html');
    writeFileSync(path, 'older');
    await expect(documents.create(path, 'new')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: `${path} exists already.`,
      remedy: expect.stringContaining('--force'),
    });
    expect(readFileSync(path, 'utf8')).toBe('older');
  });

  it('is refused where a directory or a link stands, and in no directory', async () => {
    const directory = temporary();
    mkdirSync(join(directory, 'inner'));
    symlinkSync('nowhere', join(directory, 'link'));
    for (const [name, why] of [
      ['inner', 'a directory'],
      ['link', 'a symbolic link'],
      ['absent/report.html', 'does not exist'],
    ] as const)
      await expect(documents.create(join(directory, name), 'x')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', message: expect.stringContaining(why) });
    expect(readdirSync(directory)).toEqual(['inner', 'link']);
  });

  it('is told where it may not be written', async () => {
    const refusing = openDocuments(intercept(nodeFileSystem, async () => Promise.reject(systemError('EACCES'))));
    await expect(refusing.create('/report.html', 'x')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  });
});
