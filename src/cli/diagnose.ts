import { setFlagsFromString } from 'node:v8';
import type { DiagnoseOptions } from '../verbs/diagnose.ts';
import type { Command } from './command.ts';
import { usageError } from './usage-error.ts';

const FORMATS = ['table', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** What `diagnose` was asked for. */
export interface DiagnoseRequest {
  readonly options: DiagnoseOptions;
  readonly format: Format;
  readonly out?: string;
}

/** `diagnose`: what does Bamboo's log say? */
export const diagnoseCommand: Command<DiagnoseRequest> = {
  name: 'diagnose',
  summary: "Recognises the known failures in Bamboo's own log and names the repositories; asks no server, prints no secret that it finds.",
  operand: { name: 'LOGFILE', describe: 'logs as text or gzip, in any order; - is standard input', many: true },
  flags: {
    format: { value: 'FORMAT', choices: FORMATS, describe: `${FORMATS.join(', ')} (default: what the name after -o ends in, else table)` },
    out: { alias: 'o', value: 'FILE', describe: 'write to this file instead of stdout' },
    inventory: { value: 'FILE', describe: 'a saved "inventory --format json", to name the objects on the server' },
  },
  examples: [
    ['bamboo-rekey diagnose /var/atlassian/application-data/bamboo/logs/atlassian-bamboo.log*', 'the log with all its rotated parts'],
    ['bamboo-rekey diagnose bamboo.log.2.gz bamboo.log --inventory inventory.json', 'with the names of the objects'],
    ['ssh bamboo cat bamboo/logs/atlassian-bamboo.log | bamboo-rekey diagnose -', 'from another machine'],
  ],
  repeats: ['KNOWN_FAILURE', 'WARNING'],
  read: (args) => {
    const logs = args.operands();
    if (logs.length === 0) throw usageError("diagnose: expected LOGFILE, Bamboo's atlassian-bamboo.log, or - for standard input.", 'diagnose');
    const inventory = args.text('inventory');
    const out = args.text('out');
    const format = args.oneOf('format', FORMATS) ?? FORMATS.find((each) => out?.endsWith(`.${each}`)) ?? 'table';
    return { options: { logs, ...(inventory === undefined ? {} : { inventory }) }, format, ...(out === undefined ? {} : { out }) };
  },
  run: async ({ options, format, out }, session) => {
    // Else V8 gives what lives for a moment sixteen times the room after some hundred megabytes: 30 MB more, and no faster.
    setFlagsFromString('--semi-space-growth-factor=1');
    const { diagnose } = await import('../verbs/diagnose.ts');
    const { diagnosis, problem } = await diagnose(options, session.runtime);
    // Of nothing there is nothing to say to a person: not even that no failure was found.
    if (problem !== undefined && format === 'table' && diagnosis.logs.every(({ state }) => state === 'unreadable')) throw problem;
    const { diagnosisText } = await session.results();
    if (out === undefined) session.print(diagnosisText(diagnosis, format, session.screen));
    else await session.runtime.documents.write(out, diagnosisText(diagnosis, format));
    if (problem !== undefined) throw problem;
    return { exit: 0 };
  },
};
