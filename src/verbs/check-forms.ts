import type { Check } from '../core/check.ts';
import type { PlanFile } from '../core/plan-file.ts';
import { judgeVersion } from '../core/version-gate.ts';
import { strangeForms } from './capture-forms.ts';
import type { ServerReading } from './read-server.ts';

/** What the walk over all forms tells an administrator before a plan is made, in the plan's own numbers. */
export function checkForms(reading: ServerReading, { change, unchanged, cannot }: PlanFile['summary']): Check[] {
  const { readings, unread } = reading;
  const [first] = unread;
  return [
    {
      check: 'forms',
      status: cannot === 0 ? 'ok' : 'warning',
      detail: `${readings.length} repositories and shared credentials read: ${change} to change, ${unchanged} unchanged, ${cannot} cannot be changed`,
      ...(cannot === 0 ? {} : { remedy: 'bamboo-rekey plan lists each with its reason.' }),
    },
    ...strangeCheck(reading),
    ...failedLists(reading),
    ...(first === undefined
      ? []
      : [{ check: 'unread', status: 'warning' as const, detail: `${unread.length} thing(s) could not be read, the first: ${first.what}: ${first.why}` }]),
  ];
}

function strangeCheck(reading: ServerReading): Check[] {
  const strange = strangeForms(reading).length;
  if (strange === 0) return [];
  return [
    {
      check: 'forms',
      status: 'warning',
      detail: `${strange} edit form(s) were not understood`,
      remedy: 'bamboo-rekey doctor --capture DIR saves them without their values; bamboo.form {changeFlag, secret} names the two controls by hand.',
    },
  ];
}

/** The repository list of the form asks Bitbucket for something else than a checkout does: on a fixed version it may answer 410 although checkouts work. */
function failedLists({ readings, server }: ServerReading): Check[] {
  const failed = readings.filter(({ item }) => item.notes.some((note) => note.includes('Failed to load data from Bitbucket'))).length;
  if (failed === 0) return [];
  const fixed = judgeVersion(server.version).kind === 'supported';
  const means = fixed
    ? 'checkouts may work all the same: the canary and its connection test decide, or a build of one plan (apply --canary-build PLANKEY)'
    : 'Bamboo before the fix asks Bitbucket in a way that is answered with 410 Gone; the upgrade comes first';
  return [{ check: 'repository-list', status: 'warning', detail: `${failed} edit form(s) say "Failed to load data from Bitbucket": ${means}` }];
}
