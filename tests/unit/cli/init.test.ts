import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { firstConfigText } from '../../../src/cli/init-text.ts';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { placeProblem, readPlace } from '../../../src/cli/secret-place.ts';
import { Config } from '../../../src/core/config.ts';
import { RekeyError } from '../../../src/core/errors.ts';
import type { Bamboo, Bitbucket } from '../../../src/core/ports.ts';
import { fakeSession, type Seen } from '../../support/fake-session.ts';

const ANSWERS = ['https://bamboo.example.com/x', 'BAMBOO_TOKEN', 'password', 'admin', 'BAMBOO_PASSWORD', 'ci@acme.example', 'BITBUCKET_TOKEN', '2027-09-30'];

async function run(line: string, parts: Parameters<typeof fakeSession>[0] = {}): Promise<{ exit: number } & Seen> {
  const { session, seen } = fakeSession({ interactive: true, ...parts });
  const exit = await runCommandLine({ argv: line.split(' '), version: '0.1.0', write: (text) => seen.printed.push(text), open: async () => session });
  return { exit, ...seen };
}

function written({ files }: Seen): string {
  return files.get('bamboo-rekey.yaml') ?? '';
}

describe('init', () => {
  it('writes the template without asking', async () => {
    const seen = await run('init --no-input', { noInput: true });
    expect(seen.exit).toBe(0);
    expect(written(seen)).toBe('# the template\n');
    expect(seen.printed.join('')).toContain('bamboo-rekey doctor');
  });

  it('asks at most eight questions, never for a secret itself, and writes what the schema takes', async () => {
    const seen = await run('init', { answers: [...ANSWERS] });
    expect(seen.exit).toBe(0);
    expect(seen.asked).toHaveLength(8);
    expect(Config.parse(parse(written(seen)))).toMatchObject({
      bamboo: {
        url: 'https://bamboo.example.com/x',
        rest: { token: { env: 'BAMBOO_TOKEN' } },
        login: { username: 'admin', password: { env: 'BAMBOO_PASSWORD' } },
      },
      tokens: { main: { email: 'ci@acme.example', token: { env: 'BITBUCKET_TOKEN' }, expires: '2027-09-30' } },
      assign: [],
    });
  });

  it.each([
    ['a session, proposed as a file', ['https://b.example', '', 'session', '', ''], { url: 'https://b.example', login: { session: { file: './cookies' } } }],
    [
      'a token alone, from a program',
      ['https://b.example', 'command:pass show bamboo', 'none', ''],
      { url: 'https://b.example', rest: { token: { command: ['pass', 'show', 'bamboo'] } } },
    ],
  ])('takes %s', async (_, answers, bamboo) => {
    const seen = await run('init', { answers });
    expect(Config.parse(parse(written(seen))).bamboo).toEqual({ ...bamboo, headers: {} });
  });

  it('asks again for what cannot be, and writes nothing of it', async () => {
    const answers = ['bamboo.example', 'https://admin:canary@bamboo.example', 'https://bamboo.example', 'canaryMDg4MTc0', '', 'none', 'canary', 'a@b.example'];
    const seen = await run('init', { answers: [...answers, 'ATATcanary=1', 'file:./t', 'tomorrow', '2027-01-01'] });
    expect(seen.exit).toBe(0);
    expect(seen.problems).toHaveLength(6);
    expect(seen.asked.length).toBeLessThanOrEqual(8);
    expect(JSON.stringify([written(seen), seen.events, seen.printed, seen.problems])).not.toContain('canary');
  });

  it('tells what is wrong with the answers, and has written them all the same', async () => {
    const config = () => Promise.reject(new RekeyError('SECRET_UNREADABLE', 'bamboo.rest.token gives no secret: BAMBOO_TOKEN is not set.'));
    const seen = await run('init', { answers: [...ANSWERS], tried: { config } });
    expect(seen.exit).toBe(0);
    expect(seen.events).toContainEqual(
      expect.objectContaining({ event: 'CHECK', status: 'failed', detail: expect.stringContaining('BAMBOO_TOKEN is not set') }),
    );
    expect(written(seen)).toContain('BAMBOO_TOKEN');
  });

  it('tries them on the server, and tells what it finds', async () => {
    const config = async () => Config.parse(parse(firstConfigText({ url: 'https://bamboo.example', restToken: { env: 'A_B' } }, [])));
    const bamboo: Partial<Bamboo> = {
      info: async () => ({ version: '10.2.6', state: 'RUNNING' }),
      accessTokens: async () => [{ name: 'ci', permissions: ['READ'], daysUntilExpiry: 3 }],
      login: () => Promise.reject(new RekeyError('LOGIN_REFUSED', 'refused')),
    };
    const seen = await run('init', {
      answers: [...ANSWERS],
      tried: { config, bamboo: async () => bamboo as Bamboo, bitbucket: async () => ({}) as Bitbucket },
    });
    const checks = seen.events.flatMap((event) => (event.event === 'CHECK' ? [`${event.check} ${event.status}`] : []));
    expect(checks).toEqual(['tokens warning', 'state ok', 'version failed', 'access-token warning', 'login failed']);
  });

  it('does not wait for answers where nobody is', async () => {
    const { exit, events, files } = await run('init', { interactive: false });
    expect(exit).toBe(2);
    expect(events).toContainEqual(expect.objectContaining({ event: 'ERROR', code: 'USAGE_INVALID', detail: expect.stringContaining('--no-input') }));
    expect(files.size).toBe(0);
  });

  it.each(['init', 'init --no-input'])('never overwrites, and asks nothing then: %s', async (line) => {
    const seen = await run(line, { noInput: line.endsWith('--no-input'), answers: [...ANSWERS], files: new Map([['bamboo-rekey.yaml', 'mine']]) });
    expect(seen.exit).toBe(2);
    expect(written(seen)).toBe('mine');
    expect(seen.asked).toEqual([]);
  });
});

describe('a first configuration', () => {
  const answers = { url: 'https://bamboo.example', token: { email: 'a@b.example', token: { env: 'T_T' }, expires: '2027-01-01' } };
  const found = [
    { workspace: 'acme', repositories: 12 },
    { workspace: 'true', repositories: 1 },
  ];

  it('proposes a row for each workspace that was found', () => {
    const text = firstConfigText(answers, found);
    expect(text).toContain('- { workspace: acme, token: main }   # 12 found');
    expect(Config.parse(parse(text)).assign).toEqual([
      { workspace: 'acme', token: 'main' },
      { workspace: 'true', token: 'main' },
    ]);
  });

  it('leaves the rows for later where there is no token to give', () => {
    const text = firstConfigText({ url: answers.url }, found);
    expect(Config.parse(parse(text))).toMatchObject({ tokens: {}, assign: [] });
    expect(text).toContain('#   - { workspace: acme, token: main }   # 12 found');
  });

  it('is a valid configuration with every comment taken for what it shows', () => {
    const text = firstConfigText({ url: answers.url }, []);
    const [, body = ''] = text.split(/^(?=bamboo:)/m);
    const shown = body.replace(/^( *)# (?=(rest|login|headers|tls|tokens|assign|previous):| {2})/gm, '$1');
    expect(Object.keys(Config.parse(parse(shown)))).toEqual(expect.arrayContaining(['bamboo', 'tokens', 'assign', 'previous']));
    expect(Config.parse(parse(shown)).previous).toHaveProperty('buildbot');
  });
});

describe('where a secret is', () => {
  it.each([
    ['BAMBOO_TOKEN', { env: 'BAMBOO_TOKEN' }],
    [' file: ./my token ', { file: './my token' }],
    ['command:pass  show x', { command: ['pass', 'show', 'x'] }],
  ])('is read from %s', (typed, reference) => {
    expect(readPlace(typed)).toEqual(reference);
    expect(placeProblem(typed)).toBeUndefined();
  });

  it.each(['', 'file:', 'hunter2', 'HUNTER2', 'MDg4MTc0NjQ4MzU4', 'ATATT3xFf_A=', 'bamboo_token'])('is not read from %j', (typed) => {
    expect(readPlace(typed)).toBeUndefined();
    expect(placeProblem(typed)).toContain('never the secret itself');
  });
});
