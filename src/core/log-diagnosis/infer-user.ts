import type { Sighting } from './recognise.ts';
import type { RecordTime } from './record-start.ts';

/** So soon after Bamboo took the email for a workspace, git's refusal belongs to the same attempt. */
const SAME_ATTEMPT_MS = 60_000;

/**
 * Scenario 2 of Atlassian's article: the calls fail with the email in their path, and then git, which the same version gives the email. Makes the function
 * that takes all that is seen, in its order, and gives it with the user name that it lacks; as the same object where there is none to add.
 */
export function createInference(): (seen: Sighting) => Sighting {
  let email: string | undefined;
  let since: RecordTime | undefined;
  return (seen) => {
    if (seen.failure === 'EMAIL_IN_PATH') [email, since] = [seen.user, seen.time];
    if (email === undefined || !isAnonymousRefusal(seen) || !isSameAttempt(since, seen.time)) return seen;
    return { ...seen, failure: 'GIT_EMAIL_REFUSED', user: email };
  };
}

function isAnonymousRefusal({ failure, user }: Sighting): boolean {
  return (failure === 'GIT_REFUSED' || failure === 'REPOSITORY_CLOSED') && user === undefined;
}

function isSameAttempt(before: RecordTime | undefined, after: RecordTime | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const apart = after.at - before.at;
  return apart >= 0 && apart <= SAME_ATTEMPT_MS;
}
