// Preloaded by `.ci/run` into every Node that the suites start: keeps each import that a simulator of such a process is sent, as `sent-imports.ts` does within
// Jest, so that Atlassian's own library judges them, too. Plain JavaScript: Node 20 has to load it beside the built bin.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.env.IMPORT_BODIES ?? '';
const [, program = ''] = process.argv;
const kept = new Set();

function keep({ sender, ...notice }) {
  const line = JSON.stringify({ ...notice, sender: sender === 'bamboo-rekey' ? 'product' : 'other', program: basename(program) });
  if (kept.has(line)) return;
  kept.add(line);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.ndjson`), `${line}\n`);
}

// What simulators within Jest are sent, `listen-to-imports.ts` hears, which knows the suite.
if (folder !== '' && !/[\\/]node_modules[\\/]jest/.test(program)) subscribe('bamboo-rekey.simulator.import', keep);
