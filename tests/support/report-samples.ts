import type { JournalEntry } from '../../src/core/journal.ts';
import { replay } from '../../src/core/journal-replay.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { type Change, changeKey, type PlanFile } from '../../src/core/plan-file.ts';
import { buildReport } from '../../src/core/report/build-report.ts';
import type { Evidence } from '../../src/core/report/evidence.ts';
import type { Report } from '../../src/core/report/report.ts';
import { config } from './core-samples.ts';
import { planOfTwelve, planOfTwelveHundred } from './view-samples.ts';

/** A name that attacks whatever shows it: a page, a terminal, the direction of writing, a spreadsheet, Markdown, XML. */
export const HOSTILE = `=cmd|'/c calc'!A0 "><script>alert(1)</script><img src=x onerror=alert(2)> \u001b[31mred\u202egnp.exe ]]> --> [click](http://evil) \`x\` | & \ufffe \ud800`;

/** How the items of a sample run ended: mostly well. */
const ENDS: readonly Outcome[] = [
  { kind: 'changed' },
  { kind: 'changed', why: "Bamboo's connection test passed" },
  { kind: 'changed' },
  { kind: 'drifted', why: 'the setting repository.branch is another one than at the time of the plan' },
  { kind: 'changed' },
  { kind: 'failed', why: 'the server refused: Username is required.' },
  { kind: 'changed' },
  { kind: 'unchanged', why: 'holds ci@acme.example already' },
  { kind: 'changed' },
  { kind: 'skipped', why: 'never started: too many failures' },
  { kind: 'changed' },
  { kind: 'unknown', why: 'a write got no answer' },
];

/** When the reports are made. */
const MORNING_AFTER = new Date('2026-11-25T08:00:00Z');

const START = Date.parse('2026-11-24T21:03:11.000Z');

/** The journal of a run over a plan; item by item, three seconds each. `ended: false`: it was broken off. */
export function journalOf(plan: PlanFile, { ended = true, ends = ENDS }: { ended?: boolean; ends?: readonly Outcome[] } = {}): JournalEntry[] {
  const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
  const keys = plan.changes.map(changeKey);
  const tokens = [
    { name: 'ci', email: 'ci@acme.example', expires: '2027-09-30' },
    { name: 'web', email: 'web@acme.example', expires: '2026-12-05' },
  ];
  const items = keys.flatMap((key, index): JournalEntry[] => [
    { kind: 'intent', at: at(index * 3), key },
    { kind: 'outcome', at: at(index * 3 + 1.25), key, outcome: ends[index % ends.length] ?? { kind: 'changed' } },
  ]);
  const hosts = [
    { host: 'api.bitbucket.org', requests: 14, failures: 0 },
    { host: 'bamboo.example.com', requests: 88, failures: 1 },
  ];
  return [
    { kind: 'started', at: at(0), run: 'r1', verb: 'apply', tool: 'bamboo-rekey 0.1.0', server: plan.server.url, digest: plan.digest, keys, tokens },
    ...items,
    ...(ended ? [{ kind: 'finished' as const, at: at(keys.length * 3), exit: 5, hosts, serverFiles: { files: 2, folders: ['/var/bamboo/exports'] } }] : []),
  ];
}

/** Evidence of a run that kept its secrets. */
export const EVIDENCE: Evidence = {
  secrets: [
    { key: 'bamboo.login.password', from: 'env', name: 'BAMBOO_PASSWORD', foundIn: 0 },
    { key: 'bamboo.login.totp', from: 'command', name: 'oathtool', foundIn: null, why: 'a code that is new each time' },
    { key: 'tokens.ci.token', from: 'file', name: 'secrets/ci', foundIn: 0 },
  ],
  searched: [
    { name: 'journal.jsonl', bytes: 5120, finds: [] },
    { name: 'plan.json', bytes: 20480, finds: [] },
  ],
  hosts: [{ host: 'bamboo.example.com', requests: 88, failures: 1 }],
  serverFiles: { files: 0, folders: [] },
};

/** The report of a run over the plan given, by default of twelve changes. */
export function runReport(plan: PlanFile = planOfTwelve().plan, over: { ended?: boolean; ends?: readonly Outcome[]; evidence?: Evidence } = {}): Report {
  const journal = journalOf(plan, over);
  const run = { state: replay(journal), journal };
  return buildReport({ plan, run, config: config(), now: MORNING_AFTER, tool: 'bamboo-rekey 0.1.0', evidence: over.evidence ?? EVIDENCE });
}

/** The report of a plan. */
export function planReport(plan: PlanFile = planOfTwelve().plan): Report {
  return buildReport({ plan, config: config(), now: MORNING_AFTER, tool: 'bamboo-rekey 0.1.0', evidence: { ...EVIDENCE, hosts: null, serverFiles: null } });
}

/** A plan in which every word that a server may choose is the one given. */
export function planNamed(name: string): PlanFile {
  const { plan } = planOfTwelve();
  const spoilt = (change: Change): Change => ({
    ...change,
    name,
    slug: name,
    workspace: name,
    ...(change.project === undefined ? {} : { project: name }),
    ...(change.plan === undefined ? {} : { plan: name }),
    before: { username: name, credential: 'app-password' },
    warnings: [name],
  });
  return { ...plan, changes: plan.changes.map(spoilt), cannot: plan.cannot.map((left) => ({ ...left, name, why: name })) };
}

/** A plan of ten thousand changes. */
export function planOfTenThousand(): PlanFile {
  const { plan } = planOfTwelveHundred();
  const changes = Array.from(
    { length: 10_000 },
    (_, index): Change => ({ ...(plan.changes[index % 1200] as Change), id: String(index), name: `service-${index}`, slug: `service-${index}` }),
  );
  return { ...plan, changes };
}
