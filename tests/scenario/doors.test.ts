import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SimulatorOptions } from '../../src/simulator/index.ts';
import { type BinWorld, type Ended, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const APPLY = ['apply', 'plan.json', '--yes', '--concurrency', '2'] as const;

/** Each door through the bin: in it goes, or it stops with its own sentence and exit code, and nothing was written. */
describe('ways into the server', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;
  let before: string;

  async function open(traits: SimulatorOptions['traits'] = {}): Promise<void> {
    world = await startBinWorld(temporaryDirectory(), { profile: 'modern', repositories: 4, traits });
    before = held();
  }

  beforeEach(() => open());

  afterEach(() => world.stop());

  function held(): string {
    return JSON.stringify([world.simulator.repositories(), world.simulator.sharedCredentials()]);
  }

  /** How often a password or code was posted. */
  function attempts(): number {
    return world.simulator.requests().filter(({ method, path }) => method === 'POST' && /userlogin|authenticate|elevate/.test(path)).length;
  }

  async function refused(exit: number, words: RegExp, ...line: string[]): Promise<void> {
    const ended = await world.run(...line);
    expect([ended.exit, ended.stdout + ended.stderr]).toEqual([exit, expect.stringMatching(words)]);
    expect(held()).toBe(before);
    expect(world.simulator.strays()).toEqual([]);
  }

  /** Plans and applies all, and looks that everything was changed. */
  async function changesAll(): Promise<void> {
    const planned = await world.run('plan', '-o', 'plan.json');
    expect([planned.exit, planned.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    finished(await world.run(...APPLY));
  }

  function finished({ exit, stdout, stderr }: Ended): void {
    expect([exit, stderr]).toEqual([0, expect.not.stringContaining('Error')]);
    expect(stdout).toMatch(/ 0 failed \+ 0 unknown/);
    expect(held()).not.toBe(before);
    expect(world.simulator.strays()).toEqual([]);
  }

  function useCookies(content: string): void {
    world.write('cookies', content);
    world.configure(['bamboo', 'login'], { session: { file: './cookies' } });
  }

  describe('by user name and password', () => {
    it('are two steps and one elevation, renewed where the server lost them', async () => {
      await world.run('plan', '-o', 'plan.json');
      world.simulator.fault({ kind: 'session-lost', path: 'editLinkedRepository', skip: 5 });
      finished(await world.run(...APPLY));
    });

    it('goes on where the elevation ran out on the way', async () => {
      await world.run('plan', '-o', 'plan.json');
      world.simulator.endElevations();
      world.simulator.clearRequests();
      finished(await world.run(...APPLY));
      expect(attempts()).toBe(2);
    });

    it.each(['session', 'conversation'] as const)('takes the code of a second step (%s), for REST, too', async (secondStep) => {
      await world.stop();
      await open({ secondStep });
      world.simulator.switches.totp = true;
      world.write('code', world.simulator.totpCode());
      world.configure(['bamboo', 'login', 'totp'], { file: './code' });
      world.configure(['bamboo', 'rest'], undefined);
      const { exit, stdout } = await world.run('doctor');
      expect([exit, stdout]).toEqual([0, expect.stringMatching(/login\s+two-step login/)]);
    });

    it('stops at a wrong code after one attempt', async () => {
      world.simulator.switches.totp = true;
      world.write(
        'code',
        world.simulator.totpCode().replace(/^./, (digit) => String((Number(digit) + 5) % 10)),
      );
      world.configure(['bamboo', 'login', 'totp'], { file: './code' });
      await refused(7, /refused the code that bamboo\.login\.totp gave/, 'plan', '-o', 'plan.json');
      expect(attempts()).toBe(2);
    });

    it('says what is missing where a code is wanted and none is configured', async () => {
      world.simulator.switches.totp = true;
      await refused(4, /Give bamboo\.login\.totp/, 'doctor');
    });

    it('stops where the elevation is refused, after one attempt', async () => {
      world.simulator.switches.elevation = 'refused';
      await refused(7, /refused to open a secure administrator session/, 'plan', '-o', 'plan.json');
      expect(attempts()).toBe(2);
    });

    it('keeps the cookie of a load balancer', async () => {
      world.simulator.switches.loadBalancer = true;
      await changesAll();
    });
  });

  describe('by the session of a browser', () => {
    it('opens pages and REST where there is single sign-on; the person elevates', async () => {
      world.simulator.switches.singleSignOn = 'login-page';
      world.simulator.switches.loadBalancer = true;
      const cookies = world.simulator.openSession();
      useCookies(`Cookie: ${cookies}\n`);
      world.configure(['bamboo', 'rest'], undefined);
      await refused(7, /Open an administration page in that browser/, 'plan', '-o', 'plan.json');
      world.simulator.elevateSession(cookies);
      await changesAll();
    });

    it('stops cleanly when it ends on the way, and resume goes on with another', async () => {
      world.simulator.switches.singleSignOn = 'at-once';
      const first = world.simulator.openSession();
      world.simulator.elevateSession(first);
      useCookies(first);
      await world.run('plan', '-o', 'plan.json');
      world.simulator.fault({ kind: 'session-lost', path: 'edit', skip: 3 });
      const ended = await world.run(...APPLY);
      expect([ended.exit, ended.stderr]).toEqual([7, expect.stringMatching(/session of bamboo\.login\.session has ended[\s\S]*resume/)]);
      expect((await world.run('resume', 'latest', '--yes')).exit).toBe(7);
      const second = world.simulator.openSession();
      world.simulator.elevateSession(second);
      world.write('cookies', second);
      finished(await world.run('resume', 'latest', '--yes'));
      expect(attempts()).toBe(0);
    });

    it.each([
      ['without JSESSIONID', 'seraph.bamboo=x; NODE=1', 2, /holds no JSESSIONID/],
      ['that says it is of another host', 'Host: wiki.example\nCookie: JSESSIONID=0123456789ABCDEF', 2, /copied from a request to wiki\.example/],
      ['that has ended, or is of another host without saying so', 'JSESSIONID=0123456789ABCDEF0123456789ABCDEF', 7, /has ended, or it is of another host/],
    ])('is refused %s', async (_, cookies, exit, words) => {
      useCookies(cookies);
      await refused(exit, words, 'doctor');
      world.configure(['bamboo', 'rest'], undefined);
      await refused(exit, words, 'plan', '-o', 'plan.json');
    });
  });

  describe('by a personal access token', () => {
    beforeEach(() => world.configure(['bamboo', 'login'], undefined));

    it('is used for pages where one page shows that it is let in', async () => {
      world.simulator.switches.patOnPages = true;
      world.simulator.switches.webSudo = false;
      const { stdout } = await world.run('doctor');
      expect(stdout).toContain('PAT that opens web pages');
      await changesAll();
    });

    it('reads what REST shows where it is not let in, and says what opens the rest', async () => {
      const { exit, stdout } = await world.run('doctor');
      expect([exit, stdout]).toEqual([0, expect.stringMatching(/does not let the personal access token into them[\s\S]*bamboo\.login/)]);
      expect(attempts()).toBe(0);
    });
  });

  describe('through an access proxy', () => {
    it.each(['page', 'redirect'] as const)('is told apart from Bamboo (%s), gets no password, and opens for its headers', async (kind) => {
      world.simulator.switches.accessProxy = kind;
      await refused(7, /access proxy stands in front[\s\S]*bamboo\.headers/, 'doctor');
      world.configure(['bamboo', 'rest'], undefined);
      await refused(7, /access proxy stands in front/, 'plan', '-o', 'plan.json');
      expect(attempts()).toBe(0);
      for (const [name, value] of Object.entries(world.simulator.accessHeaders)) {
        world.write(name, value);
        world.configure(['bamboo', 'headers', name], { file: `./${name}` });
      }
      await changesAll();
    });
  });

  it('is single sign-on without a door for a password: told with the way that is left', async () => {
    world.simulator.switches.singleSignOn = 'login-page';
    await refused(4, /single sign-on[\s\S]*bamboo\.login\.session/, 'doctor');
  });
});
