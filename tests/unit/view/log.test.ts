import { expect, it } from '@jest/globals';
import { openLog } from '../../../src/view/log.ts';

it('has levels, of which the lower ones are left out', () => {
  let text = '';
  const log = openLog('warn', 'bamboo-rekey', (piece) => {
    text += piece;
  });
  log.event({ event: 'PHASE', phase: 'reading' });
  log.debug('request', { path: '/' });
  log.event({ event: 'CHECK', check: 'token:ci', status: 'failed', detail: 'it ran out' });
  const lines = text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 40, msg: 'CHECK', check: 'token:ci', detail: 'it ran out', tool: 'bamboo-rekey' }),
  ]);
});
