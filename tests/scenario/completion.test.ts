import { describe, expect, it } from '@jest/globals';
import { shellIn } from '../support/shells.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

/** What bash does when TAB is pressed, without the keyboard. */
function pressed(...words: string[]): string {
  const quoted = words.map((word) => `'${word}'`).join(' ');
  return `. <(bamboo-rekey completion bash); COMP_WORDS=(bamboo-rekey ${quoted}); COMP_CWORD=${words.length}; _bamboo_rekey; printf '%s\\n' "\${COMPREPLY[@]}"`;
}

describe('completion in bash', () => {
  const shell = shellIn(temporaryDirectories()());

  it.each([
    [['ap'], 'apply\n'],
    [['plan', '--kind', 'bit'], 'bitbucket-cloud\n'],
    [['show', 'la'], 'latest\n'],
    [['plan', '-o', ''], '\n'],
  ])('completes %j', (words, expected) => {
    expect(shell('bash', '-c', pressed(...words))).toBe(expected);
  });

  it('is registered for the program, with files where there is nothing else', () => {
    expect(shell('bash', '-c', '. <(bamboo-rekey completion bash); complete -p bamboo-rekey')).toBe('complete -o default -F _bamboo_rekey bamboo-rekey\n');
  });
});
