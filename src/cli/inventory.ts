import type { InventoryOptions } from '../verbs/inventory.ts';
import type { Command } from './command.ts';
import { readSelection, SELECTION_FLAGS } from './selection-flags.ts';

const FORMATS = ['table', 'json', 'csv'] as const;
type Format = (typeof FORMATS)[number];

/** What `inventory` was asked for. */
export interface InventoryRequest {
  readonly options: InventoryOptions;
  readonly format: Format;
  readonly out?: string;
}

/** `inventory`: what does the server hold? */
export const inventoryCommand: Command<InventoryRequest> = {
  name: 'inventory',
  summary: 'Lists every repository and shared credential that can hold a Bitbucket Cloud credential, and what could not be read.',
  flags: {
    format: { value: 'FORMAT', choices: FORMATS, describe: `${FORMATS.join(', ')} (default: what the name after -o ends in, else table)` },
    out: { alias: 'o', value: 'FILE', describe: 'write to this file instead of stdout' },
    ...SELECTION_FLAGS,
  },
  examples: [
    ['bamboo-rekey inventory', 'everything, as a table'],
    ['bamboo-rekey inventory --project WEB --level plan', 'repositories that plans of project WEB own'],
    ['bamboo-rekey inventory -o inventory.csv', 'for a spreadsheet'],
  ],
  repeats: ['UNREAD'],
  read: (args) => {
    const out = args.text('out');
    const format = args.oneOf('format', FORMATS) ?? FORMATS.find((each) => out?.endsWith(`.${each}`)) ?? 'table';
    return { options: { selection: readSelection(args) }, format, ...(out === undefined ? {} : { out }) };
  },
  run: async ({ options, format, out }, session) => {
    const { inventory } = await import('../verbs/inventory.ts');
    const found = await inventory(options, session.runtime);
    const { inventoryText } = await session.results();
    if (out === undefined) session.print(inventoryText(found, format, session.screen));
    else await session.runtime.documents.write(out, inventoryText(found, format));
    return { exit: 0 };
  },
};
