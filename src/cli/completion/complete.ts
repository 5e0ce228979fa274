import { assertNever } from '../../core/assert-never.ts';
import type { Runtime } from '../../core/ports.ts';
import { LATEST } from '../../core/run-id.ts';
import { COMMANDS } from '../commands.ts';
import type { GlobalFlags } from '../global-flags.ts';
import type { Session } from '../session.ts';
import { knownProjects, knownRuns, knownWorkspaces } from './known-names.ts';
import { type Position, readUnfinished, type Unfinished } from './position.ts';
import { SCRIPTS } from './scripts.ts';

/** Other names would have to be quoted, each shell in its way; those of a hostile server never get here. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** Opens what names are read from. */
type Open = (flags: GlobalFlags, repeats: readonly never[]) => Promise<Pick<Session, 'runtime'>>;

/** Candidates for the last of the words; none where there is nothing to say, or something goes wrong. */
export async function completed(words: readonly string[], open: Open): Promise<string[]> {
  const unfinished = readUnfinished(words);
  try {
    const candidates = await candidatesAt(unfinished.position, () => runtimeOf(unfinished, open));
    return candidates.filter((each) => each.startsWith(unfinished.begun) && PLAIN.test(each)).map((each) => `${unfinished.before}${each}`);
  } catch {
    return [];
  }
}

async function candidatesAt(position: Position, runtime: () => Promise<Runtime>): Promise<readonly string[]> {
  switch (position.kind) {
    case 'command':
      return COMMANDS.map(({ name }) => name);
    case 'flag':
      return [...Object.keys(position.flags), 'help'].map((name) => `--${name}`);
    case 'value':
      return position.flag.choices ?? namesFor(position.name, runtime);
    case 'operand':
      return operandsOf(position.command.operand?.name.split('|') ?? [], runtime);
    case 'nothing':
      return [];
    default:
      return assertNever(position);
  }
}

async function namesFor(flag: string, runtime: () => Promise<Runtime>): Promise<readonly string[]> {
  if (flag === 'project') return knownProjects(await runtime());
  return flag === 'workspace' ? knownWorkspaces(await runtime()) : [];
}

async function operandsOf(names: readonly string[], runtime: () => Promise<Runtime>): Promise<readonly string[]> {
  if (names.includes('SHELL')) return Object.keys(SCRIPTS);
  return names.includes('RUN') ? [LATEST, ...(await knownRuns(await runtime()))] : [];
}

/** A session that tells nobody anything. */
async function runtimeOf({ values }: Unfinished, open: Open): Promise<Runtime> {
  const stateDir = values.get('state-dir');
  const flags = { config: values.get('config') ?? 'bamboo-rekey.yaml', ...(stateDir === undefined ? {} : { stateDir }) };
  const { runtime } = await open({ ...flags, json: false, quiet: true, noColor: true, noInput: true }, []);
  return runtime;
}
