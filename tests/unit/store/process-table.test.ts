import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { nodeProcessTable } from '../../../src/store/process-table.ts';
import { systemError } from '../../support/intercept.ts';

const table = nodeProcessTable({ host: 'here', pid: process.pid, signal: process.kill.bind(process) });
const children: ReturnType<typeof spawn>[] = [];

function child(command = 'sleep', parameters = ['60']) {
  const started = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(started);
  return started;
}

function startOf(pid = 0): Promise<string | null> {
  return nodeProcessTable({ host: 'here', pid, signal: () => true }).start();
}

afterEach(async () => {
  for (const started of children.splice(0)) started.kill('SIGKILL');
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('process table on Linux', () => {
  it('knows the living by their start', async () => {
    const { pid = 0 } = child();
    expect(await table.start()).toMatch(/^[0-9a-f-]{36} pid:\[\d+\] \d+$/);
    expect(await table.standing(process.pid, await table.start())).toBe('alive');
    expect(await table.standing(pid, await startOf(pid))).toBe('alive');
  });

  it('knows a pid that was given to another process since', async () => {
    const { pid = 0 } = child();
    const [boot, namespace, ticks] = (await startOf(pid))?.split(' ') ?? [];
    expect(await table.standing(pid, `${boot} ${namespace} ${Number(ticks) - 1}`)).toBe('dead');
  });

  it('knows the dead', async () => {
    const ended = child();
    const start = await startOf(ended.pid);
    ended.kill('SIGKILL');
    await once(ended, 'exit');
    expect(await table.standing(ended.pid ?? 0, start)).toBe('dead');
    expect(await table.standing(ended.pid ?? 0, null)).toBe('dead');
  });

  it('takes a zombie for dead: its parent has not noticed yet, and it holds nothing', async () => {
    const parent = child('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    const pid = Number(String((await once(parent.stdout ?? parent, 'data'))[0]));
    const start = await startOf(pid);
    expect(await table.standing(pid, start)).toBe('alive');

    // Before it has become a sleeper the shell may still notice.
    while ((await readFile(`/proc/${parent.pid}/comm`, 'latin1')).trim() !== 'sleep') await setImmediate();
    process.kill(pid, 'SIGKILL');
    while ((await startOf(pid)) !== null) await setImmediate();
    expect(process.kill(pid, 0)).toBe(true);
    expect(await table.standing(pid, start)).toBe('dead');
  });

  it('takes every process of an earlier boot for dead', async () => {
    const [, namespace, ticks] = (await table.start())?.split(' ') ?? [];
    expect(await table.standing(process.pid, `00000000-0000-0000-0000-000000000000 ${namespace} ${ticks}`)).toBe('dead');
  });

  it('cannot see into another container of the same host', async () => {
    const [boot, , ticks] = (await table.start())?.split(' ') ?? [];
    expect(await table.standing(process.pid, `${boot} pid:[1] ${ticks}`)).toBe('unseen');
  });

  it('does not judge a living pid whose start was never written down', async () => {
    expect(await table.standing(process.pid, null)).toBe('unseen');
  });
});

describe('process table without start times', () => {
  // No process has the pid 0 under /proc: as on a system without /proc.
  const table = (code?: string) =>
    nodeProcessTable({
      host: 'here',
      pid: 0,
      signal: () => {
        if (code !== undefined) throw systemError(code);
      },
    });

  it('does not say when it began', async () => {
    expect(await table().start()).toBeNull();
  });

  it.each([
    ['ESRCH', 'dead'],
    ['EPERM', 'unseen'],
    [undefined, 'unseen'],
  ])('takes a pid that answers %s for %s', async (code, standing) => {
    expect(await table(code).standing(0, null)).toBe(standing);
  });
});
