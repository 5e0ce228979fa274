import { DATABASE_PRODUCTS, type DatabaseProduct } from '../core/source-reading.ts';
import type { InventoryOptions } from '../verbs/inventory.ts';
import type { Command } from './command.ts';
import { readSelection, SELECTION_FLAGS } from './selection-flags.ts';
import type { Session } from './session.ts';

const FORMATS = ['table', 'json', 'csv'] as const;
type Format = (typeof FORMATS)[number];

/** What `inventory` was asked for. */
export interface InventoryRequest {
  readonly options: InventoryOptions;
  readonly format: Format;
  readonly out?: string;
  /** Print the SELECT for this product, and read nothing. */
  readonly printSql?: DatabaseProduct;
}

/** `inventory`: what does the server hold? */
export const inventoryCommand: Command<InventoryRequest> = {
  name: 'inventory',
  summary: 'Lists every repository and shared credential that can hold a Bitbucket Cloud credential, and what could not be read.',
  flags: {
    format: { value: 'FORMAT', choices: FORMATS, describe: `${FORMATS.join(', ')} (default: what the name after -o ends in, else table)` },
    out: { alias: 'o', value: 'FILE', describe: 'write to this file instead of stdout' },
    'print-sql': {
      value: 'PRODUCT',
      describe: `print the SELECT that a database administrator runs for bamboo.inventoryFile: ${DATABASE_PRODUCTS.join(', ')}`,
    },
    ...SELECTION_FLAGS,
  },
  examples: [
    ['bamboo-rekey inventory', 'everything, as a table'],
    ['bamboo-rekey inventory --project WEB --level plan', 'repositories that plans of project WEB own'],
    ['bamboo-rekey inventory -o inventory.csv', 'for a spreadsheet'],
    ['bamboo-rekey inventory --print-sql oracle', 'what the database administrator runs'],
  ],
  repeats: ['UNREAD'],
  read: (args) => {
    const out = args.text('out');
    const format = args.oneOf('format', FORMATS) ?? FORMATS.find((each) => out?.endsWith(`.${each}`)) ?? 'table';
    const printSql = args.oneOf('print-sql', DATABASE_PRODUCTS);
    return { options: { selection: readSelection(args) }, format, ...(out === undefined ? {} : { out }), ...(printSql === undefined ? {} : { printSql }) };
  },
  run: async ({ options, format, out, printSql }, session) => {
    if (printSql !== undefined) {
      await write(await session.printSql(printSql), out, session);
      return { exit: 0 };
    }
    const { inventory } = await import('../verbs/inventory.ts');
    const found = await inventory(options, session.runtime);
    const { inventoryText } = await session.results();
    await write(inventoryText(found, format, ...(out === undefined ? [session.screen] : [])), out, session);
    return { exit: 0 };
  },
};

async function write(text: string | Iterable<string>, out: string | undefined, session: Session): Promise<void> {
  if (out === undefined) session.print([...text].join(''));
  else await session.runtime.documents.write(out, text);
}
