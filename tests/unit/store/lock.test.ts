import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nodeFileSystem } from '../../../src/store/file-system.ts';
import { takeLock } from '../../../src/store/lock.ts';
import type { ProcessTable } from '../../../src/store/process-table.ts';
import { intercept, systemError } from '../../support/intercept.ts';
import { LosingFileSystem } from '../../support/losing-file-system.ts';
import { processTable } from '../../support/sample-store.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';
import { ToldProcess } from '../../support/told-process.ts';

const temporary = temporaryDirectories();
const TAKER = join(import.meta.dirname, '../../support/lock-taker.ts');
const SINCE = '2026-03-01T10:00:00.000Z';

function take(path: string, processes: ProcessTable, breakNonce?: string) {
  return takeLock(path, { fileSystem: nodeFileSystem, processes, startedAt: SINCE, breakNonce });
}

function holder(path: string): { host: string; pid: number; nonce: string; startedAt: string; processStart: string } {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('lock', () => {
  it('says who holds it, and leaves nothing behind', async () => {
    const path = join(temporary(), 'lock.json');
    const lock = await take(path, processTable(7));
    expect(holder(path)).toEqual({ host: 'here', pid: 7, nonce: expect.stringMatching(/^[0-9a-f-]{36}$/), startedAt: SINCE, processStart: 'start of 7' });

    await lock.release();
    await lock.release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is refused while its holder lives, whatever nonce is given', async () => {
    const path = join(temporary(), 'lock.json');
    await take(path, processTable(7));
    const { nonce } = holder(path);

    await expect(take(path, processTable(8))).rejects.toMatchObject({
      code: 'LOCKED',
      exit: 6,
      message: `Another run holds the lock of this server: pid 7 on host here, since ${SINCE}, nonce ${nonce}. It is running.`,
    });
    await expect(take(path, processTable(8), nonce)).rejects.toMatchObject({ code: 'LOCKED', remedy: expect.stringContaining('end process 7') });
    expect(holder(path).pid).toBe(7);
    expect(readdirSync(join(path, '..'))).toEqual(['lock.json']);
  });

  it('is taken over from the dead on this host', async () => {
    const path = join(temporary(), 'lock.json');
    const first = await take(path, processTable(7));
    await take(path, processTable(8, 'here', new Set([7])));
    expect(holder(path).pid).toBe(8);
    expect(readdirSync(join(path, '..'))).toEqual(['lock.json']);

    await first.release();
    expect(holder(path).pid).toBe(8);
  });

  it('of another host is broken with its exact nonce only', async () => {
    const path = join(temporary(), 'lock.json');
    await take(path, processTable(7, 'there'));
    const { nonce } = holder(path);
    const refusal = { code: 'LOCKED', message: expect.stringContaining('cannot be seen from here'), remedy: expect.stringContaining(`--break-lock ${nonce}`) };

    await expect(take(path, processTable(8, 'here', new Set([7])))).rejects.toMatchObject(refusal);
    await expect(take(path, processTable(8), `${nonce}0`)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining('--break-lock is another one'),
    });
    await take(path, processTable(8), nonce);
    expect(holder(path)).toMatchObject({ host: 'here', pid: 8 });
  });

  it('is taken over though an earlier taker died in the middle of that', async () => {
    const path = join(temporary(), 'lock.json');
    const ended = new Set([7, 8, 9]);
    await take(path, processTable(7));
    await take(`${path}.takeover`, processTable(8));
    await take(`${path}.takeover.takeover`, processTable(9));
    await take(path, processTable(10, 'here', ended));

    expect(holder(path).pid).toBe(10);
    expect(readdirSync(join(path, '..'))).toEqual(['lock.json']);
  });

  it('is refused while somebody living is about to take it over', async () => {
    const path = join(temporary(), 'lock.json');
    await take(path, processTable(7));
    await take(`${path}.takeover`, processTable(8));

    await expect(take(path, processTable(9, 'here', new Set([7])))).rejects.toMatchObject({ code: 'LOCKED', message: expect.stringContaining('pid 8') });
    expect(holder(path).pid).toBe(7);
  });

  it.each([
    ['is empty', ''],
    ['is no lock', '{"pid": 7}'],
  ])('that %s is held by nobody knows whom, and left alone', async (_what, text) => {
    const path = join(temporary(), 'lock.json');
    writeFileSync(path, text);
    await expect(take(path, processTable(8))).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(path),
      remedy: expect.stringContaining('delete that file'),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is not looked for behind a symbolic link', async () => {
    const directory = temporary();
    symlinkSync('nowhere', join(directory, 'lock.json'));
    await expect(take(join(directory, 'lock.json'), processTable(8))).rejects.toMatchObject({ code: 'LOCKED' });
    expect(readdirSync(directory)).toEqual(['lock.json']);
  });
});

describe('lock on a disk that fails at one call', () => {
  it.each([false, true])('is either held or not there, never in between (a dead holder before: %s)', async (abandoned) => {
    for (let call = 1, calls = 1; call <= calls; call += 1) {
      const disk = new LosingFileSystem();
      if (abandoned) await takeLock('/lock', { fileSystem: disk, processes: processTable(7), startedAt: SINCE });
      calls = 0;
      const fileSystem = intercept(disk, async (_step, act) => {
        calls += 1;
        if (calls === call) throw systemError('ENOSPC');
        return await act();
      });
      const request = { processes: processTable(8, 'here', new Set([7])), startedAt: SINCE };
      const lock = await takeLock('/lock', { ...request, fileSystem }).catch((thrown: unknown): undefined => {
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^(DISK_FAILED|LOCKED)$/) });
      });
      if (lock === undefined) await expect(takeLock('/lock', { ...request, fileSystem: disk })).resolves.toBeDefined();
      else await expect(takeLock('/lock', { ...request, fileSystem: disk })).rejects.toMatchObject({ code: 'LOCKED' });
    }
  });
});

describe('lock among processes', () => {
  const children: ToldProcess[] = [];
  const start = async (directory: string) => {
    const child = await ToldProcess.start(TAKER, directory);
    children.push(child);
    return child;
  };
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });

  it('names the holder, and is taken over after kill -9', async () => {
    const directory = temporary();
    const [first, second] = [await start(directory), await start(directory)];
    expect(await first.tell('take')).toBe('done');
    expect(await second.tell('take')).toMatch(new RegExp(`^LOCKED .*pid ${first.pid} on host ${hostname()}, since 20.*It is running`));

    await first.kill();
    expect(await second.tell('take')).toBe('done');
    expect(await second.tell('release')).toBe('done');
    expect(readdirSync(join(directory, 'state'))).toEqual([]);
  });

  it('goes to exactly one of many that find its holder dead', async () => {
    const directory = temporary();
    const takers = await Promise.all(Array.from({ length: 5 }, () => start(directory)));
    while (takers.length > 1) {
      const answers = await Promise.all(takers.map((taker) => taker.tell('take')));
      expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
      expect(answers.filter((answer) => answer.startsWith('LOCKED'))).toHaveLength(takers.length - 1);
      const [winner] = takers.splice(answers.indexOf('done'), 1);
      await winner?.kill();
    }
  });

  it('lets one in at a time, also while holders are killed', async () => {
    const directory = temporary();
    const workers = await Promise.all(Array.from({ length: 3 }, () => start(directory)));
    const victim = await start(directory);
    const work = workers.map((worker) => worker.tell('work 15'));
    await Promise.race([victim.tell('work 1000'), work[0]]);
    await victim.kill();

    expect(await Promise.all(work)).toEqual(['done', 'done', 'done']);
    const steps = readFileSync(join(directory, 'log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    let inside: string | undefined;
    for (const [pid, word] of steps) {
      const deadInside = inside === String(victim.pid);
      expect(word === 'in' ? inside === undefined || deadInside : inside === pid).toBe(true);
      inside = word === 'in' ? pid : undefined;
    }
    expect(steps.filter(([pid, word]) => word === 'in' && pid !== String(victim.pid))).toHaveLength(45);
  });
});
