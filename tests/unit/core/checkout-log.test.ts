import { describe, expect, it } from '@jest/globals';
import { type BuildState, judgeBuild } from '../../../src/core/build-progress.ts';
import { judgeCheckouts } from '../../../src/core/checkout-log.ts';

const TYPE = 'com.atlassian.bamboo.plugins.vcs:task.vcs.checkout';
const WANTED = [{ workspace: 'acme', slug: 'web' }];
const started = (task: string, type = TYPE) => `Starting task '${task}' of type '${type}'`;
const fetching = (address: string) => `Fetching 'refs/heads/main' from '${address}'.`;
const finished = (task: string, result = 'Success') => `Finished task '${task}' with result: ${result}`;
const OWN = 'https://bitbucket.org/acme/web.git';
const checkout = (address: string, result?: string) => [
  started('Checkout Default Repository'),
  fetching(address),
  'Updated source code to revision: 1a2b',
  finished('Checkout Default Repository', result),
];

describe("a job's log", () => {
  it('shows a checkout of the wanted repository that worked', () => {
    expect(judgeCheckouts([checkout(OWN)], WANTED)).toEqual({ kind: 'succeeded', task: 'Checkout Default Repository', shown: 'named' });
  });

  it.each(['https://bitbucket.org/Acme/Web', 'git@bitbucket.org:acme/web.git', 'https://x@127.0.0.1:7001/acme/web/'])(
    'knows the repository by %s',
    (address) => {
      expect(judgeCheckouts([checkout(address)], WANTED)).toMatchObject({ shown: 'named' });
    },
  );

  it.each(['https://bitbucket.org/acme/web-shop.git', 'https://bitbucket.org/bigacme/web.git', 'https://bitbucket.org/globex/web.git'])(
    'takes %s for another repository, and waits for the wanted one',
    (address) => {
      expect(judgeCheckouts([checkout(address)], WANTED)).toEqual({ kind: 'others-only' });
      expect(judgeCheckouts([checkout(address), checkout(OWN)], WANTED)).toMatchObject({ shown: 'named' });
    },
  );

  it.each(['Failed', 'Error'])('shows a checkout that ended with %s', (result) => {
    expect(judgeCheckouts([checkout(OWN, result)], WANTED)).toEqual({ kind: 'failed', task: 'Checkout Default Repository', result });
  });

  it('takes a checkout for good whose log shows no address', () => {
    expect(judgeCheckouts([[started('get it'), finished('get it')]], WANTED)).toEqual({ kind: 'succeeded', task: 'get it', shown: 'unnamed' });
  });

  it('waits while the checkout goes on, whatever stands in front of the lines', () => {
    const lines = checkout(OWN).map((line) => `simple\t24-Nov-2026 21:03:11\t${line}`);
    expect(judgeCheckouts([lines.slice(0, 3)], WANTED)).toEqual({ kind: 'open' });
    expect(judgeCheckouts([lines], WANTED)).toMatchObject({ shown: 'named' });
  });

  it('knows a checkout by its type, not by what it is called', () => {
    const other = [
      started('Checkout Default Repository', 'com.atlassian.bamboo.plugins.scripttask:task.builder.script'),
      finished('Checkout Default Repository'),
    ];
    expect(judgeCheckouts([other], WANTED)).toEqual({ kind: 'open' });
    const quoted = [started("don't 'skip'"), fetching(OWN), finished("don't 'skip'")];
    expect(judgeCheckouts([quoted], WANTED)).toMatchObject({ task: "don't 'skip'", shown: 'named' });
  });

  it('is not taken in by what a script prints', () => {
    const script = [started('Build', 'com.atlassian.bamboo.plugins.scripttask:task.builder.script'), ...checkout(OWN), finished('Build', 'Failed')];
    expect(judgeCheckouts([script], WANTED)).toEqual({ kind: 'open' });
    const odd = [started('Checkout'), finished('another'), fetching(OWN), finished('Checkout', 'Failed')];
    expect(judgeCheckouts([odd], WANTED)).toMatchObject({ kind: 'failed' });
  });

  it('believes the wanted checkout though another one failed', () => {
    expect(judgeCheckouts([checkout('https://git.example/x/y', 'Failed'), checkout(OWN)], WANTED)).toMatchObject({ kind: 'succeeded' });
  });
});

describe('a build', () => {
  const state = (part: Partial<BuildState>): BuildState => ({ lifeCycle: 'InProgress', state: 'Unknown', jobs: [], ...part });
  const good = judgeCheckouts([checkout(OWN)], WANTED);

  it('is over with its checkout, and a failure later is told apart', () => {
    expect(judgeBuild(state({}), good)).toEqual({ kind: 'checked-out', detail: 'the checkout task "Checkout Default Repository" succeeded on an agent' });
    const later = judgeBuild(state({ lifeCycle: 'Finished', state: 'Failed' }), good);
    expect(later).toEqual({
      kind: 'checked-out',
      detail: 'the checkout task "Checkout Default Repository" succeeded on an agent; the build failed later, for another reason',
    });
  });

  it.each(['Pending', 'Queued', 'InProgress', 'unknown'] as const)('is waited for while it is %s', (lifeCycle) => {
    expect(judgeBuild(state({ lifeCycle }), { kind: 'open' })).toEqual({ kind: 'wait' });
    expect(judgeBuild(state({ lifeCycle }), { kind: 'others-only' })).toEqual({ kind: 'wait' });
  });

  it('that was not built proves that the server could not even look', () => {
    expect(judgeBuild(state({ lifeCycle: 'NotBuilt' }), { kind: 'open' })).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('no agent ever tried'),
    });
  });

  it.each([[{ kind: 'open' }], [{ kind: 'others-only' }]] as const)('that ended proves nothing with %j', (verdict) => {
    expect(judgeBuild(state({ lifeCycle: 'Finished', state: 'Successful' }), verdict)).toMatchObject({ kind: 'not-known' });
  });

  it('fails with its checkout', () => {
    expect(judgeBuild(state({}), { kind: 'failed', task: 'get', result: 'Error' })).toEqual({
      kind: 'failed',
      detail: 'the checkout task "get" ended with Error on an agent',
    });
  });
});
