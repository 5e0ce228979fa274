import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LogFile } from '../../../src/view/log-file.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporary = temporaryDirectories();

describe('the file of a log', () => {
  it('is added to by one command after another, and takes nothing once it is closed', () => {
    const path = join(temporary(), 'run.log');
    for (const text of ['one\n', 'two\n']) {
      const file = new LogFile(path);
      file.write(text);
      file.close();
      file.close();
      file.write('too late\n');
      expect(file.takeFailure()).toBeUndefined();
    }
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('tells once why it takes nothing more', () => {
    const file = new LogFile('/dev/full');
    file.write('a line\n');
    file.write('another\n');
    expect([file.takeFailure()?.code, file.takeFailure()]).toEqual(['DISK_FAILED', undefined]);
    file.close();
  });

  it('is refused where it can not be opened', () => {
    expect(() => new LogFile(join(temporary(), 'nowhere', 'run.log'))).toThrow(
      expect.objectContaining({ code: 'FILE_UNWRITABLE', message: expect.stringMatching(/Could not open the log .*ENOENT/) }),
    );
  });
});
