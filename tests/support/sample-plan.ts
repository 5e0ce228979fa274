import { encodePlan, sealPlan, type UnsealedPlan } from '../../src/core/plan-codec.ts';
import type { Change, PlanFile } from '../../src/core/plan-file.ts';

/** A change of one linked repository, different for every number. */
export function sampleChange(number: number, over: Partial<Change> = {}): Change {
  return {
    object: 'repository',
    id: String(100 + number),
    level: 'global',
    name: `Repo ${number} – ünïcødé 🎋`,
    kind: 'bitbucket-cloud',
    workspace: 'acme',
    slug: `repo-${number}`,
    route: 'form',
    before: { username: 'buildbot', credential: 'app-password' },
    after: { username: 'ci@acme.example', credential: 'api-token', token: 'ci' },
    fingerprint: 'sha256:00',
    settings: { 'repository.branch': '0a1b2c3d', 'repository.name': '4e5f6071' },
    usedBy: { plans: 3, environments: 0, projects: ['WEB'], inaccessiblePlans: 0, inaccessibleEnvironments: 0 },
    rollback: 'needs-secret',
    warnings: [],
    ...over,
  };
}

/** A plan before it is sealed. */
export function unsealedPlan(changes: readonly Change[] = [sampleChange(1), sampleChange(2)]): UnsealedPlan {
  return {
    format: 1,
    purpose: 'apply',
    createdAt: '2026-03-01T10:00:00.000Z',
    tool: 'bamboo-rekey 0.1.0',
    server: { url: 'https://bamboo.example.com/bamboo', version: '10.2.7' },
    summary: { change: changes.length, unchanged: 1, cannot: 0 },
    changes: [...changes],
    unchanged: [{ object: 'repository', id: '7', level: 'project', project: 'WEB', name: 'done already', why: 'the user name is an email' }],
    cannot: [],
    alsoNeeded: [],
  };
}

/** A sealed plan. */
export function samplePlan(changes?: readonly Change[]): PlanFile {
  return sealPlan(unsealedPlan(changes));
}

/** The text of a plan file. */
export function planText(plan: PlanFile): string {
  return [...encodePlan(plan)].join('');
}
