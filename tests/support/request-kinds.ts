import type { Asked } from './fault-proxy.ts';
import type { FaultWorldName, Stage } from './fault-world.ts';

/** A kind of request, and the command on whose way it lies. */
export interface RequestKind {
  readonly name: string;
  readonly server: 'bamboo' | 'bitbucket';
  readonly meets: (asked: Asked) => boolean;
  readonly words: readonly string[];
  /** Requests of this kind that pass before: the fault meets the run in its middle, after the canary. */
  readonly skip: number;
  /** What the client does about it: a read is repeated, a write never. */
  readonly effect: 'read' | 'write';
  /** The server at which it meets the fault; the usual one unless told otherwise. */
  readonly world?: FaultWorldName;
  /** What has happened before the command. */
  readonly after?: Stage;
}

const isForm = /\/(editLinkedRepository|editProjectRepository|chainConfiguration|edit\w*Repository)\w*\.action\?/;

/** A read of an edit form before the second write: each item is read, written, read back. */
const apply = ['apply', 'plan.json', '--yes', '--concurrency', '1', '--test', 'canary'] as const;
const applyImport = ['apply', 'import.json', '-c', 'import.yaml', '--yes', '--concurrency', '1', '--test', 'none'] as const;

/** The columns of the matrix that stand beside the usual way of an apply; more of them: more-request-kinds.ts. */
export const REQUEST_KINDS: readonly RequestKind[] = [
  { name: 'server info', server: 'bamboo', meets: ({ path }) => path.endsWith('/rest/api/latest/info'), words: apply, skip: 0, effect: 'read' },
  {
    name: 'list',
    server: 'bamboo',
    meets: ({ path }) => path.includes('/rest/api/latest/repository?'),
    words: ['inventory', '--format', 'json', '-o', 'inventory.json'],
    skip: 0,
    effect: 'read',
  },
  { name: 'form', server: 'bamboo', meets: isRead, words: apply, skip: 4, effect: 'read' },
  { name: 'save', server: 'bamboo', meets: ({ method, path }) => method === 'POST' && /update\w+\.action/.test(path), words: apply, skip: 1, effect: 'write' },
  { name: 'read back', server: 'bamboo', meets: isRead, words: apply, skip: 5, effect: 'read' },
  { name: 'connection test', server: 'bamboo', meets: ({ path }) => path.endsWith('/repository/testConnection'), words: apply, skip: 1, effect: 'read' },
  {
    name: 'export',
    server: 'bamboo',
    meets: ({ path }) => path.includes('/export/repository/'),
    words: ['plan', '-c', 'import.yaml', '--require-complete', '-o', 'planned.json'],
    skip: 0,
    effect: 'read',
  },
  { name: 'import', server: 'bamboo', meets: ({ path }) => path.includes('/import/repository'), words: applyImport, skip: 1, effect: 'write' },
  { name: 'export read back', server: 'bamboo', meets: ({ path }) => path.includes('/export/repository/'), words: applyImport, skip: 3, effect: 'read' },
  {
    name: 'Bitbucket call',
    server: 'bitbucket',
    meets: ({ path }) => path.startsWith('/2.0/user') && !path.includes('workspaces'),
    words: apply,
    skip: 0,
    effect: 'read',
  },
  { name: 'git probe', server: 'bitbucket', meets: ({ path }) => path.includes('/info/refs'), words: apply, skip: 0, effect: 'read' },
];

/** Whether it reads an edit form of a repository. */
export function isRead({ method, path }: Asked): boolean {
  return method === 'GET' && isForm.test(path);
}

/** The column of that name. */
export function requestKind(name: string): RequestKind {
  const found = REQUEST_KINDS.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`There is no kind of request "${name}".`);
  return found;
}
