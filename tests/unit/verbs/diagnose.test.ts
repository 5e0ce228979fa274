import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { RunEvent } from '../../../src/core/events.ts';
import { RunEvent as RunEventSchema } from '../../../src/core/events.ts';
import { Diagnosis } from '../../../src/core/log-diagnosis/diagnosis.ts';
import type { Runtime } from '../../../src/core/ports.ts';
import { openDocuments } from '../../../src/store/documents.ts';
import { nodeFileSystem } from '../../../src/store/file-system.ts';
import { openLogFiles } from '../../../src/store/logs/log-files.ts';
import { type DiagnoseResult, diagnose } from '../../../src/verbs/diagnose.ts';
import { item } from '../../support/core-samples.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const directory = temporaryDirectories();
const TOKEN = 'ATATT3xFfGF0QQQQQQQQQQQQ';

function refusal(day: number, slug: string): string {
  return [
    `2026-08-0${day} 10:34:20,418 ERROR [scheduler_Worker-3] [GitRepository] change detection failed`,
    'com.atlassian.bamboo.repository.RepositoryException: remote: You may not have access to this repository or it no longer exists in this workspace.',
    `fatal: Authentication failed for 'https://buildbot:${TOKEN}@bitbucket.org/acme/${slug}.git/'`,
    '\tat com.atlassian.bamboo.Foo.bar(Foo.java:401)',
    '',
  ].join('\n');
}

async function diagnoseFiles(
  files: Record<string, string | Uint8Array>,
  logs: readonly string[],
  inventory?: string,
): Promise<DiagnoseResult & { events: RunEvent[] }> {
  const folder = directory();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { session, seen } = fakeSession();
  const documents = openDocuments(nodeFileSystem);
  const runtime: Runtime = {
    ...session.runtime,
    documents: { ...documents, read: (path) => documents.read(join(folder, path)) },
    logs: async () => openLogFiles({ stdin: () => Readable.from([Buffer.from(files['-'] ?? '')]), path: (name) => join(folder, name) }),
  };
  const result = await diagnose({ logs, ...(inventory === undefined ? {} : { inventory }) }, runtime);
  return { ...result, events: seen.events };
}

describe('diagnose', () => {
  it('adds up over rotated parts, plain and packed, and keeps no secret', async () => {
    const files = {
      'bamboo.log': refusal(3, 'shop'),
      'bamboo.log.1': refusal(2, 'shop') + refusal(2, 'till'),
      'bamboo.log.2.gz': gzipSync(refusal(1, 'shop')),
    };
    const { diagnosis, problem, events } = await diagnoseFiles(files, Object.keys(files));
    expect(problem).toBeUndefined();
    expect(diagnosis.logs.map(({ name }) => name)).toEqual(['bamboo.log.2.gz', 'bamboo.log.1', 'bamboo.log']);
    expect(diagnosis.failures).toMatchObject([
      {
        failure: 'REPOSITORY_CLOSED',
        workspace: 'acme',
        slug: 'shop',
        user: 'buildbot',
        count: 3,
        first: '2026-08-01T10:34:20.418',
        last: '2026-08-03T10:34:20.418',
      },
      { failure: 'REPOSITORY_CLOSED', workspace: 'acme', slug: 'till', user: 'buildbot', count: 1 },
    ]);
    expect(diagnosis.failures[0]?.remedy).not.toBe('');
    expect(Diagnosis.parse(JSON.parse(JSON.stringify(diagnosis)))).toEqual(diagnosis);
    expect(JSON.stringify([diagnosis, events])).not.toContain('ATAT');
  });

  it('tells each failure as an event', async () => {
    const { events } = await diagnoseFiles({ 'bamboo.log': refusal(1, 'shop') }, ['bamboo.log']);
    for (const event of events) expect(RunEventSchema.parse(event)).toEqual(event);
    expect(events.map(({ event }) => event)).toEqual(['PHASE', 'PROGRESS', 'KNOWN_FAILURE']);
  });

  it('reads standard input', async () => {
    expect((await diagnoseFiles({ '-': refusal(1, 'shop') }, ['-'])).diagnosis.failures).toHaveLength(1);
  });

  it('tells both halves of scenario 2 together', async () => {
    const calls = ['workspaces', 'users', 'teams'].map(
      (kind) =>
        `2026-08-01 10:00:00,000 WARN [exec-1 url: /x; user: admin] [RESTCall] Response from GET https://api.bitbucket.org/2.0/${kind}/ci@acme.example: 404\n`,
    );
    const git = "2026-08-01 10:00:02,000 ERROR [exec-1] fatal: Authentication failed for 'https://bitbucket.org/acme/shop.git/'\n";
    const { failures } = (await diagnoseFiles({ 'bamboo.log': calls.join('') + git }, ['bamboo.log'])).diagnosis;
    expect(failures).toMatchObject([
      { failure: 'EMAIL_IN_PATH', user: 'ci@acme.example', count: 3, bambooUsers: ['admin'] },
      { failure: 'GIT_EMAIL_REFUSED', workspace: 'acme', slug: 'shop', user: 'ci@acme.example', userInferred: true, count: 1 },
    ]);
  });

  it('names the objects of an inventory', async () => {
    const server = { url: 'https://bamboo.example.com', version: '10.2.7', state: 'RUNNING' };
    const inventory = { format: 1, server, readAt: '2026-11-24T12:00:00Z', items: [item({ id: '7', name: 'web shop', slug: 'shop' })], unread: [] };
    const files = { 'bamboo.log': refusal(1, 'shop') + refusal(1, 'gone'), 'inventory.json': JSON.stringify(inventory) };
    const { failures } = (await diagnoseFiles(files, ['bamboo.log'], 'inventory.json')).diagnosis;
    expect(failures.map(({ slug, holders }) => [slug, holders?.map(({ name }) => name)])).toEqual([
      ['gone', []],
      ['shop', ['web shop']],
    ]);
  });

  it.each([
    ['no JSON', 'id,name'],
    ['another document', '{"format":1,"changes":[]}'],
  ])('refuses an inventory that is %s before it reads a log', async (_what, text) => {
    const files = { 'bamboo.log': refusal(1, 'shop'), 'inventory.json': text };
    await expect(diagnoseFiles(files, ['bamboo.log'], 'inventory.json')).rejects.toMatchObject({ code: 'INVENTORY_INVALID', exit: 2 });
  });

  it('tells what it could read, and everything that it could not, at once', async () => {
    const files = {
      'cut.gz': gzipSync(refusal(1, 'shop').repeat(50)).subarray(0, -10),
      'empty.log': '',
      'core.bin': Buffer.alloc(50),
      'good.log': refusal(1, 'shop'),
    };
    const { diagnosis, problem, events } = await diagnoseFiles(files, [...Object.keys(files), 'gone.log']);
    expect(diagnosis.logs.map(({ name, state }) => [name, state])).toEqual([
      ['cut.gz', 'broken-off'],
      ['empty.log', 'empty'],
      ['core.bin', 'unreadable'],
      ['good.log', 'read'],
      ['gone.log', 'unreadable'],
    ]);
    expect(diagnosis.failures[0]?.count).toBeGreaterThan(1);
    expect(problem?.exit).toBe(2);
    for (const name of ['cut.gz', 'core.bin', 'gone.log']) expect(problem?.message).toContain(name);
    expect(events).toContainEqual({ event: 'WARNING', detail: 'empty.log is empty.' });
  });
});
