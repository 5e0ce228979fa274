import type { ReportOptions } from '../verbs/report.ts';
import type { Command } from './command.ts';
import { usageError } from './usage-error.ts';

const FORMATS = ['html', 'csv', 'junit', 'md', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** What `report` was asked for. */
export interface ReportRequest {
  readonly options: ReportOptions;
  readonly format: Format;
  readonly out: string;
  /** Overwrite what stands there. */
  readonly force: boolean;
}

/** `report`: a plan or a run as a document, with the evidence that no secret leaked. */
export const reportCommand: Command<ReportRequest> = {
  name: 'report',
  summary: 'Writes a plan or a run as a document: for those who approve, audit or watch over it. Asks no server.',
  operand: { name: 'PLAN|RUN', describe: 'a plan file, the id of a run, or latest' },
  flags: {
    out: { alias: 'o', value: 'FILE', describe: 'the file to write' },
    format: { value: 'FORMAT', choices: FORMATS, describe: `${FORMATS.join(', ')} (default: what the name after -o ends in, else html; .xml is junit)` },
    force: { describe: 'overwrite FILE where it exists' },
  },
  examples: [
    ['bamboo-rekey report plan.json -o plan.html', 'what will change, for those who approve it'],
    ['bamboo-rekey report latest -o run.html', 'what has changed, with the security evidence'],
    ['bamboo-rekey report latest -o run.xml --format junit --force', 'for a CI server'],
  ],
  read: (args) => {
    const target = args.operand();
    const out = args.text('out');
    if (target === undefined) throw usageError('report: expected PLAN|RUN, a plan file, the id of a run, or latest.', 'report');
    if (out === undefined) throw usageError('report: expected -o FILE, the file to write.', 'report');
    return { options: { target }, format: args.oneOf('format', FORMATS) ?? formatOf(out), out, force: args.has('force') };
  },
  run: async ({ options, format, out, force }, session) => {
    const { report } = await import('../verbs/report.ts');
    const { reportText } = await session.results();
    const text = reportText(await report(options, session.runtime), format);
    const { documents } = session.runtime;
    await (force ? documents.write(out, text) : documents.create(out, text));
    session.print(`Wrote ${out}.\n`);
    return { exit: 0 };
  },
};

function formatOf(out: string): Format {
  if (/\.xml$/i.test(out)) return 'junit';
  return FORMATS.find((format) => out.toLowerCase().endsWith(`.${format}`)) ?? 'html';
}
