import type { InventoryItem } from '../../src/core/inventory.ts';
import type { Usage } from '../../src/core/model.ts';
import type { Change, NotChanged, PlanFile } from '../../src/core/plan-file.ts';
import type { PlanResult } from '../../src/core/plan-result.ts';
import type { ItemResult, RunResult } from '../../src/core/run-result.ts';
import type { Screen } from '../../src/view/screen.ts';

/** A pipe: as wide as it needs to be, no colours. */
export const PIPE: Screen = { width: Number.POSITIVE_INFINITY, colors: false };

/** A blast radius, by default of nothing. */
export function usage(counts: Partial<Usage> = {}): Usage {
  return { plans: 0, environments: 0, projects: [], inaccessiblePlans: 0, inaccessibleEnvironments: 0, ...counts };
}

const APP_CORE = {
  object: 'repository',
  id: '101',
  level: 'global',
  name: 'app-core',
  kind: 'bitbucket-cloud',
  workspace: 'acme',
  slug: 'app-core',
} as const;

/** A change of a linked repository, with what the test is about replaced. */
export function change(replaced: Partial<Change> = {}): Change {
  return {
    ...APP_CORE,
    route: 'form',
    before: { username: 'buildbot', credential: 'app-password' },
    after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
    fingerprint: 'sha256:0',
    settings: {},
    usedBy: usage({ plans: 12, environments: 2 }),
    rollback: 'exact',
    warnings: [],
    ...replaced,
  };
}

/** Something that a plan leaves alone. */
export function leftAlone(name: string, why: string, place: Partial<NotChanged> = {}): NotChanged {
  return { object: 'repository', id: name, level: 'global', name, why, ...place };
}

/** A plan result around its changes. */
export function planResult(changes: readonly Change[], rest: Partial<PlanFile> = {}, more: Partial<PlanResult> = {}): PlanResult {
  const lists = { unchanged: rest.unchanged ?? [], cannot: rest.cannot ?? [], alsoNeeded: rest.alsoNeeded ?? [] };
  const plan: PlanFile = {
    format: 1,
    purpose: 'apply',
    createdAt: '2026-11-24T21:03:11.000Z',
    tool: 'bamboo-rekey 0.1.0',
    server: { url: 'https://bamboo.example.com/bamboo', version: '10.2.7' },
    digest: 'sha256:4f1c',
    summary: { change: changes.length, unchanged: lists.unchanged.length, cannot: lists.cannot.length },
    changes: [...changes],
    ...rest,
    ...lists,
  };
  return { plan, unread: [], suggestions: [], ...more };
}

/** Twelve changes on three levels, with one of everything that a plan has to say beside them. */
export function planOfTwelve(): PlanResult {
  const linked = [1, 2, 3, 4].map((index) =>
    change({ id: String(index), name: `shared-${index}`, slug: `shared-${index}`, usedBy: usage({ plans: index * 3, environments: index - 1 }) }),
  );
  const owned = [5, 6, 7, 8].map((index) =>
    change({
      id: String(index),
      level: 'project',
      project: 'WEB',
      name: `web-${index}`,
      slug: `web-${index}`,
      usedBy: usage({ plans: 1 }),
      after: { username: 'web@acme.example', credential: 'api-token', token: 'web' },
    }),
  );
  const plans = [9, 10, 11, 12].map((index) =>
    change({
      id: String(index),
      level: 'plan',
      project: 'OPS',
      plan: `OPS-P${index}`,
      name: 'deploy scripts',
      slug: `ops-${index}`,
      usedBy: usage({ plans: 1 }),
      rollback: index > 10 ? 'configuration-only' : 'exact',
      warnings: ['It is not known whether its plan is bound to Repository Stored Specs.'],
    }),
  );
  return planResult(
    [...linked, ...owned, ...plans],
    {
      unchanged: [
        leftAlone('done-1', 'already on an email and a token (unproven: a password cannot be read)'),
        leftAlone('done-2', 'already on an email and a token (unproven: a password cannot be read)'),
      ],
      cannot: [
        leftAlone('orphan', 'no rule under assign matches it', { level: 'plan', project: 'LAB', plan: 'LAB-X' }),
        leftAlone('vault', 'it uses a shared credential'),
      ],
      alsoNeeded: [leftAlone('platform', 'linked, serves 7 other projects')],
    },
    { unread: [{ what: 'repositories of plan SEC-AUDIT', why: 'the account may not see it' }], suggestions: ['- { workspace: lab, token: TOKEN }'] },
  );
}

/** 1,200 changes in twenty projects, as a large server gives them. */
export function planOfTwelveHundred(): PlanResult {
  const changes = Array.from({ length: 1200 }, (_, index) => {
    const project = `PRJ${String(index % 20).padStart(2, '0')}`;
    const name = `service-${String(index).padStart(4, '0')}`;
    const place =
      index % 3 === 0
        ? { level: 'global' as const }
        : index % 3 === 1
          ? { level: 'project' as const, project }
          : { level: 'plan' as const, project, plan: `${project}-B${index}` };
    const before = { username: index % 10 === 0 ? 'legacy' : 'buildbot', credential: 'app-password' as const };
    return change({
      ...place,
      id: String(index),
      name,
      slug: name,
      before,
      usedBy: usage({ plans: index % 37 }),
      warnings: index % 100 === 0 ? ['Tasks that use it may not be read.'] : [],
    });
  });
  const order = { global: 0, project: 1, plan: 2, branch: 3 };
  changes.sort((a, b) => order[a.level] - order[b.level] || (a.project ?? '').localeCompare(b.project ?? ''));
  return planResult(changes, {
    cannot: Array.from({ length: 40 }, (_, index) => leftAlone(`odd-${index}`, `the form has ${(index % 12) + 2} candidates for the password field`)),
  });
}

/** An item of an inventory. */
export function inventoryItem(replaced: Partial<InventoryItem> = {}): InventoryItem {
  return {
    ...APP_CORE,
    credential: { kind: 'app-password', username: 'buildbot', inferred: true },
    usedBy: usage({ plans: 2 }),
    specsBound: null,
    sources: ['form'],
    notes: [],
    ...replaced,
  };
}

/** An item as a run ended it. */
export function itemResult(name: string, outcome: ItemResult['outcome'], reason?: string): ItemResult {
  return {
    key: `repository:${name}`,
    object: 'repository',
    id: name,
    level: 'project',
    project: 'WEB',
    name,
    outcome,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** How a run ended, with counts made from its items. */
export function runResult(items: readonly ItemResult[], rest: Partial<RunResult> = {}): RunResult {
  const counts = { changed: 0, unchanged: 0, drifted: 0, skipped: 0, failed: 0, unknown: 0 };
  for (const { outcome } of items) counts[outcome] += 1;
  return { run: '2026-11-24T21-03-11Z-1f3a9c', verb: 'apply', tally: { total: items.length, ...counts }, items, exit: 0, ...rest };
}
