import { describe, expect, it } from '@jest/globals';
import { inRotationOrder } from '../../../../src/core/log-diagnosis/rotation-order.ts';

describe('rotated logs', () => {
  it('are read by number, the highest first and the live one last', () => {
    const shellOrder = ['l/bamboo.log', 'l/bamboo.log.1', 'l/bamboo.log.10', 'l/bamboo.log.2', 'l/bamboo.log.3.gz'];
    expect(inRotationOrder(shellOrder)).toEqual(['l/bamboo.log.10', 'l/bamboo.log.3.gz', 'l/bamboo.log.2', 'l/bamboo.log.1', 'l/bamboo.log']);
  });

  it('are read by date, the oldest first', () => {
    expect(inRotationOrder(['bamboo.log', 'bamboo.log.2026-08-02', 'bamboo.log.2026-08-01.gz'])).toEqual([
      'bamboo.log.2026-08-01.gz',
      'bamboo.log.2026-08-02',
      'bamboo.log',
    ]);
  });

  it('stay apart by their directory and name, in the order given', () => {
    expect(inRotationOrder(['b/bamboo.log', 'a/bamboo.log', 'b/bamboo.log.1', '-', 'a/bamboo.log.1'])).toEqual([
      'b/bamboo.log.1',
      'b/bamboo.log',
      'a/bamboo.log.1',
      'a/bamboo.log',
      '-',
    ]);
  });

  it('know a packed live log', () => {
    expect(inRotationOrder(['bamboo.log.gz', 'bamboo.log.1.gz'])).toEqual(['bamboo.log.1.gz', 'bamboo.log.gz']);
  });
});
