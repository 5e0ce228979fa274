import type { Config } from '../core/config.ts';
import { toRekeyError } from '../core/errors.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { Runtime } from '../core/ports.ts';
import { buildReport } from '../core/report/build-report.ts';
import type { Evidence, HostCalls, ServerFiles } from '../core/report/evidence.ts';
import type { Report } from '../core/report/report.ts';
import type { ReportedRun } from '../core/report/report-parts.ts';
import { type Artefact, searchArtefacts } from '../core/report/secret-search.ts';
import { loadTarget } from './load-run.ts';
import { toolWords } from './tool-words.ts';

/** What `report` is about. */
export interface ReportOptions {
  /** Path of a plan file, a run id, or `latest`. */
  readonly target: string;
}

/** What a report is about, with the files that were kept of it. */
interface Subject {
  readonly plan: PlanFile;
  readonly run?: ReportedRun;
  readonly artefacts: readonly Artefact[];
}

/** A plan or a run as a document. Asks no server. @throws RekeyError RUN_UNKNOWN | RUN_DAMAGED | PLAN_INVALID | FILE_UNREADABLE */
export async function report({ target }: ReportOptions, runtime: Runtime): Promise<Report> {
  const subject = await subjectOf(target, runtime);
  const config = await configOf(runtime);
  const secrets = config === undefined ? null : await runtime.everySecret();
  const searched = searchArtefacts(secrets ?? [], subject.artefacts);
  const evidence: Evidence = { ...tracesOf(subject.run), ...(secrets === null ? { secrets: null, searched: [] } : searched) };
  const { plan, run } = subject;
  return buildReport({
    plan,
    ...(run === undefined ? {} : { run }),
    ...(config === undefined ? {} : { config }),
    now: runtime.clock.now(),
    tool: toolWords(runtime),
    evidence,
  });
}

async function subjectOf(target: string, runtime: Runtime): Promise<Subject> {
  const loaded = await loadTarget(target, runtime);
  if (loaded.kind === 'plan') return { plan: loaded.plan, artefacts: [{ name: target, bytes: Buffer.from(loaded.text, 'utf8') }] };
  const { stored, state } = loaded;
  return { plan: stored.plan, run: { state, journal: stored.journal }, artefacts: await (await runtime.store()).artefacts(stored.run) };
}

/** A report can be made where there is no configuration: of a plan that came by mail, for one. It says what it could not tell. */
async function configOf(runtime: Runtime): Promise<Config | undefined> {
  try {
    return await runtime.config();
  } catch (thrown) {
    runtime.emit({ event: 'WARNING', detail: `The configuration could not be read: ${toRekeyError(thrown).message}` });
    return undefined;
  }
}

/** Each part of a run counted from nothing; together they are the run. */
function tracesOf(run: ReportedRun | undefined): Pick<Evidence, 'hosts' | 'serverFiles'> {
  const ends = (run?.journal ?? []).flatMap((entry) => (entry.kind === 'finished' ? [entry] : []));
  const hosts = ends.flatMap((end) => (end.hosts === undefined ? [] : [end.hosts]));
  const files = ends.flatMap((end) => (end.serverFiles === undefined ? [] : [end.serverFiles]));
  return { hosts: hosts.length === 0 ? null : addHosts(hosts.flat()), serverFiles: files.length === 0 ? null : addFiles(files) };
}

function addHosts(calls: readonly HostCalls[]): HostCalls[] {
  const sums = new Map<string, HostCalls>();
  for (const { host, requests, failures } of calls) {
    const before = sums.get(host);
    sums.set(host, { host, requests: requests + (before?.requests ?? 0), failures: failures + (before?.failures ?? 0) });
  }
  return [...sums.values()].sort((one, other) => (one.host < other.host ? -1 : 1));
}

function addFiles(parts: readonly ServerFiles[]): ServerFiles {
  return { files: parts.reduce((sum, { files }) => sum + files, 0), folders: [...new Set(parts.flatMap(({ folders }) => folders))].sort() };
}
