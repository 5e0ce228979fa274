import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenBitbucket, openBitbucket, type Pair, restPair } from '../support/simulated-bitbucket.ts';
import { runClient } from './run-client.ts';

const MINUTES = 60_000;
const scripts = join(import.meta.dirname, 'python');
let folder: string;
let bitbucket: OpenBitbucket;

// A missing Python, venv or package index fails here: this is a test, not an option.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlassian-python-api-'));
  expect(await runClient('python3', ['-m', 'venv', folder])).toMatchObject({ code: 0 });
  const install = ['install', '--quiet', '--disable-pip-version-check', '--requirement', join(scripts, 'requirements.txt')];
  expect(await runClient(join(folder, 'bin', 'pip'), install)).toMatchObject({ code: 0 });
}, 5 * MINUTES);
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  const repositories = Array.from({ length: 25 }, (_, index) => `shop-${index}`);
  bitbucket = await openBitbucket({
    workspaces: [
      { slug: 'acme', repositories },
      { slug: 'umbrella', repositories: ['rain'] },
    ],
  });
});
afterEach(() => bitbucket.close());

async function understood([userName, password]: Pair): Promise<Record<string, unknown>> {
  const script = [join(scripts, 'bitbucket_cloud.py'), bitbucket.url, userName, 'CLIENT_PASSWORD', 'acme', 'shop-3'];
  const run = await runClient(join(folder, 'bin', 'python'), script, { CLIENT_PASSWORD: password, NO_PROXY: '127.0.0.1' });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(run.stdout);
}

describe('atlassian-python-api against the simulated Bitbucket', () => {
  it('finds its way with email and token', async () => {
    const names = bitbucket.world.workspaces[0]?.repositories.map((repository) => `acme/${repository.slug}`);
    expect(await understood(restPair(bitbucket.token))).toEqual({
      user: expect.objectContaining({ type: 'user', nickname: 'build-bot' }),
      workspaces: ['acme', 'umbrella'],
      repository: 'acme/shop-3',
      private: true,
      missing: { status: 404, message: expect.stringContaining('You may not have access to this repository') },
      unknown_workspace: { status: 404, message: "No workspace with identifier 'no-such-workspace'." },
      swept: names,
      removed: { status: 410, message: 'CHANGE-2770 - Functionality has been deprecated' },
    });
  });

  it('is refused with the Bitbucket user name', async () => {
    const answers = await understood(['build-bot', bitbucket.token.value]);
    const refusal = { status: 401, message: 'Token is invalid, expired, or not supported for this endpoint.' };
    expect(answers).toMatchObject({ user: refusal, workspaces: refusal, repository: refusal, swept: refusal });
  });

  it('tells the missing scope', async () => {
    bitbucket.token.scopes = ['read:repository:bitbucket'];
    const answers = await understood(restPair(bitbucket.token));
    expect(answers).toMatchObject({
      user: { status: 403, message: expect.stringMatching(/^Your credentials lack .*\n.*read:user:bitbucket.*granted/) },
      repository: 'acme/shop-3',
    });
  });
});
