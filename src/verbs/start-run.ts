import type { TokenUse } from '../core/journal.ts';
import { type Change, changeKey, type PlanFile } from '../core/plan-file.ts';
import type { RunFiles, Runtime } from '../core/ports.ts';
import { toolWords } from './tool-words.ts';

/** What a fresh run is, and on which run it goes back. */
export interface FreshRun {
  readonly verb: 'apply' | 'rollback';
  readonly plan: PlanFile;
  readonly changes: readonly Change[];
  readonly undoes?: string;
}

/** Makes the directory of a fresh run and writes the first line of its journal. */
export async function startRun({ verb, plan, changes, undoes }: FreshRun, tokens: readonly TokenUse[], runtime: Runtime): Promise<RunFiles> {
  const store = await runtime.store();
  const files = await store.create(runtime.newRunId((await store.list()).at(-1)), plan);
  await files.journal({
    kind: 'started',
    at: runtime.clock.now().toISOString(),
    run: files.run,
    verb,
    tool: toolWords(runtime),
    server: plan.server.url,
    digest: plan.digest,
    keys: changes.map(changeKey),
    tokens: [...tokens],
    ...(undoes === undefined ? {} : { undoes }),
  });
  return files;
}
