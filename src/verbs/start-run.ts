import type { TokenUse } from '../core/journal.ts';
import { type Change, changeKey, type PlanFile } from '../core/plan-file.ts';
import type { RunFiles, Runtime } from '../core/ports.ts';

/** Makes the directory of a fresh run and writes the first line of its journal. */
export async function startRun(
  verb: 'apply' | 'rollback',
  plan: PlanFile,
  changes: readonly Change[],
  tokens: readonly TokenUse[],
  runtime: Runtime,
): Promise<RunFiles> {
  const files = await (await runtime.store()).create(runtime.newRunId(), plan);
  const { name, version } = runtime.tool;
  await files.journal({
    kind: 'started',
    at: runtime.clock.now().toISOString(),
    run: files.run,
    verb,
    tool: `${name} ${version}`,
    server: plan.server.url,
    digest: plan.digest,
    keys: changes.map(changeKey),
    tokens: [...tokens],
  });
  return files;
}
