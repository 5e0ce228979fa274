import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The picture of the README, made again from a real run. */
describe('docs/terminal.svg', () => {
  const temporaryDirectory = temporaryDirectories();

  /** What stands in the scenes that are held, line by line, without what differs in every run: the port, names of runs, digests. */
  function heldText(svg: string): string[] {
    const $ = load(svg, { xml: true });
    return $('g.held')
      .toArray()
      .map((scene) => {
        const lines = new Map<string, string>();
        for (const run of $(scene).find('text').toArray()) lines.set($(run).attr('y') ?? '', `${lines.get($(run).attr('y') ?? '') ?? ''} ${$(run).text()}`);
        return masked([...lines.values()].join('\n'));
      });
  }

  function masked(text: string): string {
    return text
      .replace(/127\.0\.0\.1:\d+/g, 'HOST')
      .replace(/sha256:[0-9a-f]{64}/g, 'DIGEST')
      .replace(/\d{4}-\d\d-\d\dT[\w-]+/g, 'RUN');
  }

  it('shows what the program prints today; "npm run picture" makes it anew', () => {
    const file = join(temporaryDirectory(), 'terminal.svg');
    execFileSync(process.execPath, [join(ROOT, 'config/picture.mjs'), file], { stdio: 'pipe' });
    const made = readFileSync(file, 'utf8');
    const [, inventory, , plan, ...rest] = heldText(made);
    expect([inventory, plan, rest.at(-1)]).toEqual([
      expect.stringMatching(/^ \$ bamboo-rekey inventory\n.*\n \d+ objects,/),
      expect.stringMatching(/^ \$ bamboo-rekey plan -o plan\.json\n Plan for .*\n \d+ to change ?,/),
      expect.stringMatching(/apply, run RUN\n(?:.*\n)+.*rollback, run RUN\n \d+ objects = \d+ changed /),
    ]);
    expect(made).toMatch(/Writing: \d+ of \d+/);
    expect(heldText(readFileSync(join(ROOT, 'docs/terminal.svg'), 'utf8'))).toEqual(heldText(made));
  }, 600_000);
});
