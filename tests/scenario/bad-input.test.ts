import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** Each bad input: a clear error that names the field or object, the contract's exit code, and nothing written. */
describe('bad input', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;
  let good: string;
  let before: string;

  beforeAll(async () => {
    world = await startBinWorld(temporaryDirectory());
    good = world.read('bamboo-rekey.yaml');
    await world.run('plan', '-o', 'plan.json', '-q');
    before = JSON.stringify(world.simulator.repositories());
  });

  beforeEach(() => world.write('bamboo-rekey.yaml', good));

  afterAll(() => world.stop());

  /** Runs a command that must be refused: gives what it said, after looking that the server holds what it held. */
  async function refused(exit: number, ...words: string[]): Promise<string> {
    const ended = await world.run(...words);
    expect([ended.exit, ended.stderr]).toEqual([exit, expect.stringMatching(/^.*Error: .*$/m)]);
    expect(JSON.stringify(world.simulator.repositories())).toBe(before);
    return ended.stderr;
  }

  const apply = ['apply', 'plan.json', '--yes'] as const;

  describe('in the configuration', () => {
    it('is a missing file', async () => {
      expect(await refused(2, '-c', 'nowhere.yaml', 'inventory')).toContain('nowhere.yaml');
    });

    it('is a misspelt key: its line and the nearest name', async () => {
      world.configure(['bamboo', 'lgoin'], { username: 'x' });
      world.configure(['aplly'], {});
      const said = await refused(2, 'inventory');
      expect(said).toMatch(/lgoin.*login/);
      expect(said).toMatch(/aplly.*apply/);
      expect(said).toMatch(/\d+:\d+|line \d+/);
    });

    it('is a secret that stands there itself, and it is not repeated', async () => {
      world.configure(['tokens', 'ci', 'token'], 'ATAT-literal-value');
      const said = await refused(2, 'plan');
      expect(said).toContain('tokens.ci.token');
      expect(said).not.toContain('ATAT-literal-value');
    });

    it.each([
      ['without scheme', 'bamboo.example.com/bamboo'],
      ['with credentials inside', 'https://admin:geheim@bamboo.example.com'],
    ])('is an address %s', async (_what, url) => {
      world.configure(['bamboo', 'url'], url);
      const said = await refused(2, 'doctor');
      expect(said).toContain('bamboo.url');
      expect(said).not.toContain('geheim');
    });
  });

  describe('behind a reference to a secret', () => {
    it.each([
      ['an empty file', () => world.write('secret', '')],
      ['a directory', () => mkdirSync(join(world.directory, 'folder'), { recursive: true })],
      ['a file that is not there', () => undefined],
    ])('is %s', async (what, prepare) => {
      prepare();
      world.configure(['tokens', 'ci', 'token'], { file: what === 'a directory' ? './folder' : what === 'an empty file' ? './secret' : './none' });
      expect(await refused(2, ...apply)).toContain('tokens.ci.token');
    });

    it.each([
      ['fails', ['false']],
      ['prints two lines', ['printf', 'one\\ntwo\\n']],
      ['is not there', ['no-such-program-at-all']],
    ])('is a command that %s', async (_what, command) => {
      world.configure(['tokens', 'ci', 'token'], { command });
      expect(await refused(2, ...apply)).toContain('tokens.ci.token');
    });
  });

  describe('as a token', () => {
    it.each([
      ['an app password', 'ATBBabcdefgh', /app password/i],
      ['an access token', 'ATCTabcdefgh', /access token/i],
      ['something else', 'letmein-12345', /does not begin with ATAT/],
    ])('is %s', async (_what, value, sentence) => {
      world.write('secret', `${value}\n`);
      world.configure(['tokens', 'ci', 'token'], { file: './secret' });
      const said = await refused(4, ...apply);
      expect(said).toMatch(sentence);
      expect(said).not.toContain(value);
    });
  });

  describe('as a plan', () => {
    function planWith(change: (text: string) => string): string {
      world.write('other.json', change(world.read('plan.json')));
      return 'other.json';
    }

    it.each([
      ['edited', (text: string) => text.replace('"after": {\n        "username": "ci@', '"after": {\n        "username": "xi@'), /PLAN_INVALID/],
      ['truncated', (text: string) => text.slice(0, 700), /PLAN_INVALID/],
      ['of a later format', (text: string) => text.replace('"format": 1', '"format": 2'), /later/],
    ])('is one that is %s', async (_what, change, sentence) => {
      expect(await refused(2, 'apply', planWith(change), '--yes')).toMatch(sentence);
    });

    it('is one for another server', async () => {
      world.configure(['bamboo', 'url'], 'http://127.0.0.1:9/elsewhere');
      expect(await refused(2, ...apply)).toContain('PLAN_FOREIGN');
    });

    it('is one with another digest than expected', async () => {
      expect(await refused(2, ...apply, '--expect-digest', 'sha256:0')).toContain('DIGEST_DIFFERS');
    });

    it('is one whose token now belongs to another email', async () => {
      world.configure(['tokens', 'ci', 'email'], 'other@acme.example');
      expect(await refused(2, ...apply)).toContain('other@acme.example');
    });
  });

  it('is a selection that matches nothing', async () => {
    expect(await refused(2, 'plan', '--project', 'NOSUCH')).toContain('SELECTION_EMPTY');
    expect(await refused(2, ...apply, '--workspace', 'nosuch')).toContain('SELECTION_EMPTY');
  });

  it('is a read-only personal access token', async () => {
    world.write('secret', world.simulator.readOnlyToken);
    world.configure(['bamboo', 'rest', 'token'], { file: './secret' });
    expect(await refused(4, ...apply)).toMatch(/may only read/);
  });

  it('is a state directory that others can read', async () => {
    const directory = join(world.directory, 'open-state');
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o755);
    expect(await refused(2, ...apply, '--state-dir', directory)).toContain('open-state');
    expect(existsSync(join(directory, 'runs'))).toBe(false);
  });

  it('is no --yes where nobody can be asked', async () => {
    expect(await refused(2, 'apply', 'plan.json')).toContain('--yes');
  });
});
