import { describe, expect, it } from '@jest/globals';
import { fixedReleases, judgeVersion, versionProblem } from '../../../src/core/version-gate.ts';

const SUPPORTED = [
  '9.6.16',
  '9.6.17',
  '9.6.100',
  '9.6.17-rc1',
  '10.2.7',
  '10.2.8',
  '10.2.10',
  '10.2.8-SNAPSHOT',
  '11.0.4',
  '11.0.5',
  '11.0.10',
  '11.0.5-m02',
  '11.1.0',
  '11.1.1',
  '11.1.1-rc1',
  '11.2.0',
  '11.10.0',
  '12.0.0',
  '12.0.0-m01',
  '12.1.6',
  '12.1.6-SNAPSHOT',
  '20.0.0',
  ' 11.0.4\n',
];

const UNSUPPORTED: ReadonlyArray<readonly [version: string, nearestFix: string]> = [
  ['5.8.0', '9.6.16'],
  ['8.2.5', '9.6.16'],
  ['8.2.9', '9.6.16'],
  ['9.2.16', '9.6.16'],
  ['9.5.99', '9.6.16'],
  ['9.6.0', '9.6.16'],
  ['9.6.2', '9.6.16'],
  ['9.6.15', '9.6.16'],
  ['9.6.16-m02', '9.6.16'],
  ['9.6.16-rc1', '9.6.16'],
  ['9.6.16-SNAPSHOT', '9.6.16'],
  ['0.0.0', '9.6.16'],
  ['9.7.0', '10.2.7'],
  ['9.12.20', '10.2.7'],
  ['10.0.0', '10.2.7'],
  ['10.0.99', '10.2.7'],
  ['10.1.0', '10.2.7'],
  ['10.1.8', '10.2.7'],
  ['10.2.0', '10.2.7'],
  ['10.2.6', '10.2.7'],
  ['10.2.7-m01', '10.2.7'],
  ['10.2.7-rc1.2', '10.2.7'],
  ['10.3.0', '11.0.4'],
  ['10.10.10', '11.0.4'],
  ['11.0.0', '11.0.4'],
  ['11.0.3', '11.0.4'],
  ['11.0.4-SNAPSHOT', '11.0.4'],
  ['11.0.4-rc-2', '11.0.4'],
  ['11.1.0-SNAPSHOT', '11.1.0'],
  ['11.1.0-m01', '11.1.0'],
];

const UNREADABLE = [
  '',
  ' ',
  'garbage',
  '11',
  '11.0',
  '11.1',
  '11.0.4.1',
  'v11.0.4',
  'V12.1.6',
  '11.0.x',
  '11..4',
  '.11.0.4',
  '11.0.4.',
  '11.0.4-',
  '11.0.4 -rc1',
  '11. 0.4',
  '11.0.4m02',
  '11.0.4.rc1',
  '11.0.4+build',
  '-11.0.4',
  '11.-1.0',
  '1e3.0.0',
  '0x0b.0.4',
  '11.00.4',
  '011.0.4',
  '999999999999999999999.0.0',
  '11.0.4 build 110004',
  '١١.٠.٤',
  '11,0,4',
  'null',
  'undefined',
  'Infinity.0.0',
  '11.0.4-rc1--',
  '11.0.4-\u0000',
  '12.1.6\n11.0.3',
];

describe('the version gate', () => {
  it.each(SUPPORTED)('lets %j through', (version) => {
    expect(judgeVersion(version)).toEqual({ kind: 'supported' });
  });

  it.each(UNSUPPORTED)('refuses %s and names %s as the nearest fixed release', (version, nearestFix) => {
    expect(judgeVersion(version)).toEqual({ kind: 'unsupported', nearestFix });
  });

  it.each(UNREADABLE)('does not guess %j', (version) => {
    expect(judgeVersion(version)).toEqual({ kind: 'unreadable' });
  });

  it('says that apply will refuse a plan only of one that needs what the version lacks', () => {
    expect(versionProblem('9.6.15', true)).toMatch(/apply will refuse this plan.*9\.6\.16.*--kind git.*--as-git/);
    expect(versionProblem('9.6.15', false)).toMatch(/nothing in this plan needs it.*9\.6\.16\.$/);
    expect(versionProblem('ten', true)).toContain('apply will refuse');
    expect(versionProblem('ten', false)).not.toContain('refuse');
    expect(versionProblem('9.6.16', true)).toBeUndefined();
  });

  it('names the fixed releases for people', () => {
    expect(fixedReleases()).toBe('9.6.16, 10.2.7, 11.0.4');
  });
});
