import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BitbucketWorld } from '../model.ts';

const run = promisify(execFile);

const FIRST_COMMIT = `commit refs/heads/main
committer Build Bot <build-bot@example.com> 1750000000 +0000
data 13
First commit

M 100644 inline README.md
data 12
# Rehearsal
`;

const folders = new WeakMap<BitbucketWorld, Promise<string>>();

/** The folder that holds `template.git`, a bare repository with one commit: it stands for every repository, so that 10,000 cost as much as one. */
export function templateFolder(world: BitbucketWorld): Promise<string> {
  const folder = folders.get(world) ?? makeTemplate();
  folders.set(world, folder);
  return folder;
}

/** Removes what the git endpoint put on disk. */
export async function stopBitbucketWorld(world: BitbucketWorld): Promise<void> {
  const folder = folders.get(world);
  folders.delete(world);
  if (folder) await rm(await folder, { recursive: true, force: true });
}

async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulated-bitbucket-'));
  const repository = join(folder, 'template.git');
  await run('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', repository]);
  const importing = run('git', ['-C', repository, 'fast-import', '--quiet']);
  importing.child.stdin?.end(FIRST_COMMIT);
  await importing;
  return folder;
}
