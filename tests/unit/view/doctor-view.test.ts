import { describe, expect, it } from '@jest/globals';
import type { DoctorReport } from '../../../src/core/doctor-report.ts';
import { doctorView } from '../../../src/view/doctor-view.ts';
import { PIPE } from '../../support/view-samples.ts';

const REPORT: DoctorReport = {
  checks: [
    { check: 'version', status: 'ok', detail: 'Bamboo 10.2.7 takes API tokens' },
    { check: 'token:ci', status: 'failed', detail: 'the token ran out on 2026-01-01', remedy: 'Make a new token.' },
  ],
  workspaces: [],
  have: 'PAT + login',
  access: [{ level: 'global', read: 'yes', write: 'form', proof: 'read back', undo: 'exact' }],
  more: ['home: opens the import route'],
  next: 'bamboo-rekey inventory',
  exit: 4,
};

describe('the report of doctor', () => {
  it('shows checks, access, what more would open, and the next command', () => {
    expect(doctorView(REPORT, PIPE)).toBe(`Checks
  ok      version   Bamboo 10.2.7 takes API tokens
  FAILED  token:ci  the token ran out on 2026-01-01
                    Make a new token.

What works with what you have (PAT + login)
  level   read  write  proof      undo
  global  yes   form   read back  exact

One more thing would open
  home: opens the import route

Next: bamboo-rekey inventory
`);
  });

  it('tells in one line why it is not known what works', () => {
    expect(doctorView({ ...REPORT, access: [], more: [], untold: 'the login was refused' }, PIPE)).toContain(`
What works with what you have (PAT + login)
  not told: the login was refused

Next: `);
  });

  it('shows levels with the same access together, and in blocks where a table would be wider than the screen', () => {
    const same = { read: 'everything but passwords', write: 'by the edit form', proof: 'the form read again', undo: 'rollback' };
    const access = [
      { level: 'linked', ...same },
      { level: 'credential', ...same, write: 'no' },
      { level: 'plan', ...same },
    ];
    expect(doctorView({ ...REPORT, access }, PIPE)).toContain(`
  level         read                      write             proof                undo
  linked, plan  everything but passwords  by the edit form  the form read again  rollback
  credential    everything but passwords  no                the form read again  rollback
`);
    expect(doctorView({ ...REPORT, access }, { width: 40, colors: false })).toContain(`
  linked, plan
    read   everything but passwords
    write  by the edit form
    proof  the form read again
    undo   rollback
  credential
    read   everything but passwords
    write  no
`);
  });

  it('makes what the server said harmless', () => {
    const checks = [{ check: 'state', status: 'warning', detail: '\u001b[2Jgone' }] as const;
    expect(doctorView({ ...REPORT, checks }, PIPE)).toContain('\\u001b[2Jgone');
  });
});
