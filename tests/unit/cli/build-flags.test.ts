import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../src/cli/parse-command-line.ts';

async function request(line: string): Promise<unknown> {
  const parsed = await parseCommandLine(line.split(' '), '0.1.0');
  return parsed.kind === 'command' ? parsed.command.request : parsed.text;
}

describe('the flags of a build', () => {
  it.each([
    ['verify r1 --build WEB-CI', { build: { plan: 'WEB-CI', timeoutMs: 900_000 } }],
    ['verify r1 --build WEB-CI0 --build-timeout 2', { build: { plan: 'WEB-CI0', timeoutMs: 120_000 } }],
    ['apply plan.json --canary-build WEB-CI --build-timeout 60', { canaryBuild: { plan: 'WEB-CI', timeoutMs: 3_600_000 } }],
    ['doctor --capture forms', { capture: 'forms' }],
  ])('%s', async (line, part) => {
    expect(await request(line)).toMatchObject(part);
  });

  it.each([
    ['verify r1 --build-timeout 5', '--build-timeout: expected together with --build PLANKEY.'],
    ['verify r1 --build WEB', '--build: expected the key of a plan, such as WEB-BUILD, got "WEB".'],
    ['verify r1 --build WEB-CI --build-timeout 0', '--build-timeout: expected a whole number from 1 to 1440, got "0".'],
    ['apply plan.json --canary-build', '--canary-build: expected a value after it.'],
  ])('%s is refused', async (line, message) => {
    await expect(request(line)).rejects.toMatchObject({ code: 'USAGE_INVALID', message });
  });

  it('are not there where nothing is built', async () => {
    expect(await request('verify r1')).not.toHaveProperty('build');
    expect(await request('apply plan.json')).not.toHaveProperty('canaryBuild');
  });
});
