import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type FaultKind, rewritten } from '../support/fault-kinds.ts';
import { breakWire, meetFault } from '../support/fault-matrix.ts';
import { type Fault, send } from '../support/fault-proxy.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { noteFigure } from '../support/figures.ts';
import { type RequestKind, requestKind } from '../support/request-kinds.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

jest.setTimeout(120_000);
const temporary = temporaryDirectories();
let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.open(temporary);
});

afterAll(async () => {
  noteFigure({ promises: ['no-secret-readable'], what: 'bytes searched for secrets', count: world.searched.bytes, varies: true });
  await world.stop();
});

/** Nothing may happen that may never happen, and the command ends with this word. */
async function ends(request: RequestKind, kind: FaultKind, word: string, times?: number): Promise<void> {
  const end = await meetFault(world, request, kind, times);
  expect([end.word, end.problems]).toEqual([word, []]);
  noteFigure({ promises: ['fails-closed', 'old-or-new', 'converges', 'nothing-else-changed'], what: 'lies of a server told to a command', count: 1 });
}

const kind = (name: string, fault: Fault): FaultKind => ({ name, fault, passes: false });
const savesSent = (): number =>
  world.scenario.simulator.requests().filter(({ method, path }) => method === 'POST' && /update\w+\.action|\/import\//.test(path)).length;
const itemsOf = (): unknown => (JSON.parse(readFileSync(join(world.directory, 'inventory.json'), 'utf8')) as { items: unknown }).items;
/** Moves the cursor, clears the screen, renames the window, turns the reading direction. */
const ESCAPES = '\\u001b[2J\\u001b]0;owned\\u0007\\u009b1A\\u202e\\r';

describe('a list', () => {
  it.each<[string, (text: string) => string]>([
    ['names each object twice', (text) => text.replace(/\[(\{.*\})\]/s, '[$1,$1]')],
    [
      'has keys that would change every object',
      (text) => text.replaceAll('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},').replaceAll(',}', '}'),
    ],
  ])('that %s is read as what it is', async (name, change) => {
    const list = requestKind('list');
    world.reset();
    await world.run(...list.words);
    const whole = itemsOf();
    await ends(list, rewritten(name, change), '0');
    expect(itemsOf()).toEqual(whole);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  it('that goes round in a circle comes to its end', async () => {
    let first: string | undefined;
    const circle = rewritten('a circle', (text) => {
      first ??= text;
      return first;
    });
    await ends(requestKind('list'), circle, '0');
  });

  it('with names that steer terminals does not steer one', async () => {
    const escaped = rewritten('terminal escapes', (text) => text.replace(/"name":"/g, `"name":"${ESCAPES}`));
    await ends({ ...requestKind('list'), words: ['inventory'] }, escaped, '0');
    await ends({ ...requestKind('list'), words: ['plan', '-o', 'planned.json'] }, escaped, '0 6 by form');
  });
});

describe('a server', () => {
  const info = (version: string) => rewritten('another version', (text) => text.replace(/"version":"[^"]*"/, `"version":"${version}"`));

  it.each([
    ['9.6.0', '4 VERSION_UNSUPPORTED'],
    [`9.6.16${ESCAPES}`, '4 VERSION_UNREADABLE'],
    ['', '1 ANSWER_NOT_UNDERSTOOD'],
  ])('that is another version since the plan gets no write: %j', async (version, word) => {
    await ends(requestKind('server info'), info(version), word);
  });

  it('that was exchanged between apply and resume gets no write from the resume', async () => {
    world.reset();
    const { meets, words } = requestKind('save');
    world.bamboo.arm({ meets, skip: 1, times: 1, fault: ({ response }) => void response.destroy() });
    expect((await world.run(...words)).exit).toBe(5);
    world.bamboo.arm({ meets: requestKind('server info').meets, fault: info('9.6.0').fault });
    const sent = savesSent();
    expect(await world.run('resume', 'latest', '--yes')).toMatchObject({ exit: 4, stderr: expect.stringContaining('(VERSION_UNSUPPORTED)') });
    expect(savesSent()).toBe(sent);
    world.heal();
    expect((await world.run('resume', 'latest', '--yes')).exit).toBe(0);
  });

  it('that restarts in the middle is waited for, and its lost sessions are opened again', async () => {
    const restart = kind('a restart', async ({ response, met }) => {
      if (met === 0) world.scenario.simulator.endSessions();
      send(response, { status: 503, headers: { 'retry-after': '30' }, body: Buffer.from('Bamboo is starting up') });
    });
    await ends(requestKind('form'), restart, '0 changed', 3);
  });

  it('that is not running yet after a restart gets no write', async () => {
    const starting = rewritten('another state', (text) => text.replace('RUNNING', 'STARTING'));
    await ends(requestKind('server info'), starting, '4 SERVER_NOT_RUNNING');
  });

  it.each([
    ['server info', '1 SERVER_UNREACHABLE'],
    ['list', '0 unread'],
    ['form', '5 changed failed'],
    ['save', '5 changed unknown'],
    ['read back', '5 changed failed unknown'],
    ['import', '5 changed unknown'],
    ['Bitbucket call', '0 changed'],
    ['git probe', '0 changed'],
  ])('whose name nobody knows any more: %s', async (name, word) => {
    const end = await breakWire(world, requestKind(name), 'unknown-host');
    expect([end.word, end.problems]).toEqual([word, []]);
  });
});

describe('a personal access token that is revoked in the middle', () => {
  it('is sent by no worker again: whoever was on the way ends, and nobody starts', async () => {
    world.reset();
    const told = kind('401', ({ response }) => send(response, { status: 401, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }));
    const meets = ({ path }: { readonly path: string }): boolean => path.includes('/rest/api/latest/');
    world.bamboo.arm({ meets, skip: 6, fault: told.fault });
    const ended = await world.run('inventory');
    expect(ended).toMatchObject({ exit: 7, stderr: expect.stringContaining('(LOGIN_REFUSED)') });
    const ahead = world.bamboo.met();
    expect(ahead).toBeLessThanOrEqual(8);
    world.heal();
    expect((await world.run('inventory')).exit).toBe(0);
  });
});

describe('a form', () => {
  it('of another repository is not posted', async () => {
    const other = rewritten('another id', (text) =>
      text.replace(/(name="repositoryId"[^>]*value=")\d+/g, '$11').replace(/(value=")\d+("[^>]*name="repositoryId")/g, '$11$2'),
    );
    await ends(requestKind('form'), other, '5 changed failed');
  });

  it('that a stale node shows after the write is read again', async () => {
    await ends(requestKind('read back'), stale(), '0 changed', 2);
  });

  it('that stays stale is told as failed, resumed without harm, and rolled back', async () => {
    await ends(requestKind('read back'), stale(), '5 changed failed', 3);
    world.heal();
    expect((await world.run('rollback', 'latest', '--yes')).exit).toBe(0);
    expect([...world.scenario.judge().held.values()]).not.toContain('new');
  });

  /** Bodies of before the write, by their address. */
  function stale(): FaultKind {
    const before = new Map<string, string>();
    return kind('a stale node', async ({ request, response, forward }) => {
      const answer = await forward();
      const now = answer.body.toString();
      const old = world.scenario.transitions.reduce((text, transition) => text.replaceAll(transition.new.username, transition.old.username), now);
      before.set(String(request.url), old);
      send(response, { ...answer, body: Buffer.from(old) });
    });
  }
});

describe('a save', () => {
  it('that is answered for another object stops the run', async () => {
    const other = rewritten('another id', (text) => text.replace(/"id":"?\d+"?/, '"id":1'));
    await ends(requestKind('save'), other, '5 changed failed', 1);
  });

  it('that is refused in words that steer terminals does not steer one', async () => {
    const refusal = `{"status":"ERROR","errors":["No ${ESCAPES} way"]}`;
    const refused = kind('a refusal', ({ response }) =>
      send(response, { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(refusal) }),
    );
    await ends(requestKind('save'), refused, '5 changed failed', 1);
  });
});

describe('an exported document', () => {
  const BOMB = `a: &a ["x"]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(10)}]`).join('\n')}\n`;

  it.each<[string, (text: string) => string, string?]>([
    ['blows up', (text) => `${BOMB}${text}`],
    ['nests without end', () => '['.repeat(100_000)],
    ['merges another map into its own', (text) => text.replace('rootEntity:', 'rootEntity: &r\n  x: y\nother:\n  <<: *r\nrootEntity:')],
    [
      'names a class that could make the server do anything',
      (text) => text.replace(/!!com\.atlassian\.[\w.$]+(?=[\s\S]*$)/, '!!javax.script.ScriptEngineManager'),
    ],
    ['has a key that would change every object', (text) => `${text.replace(/\.\.\.\s*$/, '')}\n__proto__: {polluted: true}\n`, '0 changed'],
  ])('that %s is neither believed nor expanded', async (name, change, word = '5 changed unknown') => {
    const { local, server } = world.scenario.simulator.home;
    const bomb = kind(name, async ({ response, forward }) => {
      const answer = await forward();
      const [path = ''] = JSON.parse(answer.body.toString()) as string[];
      const file = path.replace(server, local);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      send(response, answer);
    });
    await ends(requestKind('export read back'), bomb, word);
    expect('polluted' in {}).toBe(false);
  });
});

describe('an import', () => {
  const imports = requestKind('import');

  async function told(): Promise<{ exit: number; reasons: string; problems: readonly string[] }> {
    const { exit } = await world.run(...imports.words, '--max-failures', '50');
    const { journal } = world.scenario.story(world.scenario.runs().at(-1) ?? '');
    const reasons = journal.flatMap((entry) => (entry.kind === 'outcome' ? [entry.outcome.why ?? ''] : [])).join('\n');
    expect([world.leaks(), savesSent()]).toEqual([[], 1]);
    return { exit, reasons, problems: world.scenario.judge().problems };
  }

  it('that is ignored without a word is told, nothing else is touched, and a resume writes it', async () => {
    world.reset();
    world.scenario.simulator.fault({ kind: 'save-ignored', method: 'POST', path: '/import/' });
    expect(await told()).toMatchObject({ exit: 5, reasons: expect.stringContaining('stored nothing'), problems: [] });
    expect((await world.run('resume', 'latest', '--yes', '-c', 'import.yaml')).exit).toBe(0);
  });

  it('that resets another setting is told with its name, and stops the run after the canary', async () => {
    world.reset();
    const reset: Fault = async ({ response, forward }) => {
      const answer = await forward();
      world.scenario.simulator.edit(/repositoryId=(\d+)/.exec(answer.body.toString())?.[1] ?? '', 'repositoryName', 'lost');
      send(response, answer);
    };
    world.bamboo.arm({ meets: imports.meets, times: 1, fault: reset });
    const { exit, reasons, problems } = await told();
    expect([exit, reasons, problems.length]).toEqual([5, expect.stringContaining('more than the credential differs'), 1]);
  });

  // The last one of the file: nothing takes its repository away again.
  it('that makes a second repository is told, and stops the run after the canary', async () => {
    world.reset();
    world.scenario.simulator.fault({ kind: 'save-creates-second', method: 'POST', path: '/import/' });
    const { exit, reasons, problems } = await told();
    expect([exit, reasons]).toEqual([5, expect.stringContaining('a second repository')]);
    expect(problems).toEqual([expect.stringContaining('was not there at the start')]);
  });
});
