import type { Asked } from './fault-proxy.ts';
import type { Stage } from './fault-world.ts';
import { isRead, type RequestKind } from './request-kinds.ts';

const PACE = ['--yes', '--concurrency', '1', '--test', 'none'] as const;
const IMPORT = ['-c', 'import.yaml'] as const;
const apply = ['apply', 'plan.json', ...PACE] as const;
const credentials = ['apply', 'credentials.json', ...PACE] as const;
const twins = ['apply', 'twins.json', ...IMPORT, ...PACE] as const;
const inventory = ['inventory', '--format', 'json', '-o', 'inventory.json'] as const;

const isSave = ({ method, path }: Asked): boolean => method === 'POST' && /update\w+\.action/.test(path);
const posts =
  (part: string) =>
  ({ method, path }: Asked): boolean =>
    method === 'POST' && path.includes(part);
const gets =
  (part: string) =>
  ({ method, path }: Asked): boolean =>
    method === 'GET' && path.includes(part);

const applied: Stage = { words: apply };
const brokenOff: Stage = { words: apply, breaksOff: isSave };
const BAMBOO = { server: 'bamboo' } as const;
const READ = { ...BAMBOO, effect: 'read', skip: 0 } as const;
const WRITE = { ...BAMBOO, effect: 'write', skip: 0 } as const;
const SHARED = { world: 'shared' } as const;
const DOORS = { world: 'doors' } as const;

/** Further columns: every other write and list, the doors, and the commands that go on, go back and look. */
export const MORE_REQUEST_KINDS: readonly RequestKind[] = [
  { ...WRITE, ...SHARED, name: 'save of a shared credential', meets: posts('/updateSharedCredentials.action'), words: credentials },
  { ...WRITE, ...SHARED, name: 'import of a shared credential', meets: posts('/import/sharedCredentials'), words: credentials },
  { ...WRITE, ...SHARED, name: 'import of a twin', meets: posts('/import/repository'), words: twins, skip: 1 },
  {
    ...{ ...WRITE, ...SHARED, name: 'removal of a twin', meets: ({ path }) => /\/delete\w+Repository\.action/.test(path), skip: 1 },
    ...{ words: ['rollback', 'latest', ...IMPORT, ...PACE], after: { words: twins } },
  },
  { ...WRITE, name: 'login', meets: posts('/userlogin.action'), words: apply },
  { ...WRITE, ...DOORS, name: 'login in two steps', meets: posts('/rest/tsv/1.0/authenticate'), words: apply },
  { ...WRITE, ...DOORS, name: 'password of a secure session', meets: posts('/elevate-permissions/password'), words: apply },
  { ...READ, ...SHARED, name: 'list of projects', meets: gets('/rest/api/latest/project?'), words: inventory },
  { ...READ, ...SHARED, name: 'list of branches', meets: gets('/branch?'), words: inventory },
  { ...READ, ...SHARED, name: "list of a project's shared credentials", meets: gets('/sharedCredentials?'), words: inventory },
  { ...READ, ...SHARED, name: 'page of shared credentials', meets: gets('/configureSharedCredentials.action'), words: inventory },
  { ...READ, ...SHARED, name: 'usage', meets: gets('/usage?'), words: inventory },
  { ...READ, name: 'form of a resume', meets: isRead, words: ['resume', 'latest', ...PACE], after: brokenOff, skip: 1 },
  { ...WRITE, name: 'save of a resume', meets: isSave, words: ['resume', 'latest', ...PACE], after: brokenOff, skip: 1 },
  { ...READ, name: 'form of a rollback', meets: isRead, words: ['rollback', 'latest', ...PACE], after: applied, skip: 4 },
  { ...WRITE, name: 'save of a rollback', meets: isSave, words: ['rollback', 'latest', ...PACE], after: applied, skip: 1 },
  { ...READ, name: 'form of a verify', meets: isRead, words: ['verify', 'latest', '--test', 'none'], after: applied },
];
