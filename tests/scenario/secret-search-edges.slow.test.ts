import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createMigrator, Secret } from '../../src/index.ts';
import { bundleBin } from '../support/bundled-bin.ts';
import { breakWire } from '../support/fault-matrix.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { noteFigure } from '../support/figures.ts';
import { REQUEST_KINDS } from '../support/request-kinds.ts';
import { findSecrets } from '../support/secret-search.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

jest.setTimeout(120_000);
const temporary = temporaryDirectories();
let world: FaultWorld;
let bin: string;

beforeAll(async () => {
  const home = temporary();
  bin = await bundleBin(home);
  cpSync('config/bamboo-rekey.template.yaml', join(home, 'config/bamboo-rekey.template.yaml'));
  world = await FaultWorld.open(temporary);
});

afterAll(async () => {
  noteFigure({ promises: ['no-secret-readable'], what: 'bytes searched for secrets', count: world.searched.bytes, varies: true });
  await world.stop();
});

/** Runs the program through a shell, with exactly this environment. */
function run(words: readonly string[], env: Readonly<Record<string, string>> = {}, before = ''): Promise<{ exit: number; said: string }> {
  const line = ['-c', `${before} exec "$0" "$@"`, process.execPath, bin, ...words, '--log-level', 'debug', '--log-file', 'run.log'];
  return new Promise((resolve) => {
    execFile('/bin/sh', line, { cwd: world.directory, env: { PATH: process.env.PATH ?? '', ...env } }, (error, stdout, stderr) =>
      resolve({ exit: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });
}

const place = (name: string): string => join(world.directory, name);

describe('a fault of the program itself', () => {
  it.each(REQUEST_KINDS)(
    'at the request "$name", with everything that was to be sent in its message: told without a secret, and nothing is half done',
    async (request) => {
      const { word, problems } = await breakWire(world, request, 'bug');
      // What a write did is found out all the same.
      expect([word, problems]).toEqual([request.effect === 'write' ? '5 changed unknown' : expect.stringContaining('INTERNAL'), []]);
      noteFigure({ promises: ['no-secret-readable', 'old-or-new'], what: 'faults of the program with secrets in their message', count: 1 });
    },
  );
});

describe('another process', () => {
  /** What a program that gives a secret can see of us, and of what we gave it. */
  const SPY = 'for p in $$ $PPID; do tr "\\0" "\\n" < /proc/$p/cmdline; echo; done > seen-words; env > seen-environment; cat bamboo-rekey.secrets/token-ci';

  it.each([{}, { BAMBOO_TEST: 'mine' }])('sees no secret among arguments, and no variable that we added: %j', async (env) => {
    world.reset();
    world.configure(['tokens', 'ci', 'token'], { command: ['/bin/sh', '-c', SPY] });
    const ended = await run(['apply', 'plan.json', '--yes'], env);
    world.configure(['tokens', 'ci', 'token'], { file: './bamboo-rekey.secrets/token-ci' });
    expect(ended.exit).toBe(0);
    expect(readFileSync(place('seen-words'), 'utf8')).toContain('plan.json');
    const names = readFileSync(place('seen-environment'), 'utf8')
      .split('\n')
      .map((line) => line.slice(0, line.indexOf('=')));
    // PWD, SHLVL, OLDPWD and _ are the shell's own.
    expect(names.filter((name) => name !== '' && !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)).sort()).toEqual(['PATH', ...Object.keys(env)].sort());
    expect(world.leaks()).toEqual([]);
  });

  it('sees no secret that a program gave to the library', async () => {
    world.reset();
    const { simulator } = world.scenario;
    const { restToken, login, tokens } = simulator;
    const spy = `env > ${place('seen-environment')}; echo ${simulator.login.password.length > 0 ? 'x'.repeat(12) : ''}`;
    const migrator = createMigrator(
      {
        bamboo: { url: simulator.bambooUrl, rest: { token: new Secret(restToken) }, login: { username: login.username, password: new Secret(login.password) } },
        tokens: {
          ci: { email: 'ci@acme.example', token: new Secret(tokens[0]?.value ?? ''), expires: '2099-01-01' },
          other: { email: 'other@acme.example', token: { command: ['/bin/sh', '-c', spy] }, expires: '2099-01-01' },
        },
        assign: [{ workspace: '*', token: 'ci' }],
      },
      { directory: world.directory },
    );
    await migrator.doctor().catch(() => undefined);
    const environment = { name: 'environment of a program', bytes: readFileSync(place('seen-environment')) };
    expect(environment.bytes.length).toBeGreaterThan(0);
    expect(findSecrets(world.scenario.secrets, [environment])).toEqual([]);
  });

  it('that runs the simulator keeps no secret in its record of requests', async () => {
    world.reset();
    expect((await run(['apply', 'plan.json', '--yes', '--test', 'all'])).exit).toBe(0);
    const { simulator } = world.scenario;
    const kept = await fetch(new URL('/simulator/requests', simulator.bambooUrl));
    const record = { name: 'requests', bytes: Buffer.from(await kept.arrayBuffer()) };
    expect(record.bytes.length).toBeGreaterThan(1_000);
    expect(findSecrets(world.scenario.secrets, [record])).toEqual([]);
  });
});

describe.each(['000', '077'])('with a umask of %s', (umask) => {
  it('everything that is written is for the owner alone', async () => {
    world.reset();
    for (const words of [
      ['init', '--no-input', '-c', `init-${umask}.yaml`],
      ['inventory', '--format', 'json', '-o', `inventory-${umask}.json`],
      ['plan', '-o', `plan-${umask}.json`],
      ['apply', `plan-${umask}.json`, '--yes'],
      ['report', 'latest', '-o', `report-${umask}.html`],
      ['doctor', '--capture', `pages-${umask}`],
    ])
      expect([words[0], (await run(words, {}, `umask ${umask};`)).exit]).toEqual([words[0], 0]);
    const entries = readdirSync(world.directory, { recursive: true, withFileTypes: true });
    const ours = entries.filter(
      ({ name, parentPath }) => parentPath.includes('.bamboo-rekey') || name.includes(umask) || parentPath.includes(`pages-${umask}`) || name === 'run.log',
    );
    expect(ours.length).toBeGreaterThan(9);
    const modes = ours.map((entry) => `${entry.name} ${(statSync(join(entry.parentPath, entry.name)).mode & 0o777).toString(8)}`);
    expect(modes.filter((mode) => !/ (600|700)$/.test(mode))).toEqual([]);
    expect(world.leaks()).toEqual([]);
    noteFigure({ promises: ['no-secret-readable'], what: 'files looked at for their mode, under open and closed umasks', count: modes.length, varies: true });
  });
});

describe('a link in the state directory', () => {
  const STATE = '.bamboo-rekey';

  /** An apply that was broken off, so that there is something to go on with. */
  async function interrupted(): Promise<string> {
    world.reset();
    world.bamboo.arm({
      meets: ({ method, path }) => method === 'POST' && /update\w+\.action/.test(path),
      skip: 1,
      fault: ({ response }) => void response.destroy(),
    });
    expect((await world.run('apply', 'plan.json', '--yes', '--concurrency', '1')).exit).toBe(5);
    world.heal();
    return world.scenario.runs().at(-1) ?? '';
  }

  it.each([
    ['runs', () => 'runs'],
    ['the run', (id: string) => `runs/${id}`],
    ['its plan', (id: string) => `runs/${id}/plan.json`],
    ['its snapshot', (id: string) => `runs/${id}/snapshot.jsonl`],
    ['its journal', (id: string) => `runs/${id}/journal.jsonl`],
  ])('in the place of %s is not followed: nothing is written through it, nor to the server', async (_what, path) => {
    const id = await interrupted();
    const stolen = place('elsewhere');
    mkdirSync(stolen, { recursive: true });
    const target = join(stolen, `${Date.now()}`);
    renameSync(place(`${STATE}/${path(id)}`), target);
    symlinkSync(target, place(`${STATE}/${path(id)}`));
    const held = JSON.stringify(world.scenario.contents());
    const before = content(target);
    const told = await world.run('resume', id, '--yes');
    expect([told.exit, told.stderr]).toEqual([2, expect.stringMatching(/Error: .{20,}\n.{20,}\n\([A-Z_]+\)/)]);
    expect([content(target), JSON.stringify(world.scenario.contents())]).toEqual([before, held]);
    expect(world.leaks()).toEqual([]);
  });

  it('in the place of the summary is replaced, and what it led to stays', async () => {
    const id = await interrupted();
    const target = place('victim');
    writeFileSync(target, 'precious');
    chmodSync(target, 0o600);
    const summary = place(`${STATE}/runs/${id}/summary.json`);
    if (existsSync(summary)) renameSync(summary, place('old-summary'));
    symlinkSync(target, summary);
    expect((await world.run('resume', id, '--yes')).exit).toBe(0);
    expect([readFileSync(target, 'utf8'), statSync(summary).isFile()]).toEqual(['precious', true]);
  });

  function content(path: string): string {
    if (statSync(path).isFile()) return readFileSync(path, 'utf8');
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join();
  }
});
