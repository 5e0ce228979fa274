import type { Arguments } from './arguments.ts';
import type { Flags } from './command.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The configuration where none is named. */
export const DEFAULT_CONFIG = 'bamboo-rekey.yaml';

/** How the whole tool behaves, whatever the command. */
export interface GlobalFlags {
  readonly config: string;
  readonly stateDir?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  readonly noInput: boolean;
  readonly logLevel?: (typeof LOG_LEVELS)[number];
  readonly logFile?: string;
}

/** Flags that every command takes. */
export const GLOBAL_FLAGS: Flags = {
  config: { alias: 'c', value: 'FILE', describe: `configuration (default: ${DEFAULT_CONFIG})` },
  'state-dir': { value: 'DIR', describe: 'where runs are kept (default: .bamboo-rekey beside the configuration)' },
  json: { describe: 'events as NDJSON on stdout and nothing else; documents go to -o' },
  quiet: { alias: 'q', describe: 'no progress' },
  'no-color': { describe: 'no colours' },
  'no-input': { describe: 'ask nothing' },
  'log-level': { value: 'LEVEL', choices: LOG_LEVELS, describe: `log to stderr or --log-file: ${LOG_LEVELS.join(', ')}` },
  'log-file': { value: 'FILE', describe: 'log to this file, secrets left out' },
};

/** Reads the global flags; of several configurations, where the command takes them, the first. */
export function readGlobalFlags(args: Arguments, severalConfigs = false): GlobalFlags {
  const stateDir = args.text('state-dir');
  const logLevel = args.oneOf('log-level', LOG_LEVELS);
  const logFile = args.text('log-file');
  return {
    config: (severalConfigs ? args.texts('config')[0] : args.text('config')) ?? DEFAULT_CONFIG,
    ...(stateDir === undefined ? {} : { stateDir }),
    json: args.has('json'),
    quiet: args.has('quiet'),
    noColor: args.has('no-color'),
    noInput: args.has('no-input'),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(logFile === undefined ? {} : { logFile }),
  };
}
