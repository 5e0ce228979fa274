import { describe, expect, it } from '@jest/globals';
import { LineFile } from '../../../src/store/line-file.ts';
import { writeNew } from '../../../src/store/write-durably.ts';
import { intercept, systemError } from '../../support/intercept.ts';
import { LosingFileSystem } from '../../support/losing-file-system.ts';

async function textIn(disk: LosingFileSystem): Promise<string> {
  return Buffer.from(await disk.read('/lines')).toString('utf8');
}

async function diskWith(text: string): Promise<LosingFileSystem> {
  const disk = new LosingFileSystem();
  await writeNew(disk, '/lines', text);
  await disk.syncDirectory('/');
  return disk;
}

describe('line file', () => {
  it('has a line on disk when its promise resolves', async () => {
    const disk = await diskWith('');
    const file = await LineFile.open(disk, '/lines', 0);
    await file.append('one');
    expect(await textIn(disk.afterPowerLoss())).toBe('one\n');
    await file.append('two');
    expect(await textIn(disk.afterPowerLoss())).toBe('one\ntwo\n');
  });

  it('keeps the order of the calls, and lets lines that wait share one sync', async () => {
    const disk = await diskWith('');
    const steps: string[] = [];
    const watched = intercept(disk, (step, act) => {
      steps.push(step);
      return act();
    });
    const file = await LineFile.open(watched, '/lines', 0);
    steps.length = 0;
    const resolved: number[] = [];
    await Promise.all(Array.from({ length: 50 }, (_, number) => file.append(`line ${number}`).then(() => resolved.push(number))));

    const numbers = Array.from({ length: 50 }, (_, number) => number);
    expect(await textIn(disk.afterPowerLoss())).toBe(numbers.map((number) => `line ${number}\n`).join(''));
    expect(resolved).toEqual(numbers);
    expect(steps).toEqual(['write /lines', 'syncData /lines', 'write /lines', 'syncData /lines']);
  });

  it('cuts off, for good, what stands behind the good part', async () => {
    const disk = await diskWith('one\ntw');
    const file = await LineFile.open(disk, '/lines', 4);
    expect(await textIn(disk.afterPowerLoss())).toBe('one\n');
    await file.append('two');
    expect(await textIn(disk.afterPowerLoss())).toBe('one\ntwo\n');
  });

  it.each(['write', 'syncData'])('fails for ever after a failed %s, though the disk works again', async (step) => {
    const disk = await diskWith('');
    let full = false;
    const file = await LineFile.open(
      intercept(disk, async (name, act) => {
        if (full && name.startsWith(step)) throw systemError('ENOSPC');
        return await act();
      }),
      '/lines',
      0,
    );
    await file.append('one');
    full = true;
    const failed = await Promise.allSettled([file.append('two'), file.append('three')]);
    full = false;

    for (const result of failed)
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: 'DISK_FAILED', exit: 1, message: 'Could not write /lines: the disk is full (ENOSPC).' },
      });
    await expect(file.append('four')).rejects.toMatchObject({ code: 'DISK_FAILED' });
    await file.close();
    expect(await textIn(disk)).not.toContain('four');
  });

  it('ends the lines under way before it closes', async () => {
    const disk = await diskWith('');
    const file = await LineFile.open(disk, '/lines', 0);
    const lines = [file.append('one'), file.append('two')];
    await file.close();
    await Promise.all(lines);
    expect(await textIn(disk)).toBe('one\ntwo\n');
  });
});
