import { DEFAULT_CONFIG } from './global-flags.ts';
import type { Session } from './session.ts';

/** What every proposed command has to repeat so that it means the same server and the same runs. */
type Given = Pick<Session, 'configPath' | 'stateDir'>;

/** A command as a person has to type it here: with the configuration and the state directory that this command was given. */
export function typedCommand(command: string, { configPath, stateDir }: Given): string {
  const given = [...(configPath === DEFAULT_CONFIG ? [] : ['-c', configPath]), ...(stateDir === undefined ? [] : ['--state-dir', stateDir])];
  return command.replace(/^bamboo-rekey \S+/, (words) => `${words}${shellWords(given)}`);
}

/** Words for the end of a command line, each so that a shell gives it back unchanged. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => ` ${/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`}`).join('');
}
