import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nodeFileSystem } from '../../../src/store/file-system.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { changed, intent, snapshotOf, started } from '../../support/sample-run.ts';
import { processTable, sampleStore } from '../../support/sample-store.ts';
import { temporaryDirectories } from '../../support/temporary-directory.ts';

const temporary = temporaryDirectories();
const plan = samplePlan();
const KEY = 'repository:101';

async function storedRun(directory: string, run = 'run-1') {
  const store = sampleStore(directory);
  const files = await store.create(run, plan);
  await files.journal(started(run, plan));
  await files.snapshot(snapshotOf(KEY));
  await files.journal(intent(KEY));
  await files.close();
  return store;
}

describe('run store', () => {
  it('gives back what was put in, in order', async () => {
    const directory = join(temporary(), 'deep', 'state');
    const store = await storedRun(directory);

    expect(await store.read('run-1')).toEqual({ run: 'run-1', plan, journal: [started('run-1', plan), intent(KEY)], snapshots: [snapshotOf(KEY)] });
  });

  it('gives every file of a run as it is, and nothing but files', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    mkdirSync(join(directory, 'runs/run-1/inner'));
    symlinkSync('/etc/passwd', join(directory, 'runs/run-1/link'));

    const artefacts = await store.artefacts('run-1');
    expect(artefacts.map(({ name }) => name)).toEqual(['journal.jsonl', 'plan.json', 'snapshot.jsonl']);
    for (const { name, bytes } of artefacts) expect(Buffer.from(bytes)).toEqual(readFileSync(join(directory, 'runs/run-1', name)));
    await expect(store.artefacts('run-2')).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
  });

  it('goes on behind the last line when a run is reopened', async () => {
    const store = await storedRun(join(temporary(), 'state'));
    const files = await store.reopen('run-1');
    await files.journal(changed(KEY));
    await files.close();

    expect((await store.read('run-1')).journal).toEqual([started('run-1', plan), intent(KEY), changed(KEY)]);
  });

  it('writes the summary beside the journal', async () => {
    const directory = join(temporary(), 'state');
    const files = await (await storedRun(directory)).reopen('run-1');
    await files.summary('{"first": true}');
    await files.summary('{"total": 2}');
    await files.close();

    expect(readFileSync(join(directory, 'runs/run-1/summary.json'), 'utf8')).toBe('{"total": 2}');
    expect(readdirSync(join(directory, 'runs/run-1')).sort()).toEqual(['journal.jsonl', 'plan.json', 'snapshot.jsonl', 'summary.json']);
  });

  it('lists runs oldest first, and takes "latest" for the newest', async () => {
    const directory = join(temporary(), 'state');
    await storedRun(directory, '2026-03-02T10-00-00Z-b');
    await storedRun(directory, '2026-03-01T10-00-00Z-a');
    const store = sampleStore(directory);
    writeFileSync(join(directory, 'runs', 'notes'), 'not a run');

    expect(await store.list()).toEqual(['2026-03-01T10-00-00Z-a', '2026-03-02T10-00-00Z-b']);
    expect((await store.read('latest')).run).toBe('2026-03-02T10-00-00Z-b');
    const latest = await store.reopen('latest');
    await latest.close();
    expect(latest.run).toBe('2026-03-02T10-00-00Z-b');
  });

  it('has no runs, and makes nothing, where nothing was ever written', async () => {
    const directory = join(temporary(), 'state');
    const store = sampleStore(directory);

    expect(await store.list()).toEqual([]);
    await expect(store.read('latest')).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
    await expect(store.read('run-9')).rejects.toMatchObject({ code: 'RUN_UNKNOWN', message: expect.stringContaining('no run run-9') });
    expect(readdirSync(join(directory, '..'))).toEqual([]);
  });

  it.each(['..', '.', '../run-1', 'run/1', 'a..b', '', '.hidden', 'run\0', 'run\\1', `${'x'.repeat(101)}`])('does not take %j for a run id', async (id) => {
    const store = await storedRun(join(temporary(), 'state'));

    await expect(store.read(id)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
    await expect(store.reopen(id)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
    await expect(store.create(id, plan)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
  });

  it('never makes a run over another one', async () => {
    const store = await storedRun(join(temporary(), 'state'));

    await expect(store.create('run-1', plan)).rejects.toMatchObject({ code: 'DISK_FAILED' });
    expect((await store.read('run-1')).journal).toHaveLength(2);
  });

  it('shows no run that a crash kept from being complete', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    mkdirSync(join(directory, 'runs', '.new-run-2'), { mode: 0o700 });

    expect(await store.list()).toEqual(['run-1']);
  });
});

describe('rights in the state directory', () => {
  it.each([0o000, 0o022, 0o777])('are for the owner alone whatever the umask (%o)', async (umask) => {
    const before = process.umask(umask);
    try {
      const directory = join(temporary(), 'parent', 'state');
      const files = await (await storedRun(directory)).reopen('run-1');
      await files.summary('{}');
      await files.close();
      await sampleStore(directory).lock('https://bamboo.example.com');
      const modes = (path: string) => statSync(join(directory, path)).mode & 0o777;

      for (const path of ['..', '.', 'runs', 'runs/run-1']) expect([path, modes(path)]).toEqual([path, 0o700]);
      for (const name of readdirSync(join(directory, 'runs/run-1'))) expect([name, modes(`runs/run-1/${name}`)]).toEqual([name, 0o600]);
      for (const name of readdirSync(directory).filter((entry) => entry.startsWith('lock-'))) expect([name, modes(name)]).toEqual([name, 0o600]);
    } finally {
      process.umask(before);
    }
  });

  it.each([0o755, 0o750, 0o710, 0o701, 0o770])('others may not have any (%o)', async (mode) => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    chmodSync(directory, mode);
    const refusal = { code: 'STATE_DIRECTORY_UNSAFE', message: expect.stringContaining(`0${mode.toString(8)}`) };

    await expect(store.list()).rejects.toMatchObject(refusal);
    await expect(store.read('run-1')).rejects.toMatchObject(refusal);
    await expect(store.create('run-2', plan)).rejects.toMatchObject(refusal);
    await expect(store.lock('https://bamboo.example.com')).rejects.toMatchObject(refusal);
    expect(readdirSync(join(directory, 'runs'))).toEqual(['run-1']);
  });

  it('are not checked on Windows, which is said once', async () => {
    const directory = join(temporary(), 'state');
    await storedRun(directory);
    chmodSync(directory, 0o755);
    const said: string[] = [];
    const store = sampleStore(directory, { platform: 'win32', warn: (detail) => said.push(detail) });

    expect(await store.list()).toEqual(['run-1']);
    expect(await store.list()).toEqual(['run-1']);
    expect(said).toEqual([expect.stringContaining(directory)]);
  });

  it('are of no use when a file stands in its place', async () => {
    const directory = join(temporary(), 'state');
    writeFileSync(directory, '');

    await expect(sampleStore(directory).create('run-1', plan)).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNSAFE' });
  });
});

describe('symbolic links inside the state directory', () => {
  it('are not followed where runs stand', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    renameSync(join(directory, 'runs'), join(directory, 'elsewhere'));
    symlinkSync('elsewhere', join(directory, 'runs'));

    await expect(store.list()).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNSAFE' });
    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNSAFE' });
    await expect(store.create('run-2', plan)).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNSAFE' });
  });

  it('are not followed where one run stands', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    symlinkSync('run-1', join(directory, 'runs', 'run-2'));

    await expect(store.read('run-2')).rejects.toMatchObject({ code: 'STATE_DIRECTORY_UNSAFE' });
    expect(await store.list()).toEqual(['run-1']);
  });

  it.each(['plan.json', 'journal.jsonl', 'snapshot.jsonl'])('are not followed where %s stands', async (name) => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    renameSync(join(directory, 'runs/run-1', name), join(directory, name));
    symlinkSync(join(directory, name), join(directory, 'runs/run-1', name));

    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED', message: expect.stringContaining(name) });
  });

  it('are replaced, not written through, where the summary stands', async () => {
    const directory = join(temporary(), 'state');
    const files = await (await storedRun(directory)).reopen('run-1');
    writeFileSync(join(directory, 'target'), 'mine');
    symlinkSync(join(directory, 'target'), join(directory, 'runs/run-1/summary.json'));
    await files.summary('{}');
    await files.close();

    expect(readFileSync(join(directory, 'target'), 'utf8')).toBe('mine');
    expect(await nodeFileSystem.inspect(join(directory, 'runs/run-1/summary.json'), 'refuse')).toMatchObject({ kind: 'file' });
  });
});

describe('a run that is not whole', () => {
  it.each(['plan.json', 'journal.jsonl', 'snapshot.jsonl'])('is damaged without its %s', async (name) => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    unlinkSync(join(directory, 'runs/run-1', name));

    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED', message: expect.stringContaining(name) });
  });

  it('is damaged when its plan was edited', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    const path = join(directory, 'runs/run-1/plan.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('buildbot', 'somebody'));

    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED', message: expect.stringContaining('edited') });
  });

  it('is damaged when its journal is that of another run', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    await storedRun(directory, 'run-2');
    writeFileSync(join(directory, 'runs/run-1/journal.jsonl'), readFileSync(join(directory, 'runs/run-2/journal.jsonl')));

    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED', message: expect.stringContaining('run-2') });
  });

  it('is damaged when a line in the middle is missing, and the line after it is named', async () => {
    const directory = join(temporary(), 'state');
    const store = await storedRun(directory);
    const files = await store.reopen('run-1');
    await files.journal(changed(KEY));
    await files.close();
    const path = join(directory, 'runs/run-1/journal.jsonl');
    const [first, , third] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${first}\n${third}\n`);

    await expect(store.read('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED', message: expect.stringContaining(`${path}, line 2`) });
    await expect(store.reopen('run-1')).rejects.toMatchObject({ code: 'RUN_DAMAGED' });
  });
});

describe('what cannot be read again', () => {
  it('is not written', async () => {
    const store = await storedRun(join(temporary(), 'state'), 'run-1');
    const files = await store.reopen('run-1');

    await expect(files.journal({ ...intent(KEY), at: 'yesterday' })).rejects.toThrow();
    await files.journal(changed(KEY));
    await files.close();
    expect((await store.read('run-1')).journal.at(-1)).toEqual(changed(KEY));
  });
});

describe('the lock of a server', () => {
  it('is one however the address is spelt, and another one for another server', async () => {
    const directory = join(temporary(), 'state');
    const [store, other] = [sampleStore(directory), sampleStore(directory, { processes: processTable(2) })];
    await store.lock('https://Bamboo.example.com:443/bamboo/');

    await expect(other.lock('https://bamboo.example.com/bamboo')).rejects.toMatchObject({ code: 'LOCKED', exit: 6 });
    await (await other.lock('https://bamboo.example.com/other')).release();
  });
});
