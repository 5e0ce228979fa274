import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { shellIn } from '../support/shells.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

describe('completion in other shells', () => {
  const shell = shellIn(temporaryDirectories()());

  it.each([
    ['bamboo-rekey ap', 'apply'],
    ['bamboo-rekey plan --kind bit', 'bitbucket-cloud'],
    ['bamboo-rekey apply plan.json --on-error ', 'continue\nstop'],
    ['bamboo-rekey show la', 'latest'],
  ])('fish completes "%s"', (line, expected) => {
    expect(shell('fish', '--no-config', '-c', `bamboo-rekey completion fish | source; complete -C '${line}'`).trim()).toBe(expected);
  });

  it.each([
    ['bamboo-rekey pl', 'plan'],
    ['bamboo-rekey completion z', 'zsh'],
  ])('zsh completes "%s" at the keyboard', (line, expected) => {
    const typed = [
      'zmodload zsh/zpty',
      'zpty terminal zsh -f -i',
      `zpty -w terminal 'autoload -U compinit; compinit -u -D; bamboo-rekey completion zsh > _bamboo-rekey; source ./_bamboo-rekey; echo rea""dy'`,
      `zpty -r terminal seen '*ready*'`,
      `zpty -wn terminal '${line}'$'\\t'`,
      `zpty -r terminal seen '*${expected} *'`,
      'print -r -- "$seen"',
      'zpty -d terminal',
    ];
    expect(shell('zsh', '-f', '-c', typed.join('\n'))).toContain(expected);
  });
});

describe('the man page', () => {
  const shell = shellIn(temporaryDirectories()());

  it('is set without a warning', () => {
    expect(shell('groff', '-man', '-ww', '-z', '-Tutf8', join(import.meta.dirname, '../../docs/bamboo-rekey.1'))).toBe('');
  });
});
