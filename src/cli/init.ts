import type { DoctorReport } from '../core/doctor-report.ts';
import { RekeyError, toRekeyError } from '../core/errors.ts';
import type { RunEvent } from '../core/events.ts';
import type { Command } from './command.ts';
import type { Session } from './session.ts';
import { typedCommand } from './typed-command.ts';
import { usageError } from './usage-error.ts';

/** `init`: the first configuration. */
export const initCommand: Command<null> = {
  name: 'init',
  summary: 'Writes bamboo-rekey.yaml: asks at most eight questions and tries the answers, or with --no-input writes a commented template.',
  flags: {},
  examples: [
    ['bamboo-rekey init', 'answer a few questions'],
    ['bamboo-rekey init --no-input -c staging.yaml', 'a commented template in another place'],
  ],
  read: () => null,
  run: async (_request, session) => {
    const { runtime, configPath } = session;
    if (!session.noInput && !runtime.interactive) throw usageError('There is no terminal to ask at: with --no-input a commented template is written.', 'init');
    if (await exists(session))
      throw new RekeyError('FILE_UNWRITABLE', `${configPath} is there already; nothing is ever overwritten.`, {
        remedy: 'Name another file with --config FILE, or move this one away.',
      });
    if (session.noInput) await session.createFile(configPath, await session.template());
    else await askAndTry(session);
    session.print(`Wrote ${configPath}. Fill in what is yours, then check it with "${typedCommand('bamboo-rekey doctor', session)}".\n`);
    return { exit: 0 };
  },
};

/** Known before anything is asked; the file is created as a new one all the same. */
async function exists({ runtime, configPath }: Session): Promise<boolean> {
  return runtime.documents.read(configPath).then(
    () => true,
    () => false,
  );
}

/** The answers are written first and then tried as any other configuration; what the server holds is added as a proposal. */
async function askAndTry(session: Session): Promise<void> {
  const { askForFirst } = await import('./init-questions.ts');
  const { firstConfigText } = await import('./init-text.ts');
  const answers = await askForFirst(await session.questions());
  await session.createFile(session.configPath, firstConfigText(answers, []));
  const report = await tried(session);
  for (const { check, status, detail } of report?.checks ?? []) if (status === 'ok' && check !== 'calendar') session.print(`ok  ${check}: ${detail}\n`);
  const workspaces = report?.workspaces ?? [];
  if (workspaces.length > 0) await session.runtime.documents.write(session.configPath, firstConfigText(answers, workspaces));
}

/** What is wrong with an answer is told, and is no reason not to have written it. */
async function tried({ runtime, runtimeFor, configPath }: Session): Promise<DoctorReport | undefined> {
  const { doctor } = await import('../verbs/doctor.ts');
  const emit = (event: RunEvent): void => {
    if (isOfInterest(event)) runtime.emit(event);
  };
  try {
    return await doctor({ ...runtimeFor(configPath), emit });
  } catch (thrown) {
    const { code, message, remedy, exit } = toRekeyError(thrown);
    if (exit === 130 || code === 'INTERNAL') throw thrown;
    emit({ event: 'CHECK', check: 'settings', status: 'failed', detail: message, remedy });
    return undefined;
  }
}

function isOfInterest(event: RunEvent): boolean {
  // Rules are proposed afterwards from what was found.
  if (event.event === 'CHECK') return !['calendar', 'assign'].includes(event.check);
  return event.event === 'PHASE' || event.event === 'PROGRESS';
}
