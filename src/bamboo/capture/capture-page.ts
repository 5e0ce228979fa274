import type { Place } from '../../core/model.ts';
import { credentialPage } from '../credential/credential-route.ts';
import { editPage } from '../form/edit-page.ts';
import type { Session } from '../session/session.ts';
import type { Site } from '../site.ts';
import { redactPage } from './redact-page.ts';

/** The page on which a place is edited, redacted: safe to show to somebody else. Only read. */
export async function capturePage(session: Session, site: Site, place: Place, signal?: AbortSignal): Promise<string> {
  const address = place.object === 'repository' ? editPage(site, place) : credentialPage(site, place.id);
  return redactPage((await session.page(address, signal)).document);
}
