import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDurably, writeDurably } from '../../../src/store/write-durably.ts';
import { intercept, systemError } from '../../support/intercept.ts';
import { LosingFileSystem } from '../../support/losing-file-system.ts';

async function textIn(disk: LosingFileSystem): Promise<string> {
  return Buffer.from(await disk.read('/file')).toString('utf8');
}

/** How many calls one write makes. */
async function countCalls(): Promise<number> {
  const disk = new LosingFileSystem();
  let calls = 0;
  const counting = intercept(disk, (_step, act) => {
    calls += 1;
    return act();
  });
  await writeDurably(counting, '/file', 'new');
  return calls;
}

describe('durable write', () => {
  it('is there after a power loss', async () => {
    const disk = new LosingFileSystem();
    await writeDurably(disk, '/file', 'first');
    await writeDurably(disk, '/file', 'sécond');

    expect(await textIn(disk.afterPowerLoss())).toBe('sécond');
    expect(await disk.list('/')).toEqual(['file']);
  });

  it('writes a long text that comes in pieces, few calls for many pieces', async () => {
    const disk = new LosingFileSystem();
    const writes: string[] = [];
    const watched = intercept(disk, (step, act) => {
      if (step.startsWith('write ')) writes.push(step);
      return act();
    });
    const pieces = Array.from({ length: 10_000 }, (_, index) => `pièce ${index} 🎋\n`);
    await writeDurably(watched, '/file', pieces);

    expect(await textIn(disk.afterPowerLoss())).toBe(pieces.join(''));
    expect(writes.length).toBeGreaterThan(1);
    expect(writes.length).toBeLessThan(10);
  });

  it('leaves the old text or the new one wherever the power fails, and whatever the disk kept', async () => {
    const calls = await countCalls();
    await fc.assert(
      fc.asyncProperty(fc.nat(calls), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (crashAt, luck) => {
        const disk = new LosingFileSystem();
        await writeDurably(disk, '/file', 'old');
        let call = 0;
        const failing = intercept(disk, async (_step, act) => {
          call += 1;
          if (call > crashAt) throw systemError('EIO');
          return await act();
        });
        const acknowledged = await writeDurably(failing, '/file', 'new').then(
          () => true,
          () => false,
        );
        const found = await textIn(disk.afterPowerLoss(() => luck.next().value));
        expect(acknowledged ? ['new'] : ['old', 'new']).toContain(found);
      }),
    );
  });

  it('leaves no temporary file behind when the disk is full, and tells the error of the system', async () => {
    for (const step of ['create', 'write', 'sync', 'close', 'rename']) {
      const disk = new LosingFileSystem();
      await writeDurably(disk, '/file', 'old');
      const full = intercept(disk, async (name, act) => {
        if (name.startsWith(`${step} `)) throw systemError('ENOSPC');
        return await act();
      });

      await expect(writeDurably(full, '/file', 'new')).rejects.toMatchObject({ code: 'ENOSPC' });
      expect(await disk.list('/')).toEqual(['file']);
      expect(await textIn(disk)).toBe('old');
    }
  });
});

describe('durable creation', () => {
  it('is there after a power loss, and never replaces what stands there', async () => {
    const disk = new LosingFileSystem();
    await createDurably(disk, '/file', 'first');
    await expect(createDurably(disk, '/file', 'second')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await textIn(disk.afterPowerLoss())).toBe('first');
    expect(await disk.list('/')).toEqual(['file']);
  });

  it('leaves the whole file or none, whichever call to the disk is the first that fails', async () => {
    for (let from = 1, met = true; met; from += 1) {
      const disk = new LosingFileSystem();
      let call = 0;
      met = false;
      const failing = intercept(disk, async (_step, act) => {
        call += 1;
        if (call < from) return await act();
        met = true;
        throw systemError('ENOSPC');
      });
      const created = await createDurably(failing, '/file', 'whole').then(
        () => true,
        () => false,
      );
      const isThere = (await disk.list('/')).includes('file');
      if (created) expect(isThere).toBe(true);
      if (isThere) expect(await textIn(disk)).toBe('whole');
    }
  });
});
