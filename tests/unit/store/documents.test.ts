import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openDocuments } from '../../../src/store/documents.ts';
import { nodeFileSystem } from '../../../src/store/file-system.ts';
import { intercept, systemError } from '../../support/intercept.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const documents = openDocuments(nodeFileSystem);
const refusing = (code: string) => openDocuments(intercept(nodeFileSystem, async () => Promise.reject(systemError(code))));

describe('documents', () => {
  it('are read as they were written, for the owner alone', async () => {
    const path = join(temporary(), 'plan.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await documents.write(path, 'ünïcødé 🎋\n');

    expect(await documents.read(path)).toBe('ünïcødé 🎋\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['plan.json']);
  });

  it('are read through links and pipes, as the user named them', async () => {
    const directory = temporary();
    writeFileSync(join(directory, 'plan.json'), '{}');
    symlinkSync('plan.json', join(directory, 'latest.json'));
    expect(await documents.read(join(directory, 'latest.json'))).toBe('{}');
    expect(await documents.read('/dev/null')).toBe('');
  });

  it('cannot be read where there is none, or no text', async () => {
    const directory = temporary();
    writeFileSync(join(directory, 'bytes'), Buffer.from([0x66, 0xff, 0xfe]));

    await expect(documents.read(join(directory, 'none'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `Could not read ${directory}/none: it does not exist (ENOENT).`,
    });
    await expect(documents.read(directory)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: `Could not read ${directory}: it is a directory (EISDIR).`,
    });
    await expect(documents.read(join(directory, 'bytes'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('not UTF-8 text'),
    });
    await expect(refusing('EACCES').read('plan.json')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: 'Could not read plan.json: this account has no right to it (EACCES).',
    });
  });

  it('cannot be written where no plain file can stand, and what stands there is left alone', async () => {
    const directory = temporary();
    mkdirSync(join(directory, 'there'));
    writeFileSync(join(directory, 'file'), 'mine');
    symlinkSync('file', join(directory, 'link'));

    await expect(documents.write(join(directory, 'none', 'plan.json'), '')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('does not exist (ENOENT)'),
    });
    await expect(documents.write(join(directory, 'there'), '')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('it is a directory'),
    });
    await expect(documents.write(join(directory, 'link'), '')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('symbolic link'),
    });
    await expect(documents.write(join(directory, 'file', 'plan.json'), '')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('not a directory'),
    });
    await expect(documents.write('/dev/null', '')).rejects.toMatchObject({ code: 'FILE_UNWRITABLE', message: expect.stringContaining('device') });
    await expect(refusing('EROFS').write('plan.json', '')).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringContaining('read-only (EROFS)'),
    });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(readFileSync(join(directory, 'link'), 'utf8')).toBe('mine');
  });
});
