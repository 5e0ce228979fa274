import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { bundleBin } from '../support/bundled-bin.ts';
import { leaksIn } from '../support/directory-search.ts';
import { keepPrinted } from '../support/printed.ts';
import { ScenarioWorld } from '../support/scenario-world.ts';
import { encodingsOf, findSecrets } from '../support/secret-search.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const temporary = temporaryDirectories();
jest.setTimeout(120_000);
/** Every encoding writes it in its own way. */
const VALUE = 'ATBB"<%41&\'é+/ü>\\Zx9';

describe('the search for secrets', () => {
  const planted: readonly (readonly [string, string])[] = [
    ['raw', VALUE],
    ['URL-encoded', encodeURIComponent(VALUE)],
    ['form-encoded', new URLSearchParams({ v: VALUE }).toString()],
    ['URL-encoded in small letters', encodeURIComponent(VALUE).replace(/%../g, (code) => code.toLowerCase())],
    ['JSON', JSON.stringify({ password: VALUE })],
    ['JSON in ASCII', JSON.stringify(VALUE).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ password: VALUE }))],
    ['HTML with names', 'ATBB&quot;&lt;%41&amp;&apos;é+/ü&gt;\\Zx9'],
    ['HTML with numbers', 'ATBB&#34;&lt;%41&amp;&#39;é+/ü&gt;\\Zx9'],
    ['HTML with hexadecimal numbers', 'ATBB&#x22;&lt;%41&amp;&#x27;é+/ü&gt;\\Zx9'],
    ...['', 'a', 'ab'].map((user, offset) => [`base64 at offset ${offset}`, Buffer.from(`${user}${VALUE}:rest`).toString('base64')] as const),
    ...['', 'a', 'ab'].map((user, offset) => [`base64url at offset ${offset}`, Buffer.from(`${user}${VALUE}:rest`).toString('base64url')] as const),
  ];

  it.each(planted)('finds one planted %s, and names it without repeating it', (_how, text) => {
    const found = findSecrets([{ name: 'the old password', value: VALUE }], [{ name: 'journal.jsonl', bytes: Buffer.from(`{"x":"before ${text} after"}`) }]);
    expect(found).toContainEqual(expect.stringMatching(/^the old password, .*, in journal\.jsonl$/));
    expect(found.join()).not.toContain(VALUE);
  });

  it('finds nothing where there is nothing', () => {
    expect(findSecrets([{ name: 'the old password', value: VALUE }], [{ name: 'journal.jsonl', bytes: Buffer.from('ATBB [secret] Zx9') }])).toEqual([]);
  });

  it('looks through every directory that the tests of a file have made, and through what was printed there', () => {
    const directory = temporary();
    mkdirSync(join(directory, 'any.secrets'));
    mkdirSync(join(directory, 'state'));
    const secret = join(directory, 'any.secrets/token');
    writeFileSync(secret, `${VALUE}\n`);
    writeFileSync(join(directory, 'state/journal'), JSON.stringify({ why: VALUE }));
    keepPrinted(directory, 'apply', `Error: ${encodeURIComponent(VALUE)}`);
    const found = leaksIn(directory);
    expect(found).toContainEqual(expect.stringMatching(/^what any\.secrets\/token holds, JSON-escaped, in state\/journal$/));
    expect(found).toContainEqual(expect.stringMatching(/^what any\.secrets\/token holds, URL-encoded, in apply$/));
    expect(leaksIn(directory).join()).not.toContain('in apply');
    rmSync(secret);
    expect(leaksIn(directory)).toEqual([]);
  });

  it('can tell the encodings of an awkward secret apart, so that each is looked for', () => {
    expect(new Set([...encodingsOf(VALUE).values()].map(String)).size).toBeGreaterThanOrEqual(14);
  });
});

describe('a whole round of commands', () => {
  let world: ScenarioWorld;

  beforeAll(async () => {
    world = await ScenarioWorld.open(await bundleBin(temporary()), temporary());
  });

  afterAll(() => world.stop());

  it('knows the secrets of the world: tokens, app passwords, the login, personal access tokens', () => {
    const names = world.secrets.map(({ name }) => name).join();
    for (const name of ['login password', 'personal access token', 'read-only token', 'API token ci']) expect(names).toContain(name);
    const values = world.secrets.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(world.transitions.flatMap((transition) => [transition.old.secret, transition.new.secret])));
    expect(world.secrets.some(({ value }) => /["<&%']/.test(value))).toBe(true);
  });

  it('writes and prints no secret, at the most verbose level', async () => {
    for (const words of [['doctor'], ['inventory'], ['inventory', '--format', 'json', '-o', 'inventory.json'], ['plan', '--rotate'], ['plan', '--json']])
      expect((await world.run(words)).exit).toBe(0);
    expect((await world.run(['apply', 'plan.json', '--yes', '--test', 'all'])).exit).toBe(0);
    const [run = ''] = world.runs();
    for (const words of [['show', run], ['runs'], ['verify', run, '--test', 'all'], ['rollback', run, '--dry-run'], ['rollback', run, '--yes', '--json']])
      expect((await world.run(words)).exit).toBe(0);
    expect(world.judge()).toMatchObject({ problems: [] });
    expect(world.leaks()).toEqual([]);
  });

  it('would tell: a secret in the state directory is found', async () => {
    const token = world.secrets.find(({ name }) => name === 'API token ci');
    const planted = join(world.directory, '.bamboo-rekey', 'planted');
    writeFileSync(planted, Buffer.from(`ci@acme.example:${token?.value}`).toString('base64'));
    expect(world.leaks()).toContainEqual(expect.stringMatching(/^API token ci, base64 at offset 1, in \.bamboo-rekey\/planted$/));
    rmSync(planted);
  });
});
