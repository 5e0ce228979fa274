import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExpiryReport } from '../../src/core/expiry-report.ts';
import { type BinWorld, startBinWorld } from '../support/bin-world.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const TOKEN_FILE = 'bamboo-rekey.secrets/token-ci';

describe('tokens, through the bin', () => {
  const temporaryDirectory = temporaryDirectories();
  let world: BinWorld;

  beforeEach(async () => {
    world = await startBinWorld(temporaryDirectory(), {
      repositories: 8,
      tokens: [
        { name: 'ci', email: 'ci@acme.example' },
        { name: 'next', email: 'ci@acme.example' },
      ],
    });
    expect(await world.run('plan', '-o', 'plan.json', '-q')).toMatchObject({ exit: 0 });
  });
  afterEach(() => world.stop());

  const held = (): string => JSON.stringify(world.simulator.repositories());
  const events = (stdout: string): { event: string }[] =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const items = (stdout: string) => events(stdout).filter(({ event }) => event === 'ITEM') as unknown as { name: string; outcome: string; reason?: string }[];
  const secrets = (): string[] => world.simulator.repositories().flatMap((repository) => Object.values(repository.secrets));
  const tokenValue = (name: string): string => world.simulator.tokens.find((token) => token.name === name)?.value ?? '';

  it('tells everything that is wrong before any network call', async () => {
    const before = held();
    world.configure(['tokens', 'ci', 'expires'], '2026-01-01');
    world.configure(['tokens', 'ci', 'email'], 'other@acme.example');
    world.simulator.clearRequests();
    const { exit, stderr } = await world.run('apply', 'plan.json', '--yes');
    expect([exit, held(), world.simulator.requests()]).toEqual([2, before, []]);
    expect(stderr).toMatch(/Token "ci": The plan writes ci@acme\.example for it .* gives it the email other@acme\.example\./);
    expect(stderr).toMatch(/Token "ci": The token ran out on 2026-01-01/);
  });

  it('refuses one secret under two names, and an unset variable, together', async () => {
    world.configure(['tokens', 'next', 'token'], { env: 'NOT_SET_ANYWHERE' });
    world.configure(['tokens', 'twin'], { email: 'ci@acme.example', token: { file: `./${TOKEN_FILE}` }, expires: '2027-06-01' });
    const { exit, stdout } = await world.run('doctor');
    expect(exit).toBe(4);
    expect(stdout).toMatch(/FAILED +token:next +.*NOT_SET_ANYWHERE" is not set/);
    expect(stdout).toMatch(/FAILED +token:twin +It has the same secret as token "ci"/);
  });

  it('tells what is wrong with tokens that nothing needs, and goes on; each secret is asked for once', async () => {
    const printSecret = (name: string, value: string) => [process.execPath, '-e', `fs.appendFileSync('asked', '${name} '); process.stdout.write('${value}')`];
    world.configure(['tokens', 'ci', 'token'], { command: printSecret('ci', tokenValue('ci')) });
    world.configure(['tokens', 'next', 'token'], { command: printSecret('next', 'ATBBxyz') });
    world.configure(['tokens', 'unset'], { email: 'ci', token: { env: 'NOT_SET_ANYWHERE' }, expires: '2029-01-01' });
    world.configure(['tokens', 'typed'], { email: 'ci@acme.example', token: { stdin: true }, expires: '2026-01-01' });
    const told = [
      /token:next: This is an app password/,
      /token:unset: .*NOT_SET_ANYWHERE" is not set/,
      /token:unset: The email is not an email address/,
      /token:unset: The stated day 2029-01-01 is more than a year away/,
      /token:typed: The token ran out on 2026-01-01/,
    ];
    const planned = await world.run('plan', '-o', 'again.json');
    for (const line of told) expect(planned.stderr).toMatch(line);
    const applied = await world.run('apply', 'again.json', '--yes');
    for (const line of told) expect(applied.stderr).toMatch(line);
    expect(applied.stderr).toMatch(/token:typed: .* This run does not need the token\./);
    expect([planned.exit, applied.exit, world.read('asked').trim().split(' ').sort()]).toEqual([0, 0, ['ci', 'ci', 'next', 'next']]);
  });

  it('refuses a token that is needed and has the secret of one that is not, before any network call', async () => {
    const before = held();
    world.configure(['tokens', 'twin'], { email: 'ci@acme.example', token: { file: `./${TOKEN_FILE}` }, expires: '2027-06-01' });
    expect((await world.run('plan', '-o', 'again.json')).stderr).toMatch(/warning: token:twin: It has the same secret as token "ci"/);
    world.simulator.clearRequests();
    const { exit, stderr } = await world.run('apply', 'again.json', '--yes');
    expect([exit, held(), world.simulator.requests()]).toEqual([4, before, []]);
    expect(stderr).toMatch(/Token "twin": It has the same secret as token "ci"/);
  });

  it('leaves out a line end and blanks around a token, tells of it, and writes the token alone', async () => {
    world.write(TOKEN_FILE, `  ${tokenValue('ci')} \n`);
    const { exit, stderr } = await world.run('apply', 'plan.json', '--yes');
    expect(exit).toBe(0);
    expect(stderr).toMatch(/token:ci: There are blanks or a line end around the token; they are left out/);
    expect(secrets()).toContain(tokenValue('ci'));
    expect(secrets().filter((secret) => secret.trim() !== secret && secret.includes('ATAT'))).toEqual([]);
  });

  it('leaves a token that nothing proves from here to the connection test, and refuses it where there is none', async () => {
    for (const workspace of world.simulator.bitbucket.workspaces) workspace.ipAllowlist = { admits: ['bamboo'] };
    const before = held();
    const without = await world.run('apply', 'plan.json', '--yes', '--test', 'none');
    expect([without.exit, held()]).toEqual([4, before]);
    expect(without.stderr).toMatch(/only listed IP addresses.*--test none leaves out Bamboo's own connection test/);
    expect((await world.run('apply', 'plan.json', '--yes')).exit).toBe(0);
  });

  it('skips alone the repository that its token cannot reach', async () => {
    const plan = JSON.parse(world.read('plan.json')) as { changes: { name: string; workspace: string; slug: string }[] };
    const [one] = plan.changes;
    const workspace = world.simulator.bitbucket.workspaces.find(({ slug }) => slug === one?.workspace);
    const repository = workspace?.repositories.find(({ slug }) => slug === one?.slug);
    if (repository !== undefined) Object.assign(repository, { grant: 'none', isPrivate: true });
    const { exit, stdout } = await world.run('apply', 'plan.json', '--yes', '--json');
    expect(exit).toBe(5);
    const skipped = items(stdout).filter(({ outcome }) => outcome === 'skipped');
    expect(skipped).toEqual(
      plan.changes
        .filter(({ workspace: where, slug }) => where === one?.workspace && slug === one?.slug)
        .map(() => expect.objectContaining({ reason: expect.stringMatching(/cannot reach .*\(404\)/) })),
    );
    expect(skipped.length).toBeLessThan(items(stdout).length);
  });

  it('goes on with resume where the quota did not allow more', async () => {
    for (const workspace of world.simulator.bitbucket.workspaces)
      for (const repository of workspace.repositories) Object.assign(repository, { grant: 'none', isPrivate: false });
    world.configure(['bitbucket', 'quota'], { rest: 6, git: 1 });
    world.configure(['bitbucket', 'reserve'], 0);
    const cut = await world.run('apply', 'plan.json', '--yes', '--json');
    expect(cut.exit).toBe(5);
    expect(items(cut.stdout).some(({ outcome, reason }) => outcome === 'skipped' && /was not tried on .*resume/.test(reason ?? ''))).toBe(true);
    world.configure(['bitbucket', 'quota'], undefined);
    const runs = JSON.parse(cut.stdout.trim().split('\n').at(-1) ?? '{}') as { run: string };
    expect((await world.run('resume', runs.run, '--yes')).exit).toBe(0);
  });

  it('gives a matrix and every check as events', async () => {
    const { exit, stdout } = await world.run('doctor', '--json', '--sample', '1');
    expect(exit).toBe(0);
    expect(events(stdout).filter(({ event }) => event === 'CHECK').length).toBeGreaterThan(5);
    expect(events(stdout)).toContainEqual(
      expect.objectContaining({ event: 'MATRIX', rows: expect.arrayContaining([expect.objectContaining({ token: 'ci', verdict: 'ok', probed: 1 })]) }),
    );
  });

  it('tells by the journals what stands on which token, and when the old one is revocable', async () => {
    await world.run('apply', 'plan.json', '--yes');
    const report = async (): Promise<ExpiryReport['tokens']> => (JSON.parse((await world.run('expiry', '--format', 'json')).stdout) as ExpiryReport).tokens;
    const [ci] = (await report()).filter(({ token }) => token === 'ci');
    const { changes } = JSON.parse(world.read('plan.json')) as { changes: unknown[] };
    expect(ci?.writtenBy).toEqual([expect.objectContaining({ objects: changes.length, tokenId: world.simulator.bitbucket.tokens[0]?.tokenId })]);
    expect((await world.run('expiry', '--exit-code', '--within', '30d')).exit).toBe(0);
    expect((await world.run('expiry', '--exit-code', '--within', '52w')).exit).toBe(10);

    const rules = world.simulator.workspaces.map((workspace) => ({ workspace, token: 'next' }));
    world.configure(['assign'], rules);
    expect((await world.run('doctor')).stdout).toMatch(/object\(s\) still stand on the token "ci"/);
    await world.run('plan', '--rotate', '-o', 'rotate.json', '-q');
    expect((await world.run('apply', 'rotate.json', '--yes')).exit).toBe(0);
    expect(secrets()).not.toContain(tokenValue('ci'));
    expect((await report()).find(({ token }) => token === 'ci')).toMatchObject({ repositories: 0, writtenBy: [] });
    // Nobody uses the first, so no plan takes it, and its user name may stand for either token; the second is listed without a type or a user name.
    const open = ['bitbucket cloud (new)', 'deploy key'];
    expect((await world.run('doctor')).stdout).toMatch(/not proven that nothing stands on the token "ci"(?=.*"bitbucket cloud \(new\)").*"deploy key"/);
    for (const { id, name } of world.simulator.sharedCredentials()) if (open.includes(name)) world.simulator.removeSharedCredential(id);
    expect((await world.run('doctor')).stdout).toMatch(/nothing stands on the token "ci" .*on this server it is revocable/);
  });

  it('puts several servers into one table', async () => {
    world.write('other.yaml', world.read('bamboo-rekey.yaml').replaceAll(world.simulator.bambooUrl, 'https://bamboo.other.example'));
    const { stdout } = await world.run('expiry', '-c', 'bamboo-rekey.yaml', '-c', 'other.yaml');
    expect(stdout).toMatch(/^server .*\n/);
    expect(stdout).toContain('https://bamboo.other.example');
  });
});
