import { assertNever } from '../core/assert-never.ts';
import type { CredentialKind, Usage } from '../core/model.ts';
import type { Change, Side } from '../core/plan-file.ts';
import { countOf } from './phrases.ts';
import { safeText } from './safe-text.ts';

/** Where an object stands, for the end of a line. */
export function placeWords(place: { readonly level: string; readonly project?: string | undefined; readonly plan?: string | undefined }): string {
  switch (place.level) {
    case 'global':
      return 'linked';
    case 'project':
      return safeText(`project ${place.project ?? '?'}`);
    case 'branch':
      return safeText(`plan branch ${place.plan ?? '?'}`);
    default:
      return safeText(`${place.level} ${place.plan ?? '?'}`);
  }
}

/** Whoever owns an object, as a heading. */
export function ownerWords({ object, level, project }: Pick<Change, 'object' | 'level' | 'project'>): string {
  const shared = object === 'shared-credential';
  switch (level) {
    case 'global':
      return shared ? 'Shared credentials' : 'Linked repositories';
    case 'project':
      return `${shared ? 'Shared credentials of project' : 'Project'} ${project ?? '?'}`;
    case 'plan':
      return `Plans of project ${project ?? '?'}`;
    case 'branch':
      return `Plan branches of project ${project ?? '?'}`;
    default:
      return assertNever(level);
  }
}

/** A kind of credential in words. */
export function credentialWords(kind: CredentialKind): string {
  switch (kind) {
    case 'app-password':
      return 'app password';
    case 'api-token':
      return 'API token';
    case 'shared':
      return 'shared credential';
    case 'ssh':
      return 'SSH key';
    case 'none':
      return 'no credential';
    case 'unknown':
      return 'unknown credential';
    default:
      return assertNever(kind);
  }
}

/** One end of a change: `ci@acme.example (API token "ci")`. Only a twin that is removed, or made again, has an end without user name and credential. */
export function sideWords(side: Side): string {
  if (side.username === '' && side.credential === 'none') return 'not there';
  const source = side.token !== undefined ? ` "${side.token}"` : side.previous !== undefined ? ` from previous "${side.previous}"` : '';
  return safeText(`${side.username === '' ? 'no user name' : side.username} (${credentialWords(side.credential)}${source})`);
}

/** The blast radius in words. */
export function usageWords(usage: Usage | null): string {
  if (usage === null) return 'use not known';
  const hidden = usage.inaccessiblePlans + usage.inaccessibleEnvironments;
  const parts = [
    usage.plans > 0 ? countOf(usage.plans, 'plan') : '',
    usage.environments > 0 ? countOf(usage.environments, 'environment') : '',
    usage.repositories !== undefined && usage.repositories > 0 ? countOf(usage.repositories, 'repository', 'repositories') : '',
    hidden > 0 ? `${hidden} that you may not see` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'used by nothing' : parts.join(', ');
}
