import type { Command } from './command.ts';
import { typedCommand } from './typed-command.ts';
import { usageError } from './usage-error.ts';

const FORMATS = ['table', 'json'] as const;
const USUAL_DAYS = 30;

/** What `expiry` was asked for. */
export interface ExpiryRequest {
  /** Configurations besides the first. */
  readonly others: readonly string[];
  readonly withinDays: number;
  readonly exitCode: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

/** `expiry`: which tokens run out when? */
export const expiryCommand: Command<ExpiryRequest> = {
  name: 'expiry',
  summary: 'Tells which tokens run out when and what stands on them, from the configuration and the journals; asks no server.',
  severalConfigs: true,
  flags: {
    within: { value: 'DAYS', describe: `how far ahead is soon, as 30d or 4w (default: ${USUAL_DAYS}d)` },
    'exit-code': { describe: 'exit with 10 when a token has run out or does so soon' },
    format: { value: 'FORMAT', choices: FORMATS, describe: `${FORMATS.join(', ')} (default: what the name after -o ends in, else table)` },
    out: { alias: 'o', value: 'FILE', describe: 'write to this file instead of stdout' },
  },
  examples: [
    ['bamboo-rekey expiry', 'every token, the one that runs out first on top'],
    ['bamboo-rekey expiry --within 30d --exit-code -q', 'for cron: 10 when it is time for a new token'],
    ['bamboo-rekey expiry -c one.yaml -c two.yaml', 'several servers in one table'],
  ],
  repeats: ['EXPIRY', 'UNREAD'],
  read: (args) => {
    const out = args.text('out');
    return {
      others: args.texts('config').slice(1),
      withinDays: readDays(args.text('within')),
      exitCode: args.has('exit-code'),
      format: args.oneOf('format', FORMATS) ?? FORMATS.find((each) => out?.endsWith(`.${each}`)) ?? 'table',
      ...(out === undefined ? {} : { out }),
    };
  },
  run: async ({ others, withinDays, exitCode, format, out }, session) => {
    const { expiry, runsOutSoon } = await import('../verbs/expiry.ts');
    const report = await expiry({ withinDays }, [session.runtime, ...others.map(session.runtimeFor)]);
    const { expiryText } = await session.results();
    // Of several configurations none can be named for all.
    const typed = (command: string): string => (others.length > 0 ? command : typedCommand(command, session));
    if (out === undefined) session.print(expiryText(report, format, typed, session.screen));
    else await session.runtime.documents.write(out, expiryText(report, format, typed));
    return { exit: exitCode && runsOutSoon(report) ? 10 : 0 };
  },
};

function readDays(text: string | undefined): number {
  if (text === undefined) return USUAL_DAYS;
  const [, count, unit] = /^(\d{1,5})([dw]?)$/.exec(text) ?? [];
  if (count === undefined) throw usageError(`--within: expected days or weeks, as 30d or 4w, got "${text}".`, 'expiry');
  return Number(count) * (unit === 'w' ? 7 : 1);
}
