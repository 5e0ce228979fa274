import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../src/cli/commands.ts';
import { parseCommandLine } from '../../src/cli/parse-command-line.ts';
import { planView } from '../../src/view/plan-view.ts';
import { golden } from '../support/golden-text.ts';
import { PIPE, planOfTwelve, planOfTwelveHundred } from '../support/view-samples.ts';

async function help(...argv: string[]): Promise<string> {
  const line = await parseCommandLine(argv, '0.0.0');
  return line.kind === 'text' ? line.text : 'no text';
}

describe('texts that people read', () => {
  it.each([
    ['plan-12.txt', planOfTwelve(), PIPE],
    ['plan-12-narrow.txt', planOfTwelve(), { width: 80, colors: false }],
    ['plan-1200.txt', planOfTwelveHundred(), PIPE],
  ])('%s shows a plan', (name, result, screen) => {
    const text = planView(result, 'bamboo-rekey apply plan.json', screen);
    expect(text).toBe(golden(name, text));
  });

  it('stays on one page for a large plan', () => {
    expect(planView(planOfTwelveHundred(), '', PIPE).split('\n').length).toBeLessThan(250);
  });

  it('help.txt lists the commands', async () => {
    const text = await help('--help');
    expect(text).toBe(golden('help.txt', text));
  });

  it('is the same after the word help', async () => {
    expect(await help('help', 'plan')).toBe(await help('plan', '--help'));
    expect(await help('help')).toBe(await help('--help'));
  });

  it('follows the terminal, but never breaks a command', async () => {
    const line = await parseCommandLine(['diagnose', '--help'], '0.0.0', 70);
    const [flags = '', examples] = (line.kind === 'text' ? line.text : '').split('Examples:\n');
    expect(Math.max(...flags.split('\n').map((each) => each.length))).toBeLessThanOrEqual(70);
    expect(examples).toContain('\n  bamboo-rekey diagnose /var/atlassian/application-data/bamboo/logs/atlassian-bamboo.log*\n');
  });

  it.each(COMMANDS.map(({ name }) => name))('help-%s.txt shows the flags and examples of the command', async (name) => {
    const text = await help(name, '--help');
    expect(text).toMatch(new RegExp(`Examples:\n  # .*\n  .*bamboo-rekey ${name}`));
    expect(text).toBe(golden(`help-${name}.txt`, text));
  });
});
