import { describe, expect, it } from '@jest/globals';
import type { Diagnosis, FoundFailure } from '../../../src/core/log-diagnosis/diagnosis.ts';
import { KNOWN_FAILURES } from '../../../src/core/log-diagnosis/known-failures.ts';
import { diagnosisText } from '../../../src/view/results.ts';
import { PIPE } from '../../support/view-samples.ts';

function found(part: Partial<FoundFailure> = {}): FoundFailure {
  const { means, remedy } = KNOWN_FAILURES.GIT_REFUSED;
  return { failure: 'GIT_REFUSED', workspace: 'acme', slug: 'shop', bambooUsers: [], changes: [], count: 1, means, remedy, ...part };
}

function diagnosis(part: Partial<Diagnosis> = {}): Diagnosis {
  return { format: 1, logs: [{ name: 'bamboo.log', bytes: 12_345_678, state: 'read' }], failures: [], untold: 0, ...part };
}

describe('the diagnosis', () => {
  it('is one section for each failure with its remedy, and a row for each repository and user', () => {
    const first = { first: '2026-08-01T10:34:20.418', last: '2026-08-03T10:34:20.418' };
    const failures = [found({ count: 1200, user: 'buildbot', bambooUsers: ['ann'], ...first }), found({ slug: 'till', changes: ['CHANGE-3222'] })];
    expect(diagnosisText(diagnosis({ failures }), 'table', PIPE)).toBe(
      `${[
        'Read 1 log, 12 MB: 1 known failure, 1,201 times.',
        '',
        'GIT_REFUSED  1,201 times, CHANGE-3222',
        `  ${KNOWN_FAILURES.GIT_REFUSED.means}`,
        `  What to do: ${KNOWN_FAILURES.GIT_REFUSED.remedy}`,
        '    times  repository  user      first                last',
        '    1,200  acme/shop   buildbot  2026-08-01 10:34:20  2026-08-03 10:34:20',
        '    1      acme/till   -         -                    -',
        '    Logged in to Bamboo at the time: ann',
      ].join('\n')}\n`,
    );
  });

  it('names the objects on the server, where an inventory was given', () => {
    const holder = { object: 'repository', id: '7', level: 'plan', plan: 'WEB-APP', name: 'own' } as const;
    const text = diagnosisText(diagnosis({ failures: [found({ holders: [holder] }), found({ slug: 'gone', holders: [] })] }), 'table', PIPE);
    expect(text).toContain('own (plan WEB-APP)');
    expect(text).toContain('not in the inventory');
  });

  it('says that nothing was found, and what was empty or could not be read', () => {
    const logs = [
      { name: 'a.log', bytes: 0, state: 'empty' },
      { name: 'b.gz', bytes: 9, state: 'broken-off', problem: 'Could read only the first part of b.gz.' },
      { name: 'c.log', bytes: 0, state: 'unreadable', problem: 'Could not read c.log.' },
    ] as const;
    const text = diagnosisText(diagnosis({ logs: [...logs], untold: 3 }), 'table', PIPE);
    expect(text).toContain('Read 2 of 3 logs, less than 1 MB: no known failure.');
    expect(text).toContain('a.log is empty');
    expect(text).toContain('Read only in part: b.gz');
    expect(text).toContain('Not read: c.log');
    expect(text).toContain('3 sightings');
  });

  it('shows the first fifty of many', () => {
    const failures = Array.from({ length: 60 }, (_, slug) => found({ slug: `shop-${slug}` }));
    const text = diagnosisText(diagnosis({ failures }), 'table', PIPE);
    expect(text).toContain('acme/shop-49');
    expect(text).not.toContain('acme/shop-50');
    expect(text).toContain('and 10 more');
  });

  it('is harmless on a terminal whatever the log held', () => {
    expect(diagnosisText(diagnosis({ failures: [found({ user: 'a\u001b[31mb' })] }), 'table', PIPE)).toContain('a\\u001b[31mb');
  });

  it('is the same document again as JSON', () => {
    const given = diagnosis({ failures: [found({ user: 'a\u202eb' })] });
    expect(JSON.parse(diagnosisText(given, 'json', PIPE))).toEqual(given);
  });
});
