import { assertNever } from '../../core/assert-never.ts';
import { RekeyError } from '../../core/errors.ts';
import type { Place } from '../../core/model.ts';
import type { Site } from '../site.ts';

/** `decorator` works only together with `confirm` [D]. */
const BARE = { decorator: 'nothing', confirm: 'true' };

function missing(place: Place, what: string): never {
  throw new RekeyError('INTERNAL', `Repository ${place.id} is said to be at ${place.level} level, but its ${what} is not known.`);
}

/** The repositories of a plan branch: one form on 5.8, a list later; the same address with a `repositoryId` is asked for one of them [D]. */
export function branchPage(site: Site, branch: string, id?: string): string {
  return site.address('/branch/admin/config/editChainBranchRepository.action', { planKey: branch, ...(id === undefined ? {} : { repositoryId: id }) });
}

/** The address of a repository's edit form. */
export function editPage(site: Site, place: Place): string {
  if (place.object !== 'repository') throw new RekeyError('INTERNAL', 'A shared credential is not read by the edit form of a repository.');
  switch (place.level) {
    case 'global':
      return site.address('/admin/editLinkedRepository.action', { repositoryId: place.id, ...BARE });
    case 'project':
      // Not documented: by symmetry with the linked repository's page [I]. A page that is not the form is refused.
      return site.address('/project/editProjectRepository.action', { repositoryId: place.id, projectKey: place.project ?? missing(place, 'project'), ...BARE });
    case 'plan':
      return site.address('/chain/admin/config/editRepository.action', { planKey: place.plan ?? missing(place, 'plan'), repositoryId: place.id, ...BARE });
    case 'branch':
      return branchPage(site, place.plan ?? missing(place, 'plan branch'), place.id);
    default:
      return assertNever(place.level);
  }
}
