import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import type { Certificate } from '../support/certificates.ts';
import { APPLY, LOCAL, tlsSuite } from '../support/fault-tls.ts';
import { noteFigure } from '../support/figures.ts';
import { keepPrinted } from '../support/printed.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

jest.setTimeout(120_000);
const tls = tlsSuite();
const { ours, others } = tls;
const temporaryDirectory = temporaryDirectories();

/** Which user names the server holds. */
const held = (): string[] =>
  tls.world.simulator.repositories().flatMap(({ settings }) =>
    Object.entries(settings)
      .filter(([name]) => /username$/i.test(name))
      .map(([, value]) => value),
  );

describe('a private authority', () => {
  it('is trusted where it is named, for everything that a run does', async () => {
    await tls.open(ours.sign(LOCAL));
    tls.world.trust(ours.cert);
    expect((await tls.world.run(['plan', '-o', 'plan.json'])).exit).toBe(0);
    expect(await tls.world.run(['apply', 'plan.json', '--yes', '--test', 'all'])).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/ 0 skipped \+ 0 failed \+ 0 unknown/),
    });
  });

  it('is told by NODE_EXTRA_CA_CERTS to the program, and no other variable makes it trust anybody', async () => {
    await tls.open(ours.sign(LOCAL));
    const bin = await bundleBin(temporaryDirectory());
    const run = (env: Record<string, string>) =>
      promisify(execFile)(process.execPath, [bin, 'inventory'], { cwd: tls.world.directory, env: { PATH: process.env.PATH, ...env } }).then(
        ({ stdout, stderr }) => ended(0, stdout, stderr),
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ended(code, stdout, stderr),
      );
    const ended = (code: number, stdout: string, stderr: string) => {
      keepPrinted(tls.world.directory, 'inventory', stdout + stderr);
      return { code, stderr };
    };
    expect(await run({ NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: '--no-warnings' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(TLS_REFUSED)'),
    });
    expect(tls.world.sent()).toEqual([]);
    tls.world.write('extra.pem', ours.cert);
    expect(await run({ NODE_EXTRA_CA_CERTS: join(tls.world.directory, 'extra.pem') })).toMatchObject({ code: 0 });
  });
});

describe('a certificate that changes on the way', () => {
  it.each([
    ['to one of an unknown authority', () => others.sign(LOCAL)],
    ['to one of another host', () => ours.sign('DNS:elsewhere.example')],
    ['to one that has run out', () => ours.signFor('past', LOCAL)],
  ])('%s: nothing more is sent, what is known is told, and a resume with the right one goes on', async (_what, other) => {
    const right = ours.sign(LOCAL);
    await tls.open(right);
    tls.world.trust(ours.cert);
    expect((await tls.world.run(['plan', '-o', 'plan.json'])).exit).toBe(0);
    const before = held();
    let sent = 0;
    tls.world.proxy.arm({
      meets: ({ method, path }) => method === 'GET' && path.includes('Repository.action'),
      ...{ skip: 3, times: 1 },
      fault: ({ request }) => {
        sent = tls.world.simulator.requests().length;
        exchange(other());
        request.socket.destroy();
      },
    });
    const ended = await tls.world.run(APPLY);
    expect([ended.exit, ended.stdout + ended.stderr]).toEqual([5, expect.stringMatching(/No secure connection to 127\.0\.0\.1:\d+: its certificate/)]);
    expect(tls.world.simulator.requests()).toHaveLength(sent);
    const [changed = 0, unknown = 0] = ['changed', 'unknown'].map((kind) => Number(new RegExp(`(\\d+) ${kind}`).exec(ended.stdout)?.[1]));
    const moved = held().filter((name, index) => name !== before[index]).length;
    expect([changed <= moved, moved <= changed + unknown, changed > 0]).toEqual([true, true, true]);
    exchange(right);
    expect((await tls.world.run(['resume', 'latest', '--yes'])).exit).toBe(0);
    noteFigure({ promises: ['fails-closed', 'converges'], what: 'certificates changed in the middle of an apply', count: 1 });
    expect(await tls.world.run(['verify', 'latest', '--test', 'none'])).toMatchObject({ exit: 0 });
  });

  function exchange(certificate: Certificate): void {
    const server = tls.world.proxy.server as unknown as { setSecureContext(options: Certificate): void; closeAllConnections(): void };
    server.setSecureContext(certificate);
    server.closeAllConnections();
  }
});
