import { z } from 'zod';
import { durationValue } from './clone-settings.ts';
import { count, flag, seconds, Text } from './spec-fields.ts';
import type { SpecValue } from './spec-value.ts';

const QUIET = 'repository.common.quietPeriod';

/** The form's words for what the library calls its file filter. */
const FILTERS = { NONE: 'none', INCLUDE_ONLY: 'includeOnly', EXCLUDE_IF_ALL_MATCH: 'excludeAll' } as const;

const UNTOUCHED: Readonly<Record<string, string>> = {
  [`${QUIET}.enabled`]: 'false',
  [`${QUIET}.period`]: '10',
  [`${QUIET}.maxRetries`]: '5',
  'commit.isolation.option': 'false',
  'changeset.filter.pattern.regex': '',
  'filter.pattern.option': 'none',
  'filter.pattern.regex': '',
};

/** Schema of the change detection; `configuration` is for other people's plug-ins and holds nothing here. */
export const ChangeDetection = z
  .strictObject({
    quietPeriodEnabled: flag(),
    quietPeriod: seconds(10),
    maxRetries: count('5'),
    commitIsolationEnabled: flag(),
    changesetFilterPatternRegex: Text,
    filterFilePatternOption: z.enum(['NONE', 'INCLUDE_ONLY', 'EXCLUDE_IF_ALL_MATCH']).nullish(),
    filterFilePatternRegex: Text,
    configuration: z.strictObject({}).nullish(),
  })
  .nullish();

/** The settings of a change detection; without one, those of a repository that nobody has touched. */
export function readChangeDetection(body: z.infer<typeof ChangeDetection>): Record<string, string> {
  if (body == null) return { ...UNTOUCHED };
  return {
    [`${QUIET}.enabled`]: body.quietPeriodEnabled,
    [`${QUIET}.period`]: String(body.quietPeriod),
    [`${QUIET}.maxRetries`]: body.maxRetries,
    'commit.isolation.option': body.commitIsolationEnabled,
    'changeset.filter.pattern.regex': body.changesetFilterPatternRegex,
    'filter.pattern.option': FILTERS[body.filterFilePatternOption ?? 'NONE'],
    'filter.pattern.regex': body.filterFilePatternRegex,
  };
}

/** The change detection for an export; none where all is as nobody has touched it. */
export function writeChangeDetection(settings: Readonly<Record<string, string>>): SpecValue {
  const of = (name: string): string => settings[name] ?? UNTOUCHED[name] ?? '';
  if (Object.keys(UNTOUCHED).every((name) => of(name) === UNTOUCHED[name])) return null;
  const option = Object.entries(FILTERS).find(([, word]) => word === of('filter.pattern.option'))?.[0] ?? 'NONE';
  return {
    changesetFilterPatternRegex: of('changeset.filter.pattern.regex') || null,
    commitIsolationEnabled: of('commit.isolation.option') === 'true',
    configuration: {},
    filterFilePatternOption: option,
    filterFilePatternRegex: of('filter.pattern.regex') || null,
    maxRetries: Number(of(`${QUIET}.maxRetries`)),
    quietPeriod: durationValue(Number(of(`${QUIET}.period`))),
    quietPeriodEnabled: of(`${QUIET}.enabled`) === 'true',
  };
}
