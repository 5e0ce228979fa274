import { type Control, checkbox, choice, section, sectionOn, text } from './controls.ts';

/** The controls that every repository begins with. */
export const HEAD_CONTROLS: readonly Control[] = [
  { kind: 'text', name: 'repositoryName', label: 'Display name', required: true },
  { kind: 'textarea', name: 'repositoryDescription', label: 'Description' },
];

/** Settings that all Git-like types share. */
export function cloneControls(prefix: string): readonly Control[] {
  return [
    checkbox(`${prefix}.useShallowClones`, 'Use shallow clones'),
    checkbox(`${prefix}.useRemoteAgentCache`, 'Enable repository caching on remote agents', 'true'),
    checkbox(`${prefix}.useSubmodules`, 'Use submodules'),
    text(`${prefix}.commandTimeout`, 'Command timeout (minutes)', '180'),
    checkbox(`${prefix}.verbose.logs`, 'Verbose logs'),
    checkbox(`${prefix}.fetch.whole.repository`, 'Fetch whole repository'),
    checkbox(`${prefix}.lfs.repository`, 'Enable LFS support'),
    checkbox(`${prefix}.sshKeyAppliesToSubmodules`, 'SSH key applies to submodules'),
  ];
}

/** Change detection and the web repository viewer, the same for every type. */
export function tailControls(): readonly Control[] {
  const quiet = sectionOn('repository.common.quietPeriod.enabled', 'true', [
    text('repository.common.quietPeriod.period', 'Quiet period (seconds)', '10'),
    text('repository.common.quietPeriod.maxRetries', 'Maximum retries', '5'),
  ]);
  const filter = 'filter.pattern.option';
  return [
    section('Change detection', [
      checkbox('repository.common.quietPeriod.enabled', 'Enable quiet period'),
      quiet,
      checkbox('commit.isolation.option', 'Isolate commits'),
      choice('select', filter, 'Include / exclude files', { none: 'None', includeOnly: 'Include only', excludeAll: 'Exclude all' }),
      sectionOn(filter, 'includeOnly', [text('filter.pattern.regex', 'File pattern')]),
      text('changeset.filter.pattern.regex', 'Exclude changesets'),
    ]),
    section('Web repository', [choice('select', 'selectedWebRepositoryViewer', 'Type', { bbCloudViewer: 'Bitbucket Cloud', none: 'None' })]),
  ];
}
