// The whole story against the embedded simulator: find, preview, apply, a second plan that finds nothing to do, go back;
// ends with the proof, taken from what the server holds, that nothing but credentials changed. Exit 0 only when the proof holds.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator, writeSimulatorConfig } from '../dist/simulator.js';

const BIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-demo-'));
const simulator = await startSimulator({ repositories: 60, seed: 'demo' });

/** Says one line of the story. */
function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Runs the bin as a user would, and stops the demo when it ends otherwise than expected. */
async function bambooRekey(expected, ...words) {
  say(`\n$ bamboo-rekey ${words.join(' ')}`);
  const child = spawn(process.execPath, [BIN, ...words], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const exit = await new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  if (exit !== expected) fail(`"bamboo-rekey ${words.join(' ')}" ended with exit code ${exit}, not ${expected}`);
}

function fail(why) {
  throw new Error(`The demo failed: ${why}.`);
}

/** Everything that the simulated server holds: repositories of every level, and shared credentials. */
function held() {
  const credentials = simulator
    .sharedCredentials()
    .map(({ id, username, settings, secrets }) => ({ id: `credential ${id}`, settings: { ...settings, username }, secrets }));
  return structuredClone([...simulator.repositories(), ...credentials]);
}

/** What differs between two states of one object, as "setting NAME" and "secret NAME". */
function differences(before, after) {
  const names = (kind) => [...new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])])].filter((name) => before[kind][name] !== after[kind][name]);
  return [...names('settings').map((name) => `setting ${name}`), ...names('secrets').map((name) => `secret ${name}`)];
}

/** Counts, over all objects, which settings and secrets differ. */
function compare(before, after) {
  const later = new Map(after.map((object) => [object.id, object]));
  const counts = new Map();
  for (const object of before) {
    const other = later.get(object.id) ?? fail(`${object.id} is gone`);
    for (const what of differences(object, other)) counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  if (after.length !== before.length) fail(`there are ${after.length} objects now, not ${before.length}`);
  return counts;
}

try {
  say(
    `A simulated Bamboo runs at ${simulator.bambooUrl}, with ${simulator.repositories().length} repositories and ${simulator.sharedCredentials().length} shared credentials of all kinds.`,
  );
  await writeSimulatorConfig(simulator, join(folder, 'bamboo-rekey.yaml'));
  const start = held();
  await bambooRekey(0, 'doctor');
  await bambooRekey(0, 'inventory');
  await bambooRekey(0, 'plan', '-o', 'plan.json');
  await bambooRekey(0, 'apply', 'plan.json', '--yes');
  const applied = held();
  await bambooRekey(0, 'plan', '--exit-code');
  await bambooRekey(0, 'rollback', 'latest', '--yes');
  const changed = compare(start, applied);
  const left = compare(start, held());
  say('\nThe proof, from what the simulated server holds:');
  for (const [what, count] of changed) say(`  apply changed    ${what} in ${count} objects`);
  const foreign = [...changed.keys()].filter((what) => !/username$|password$/i.test(what));
  if (changed.size === 0 || foreign.length > 0) fail(`apply changed ${foreign.join(', ') || 'nothing'}`);
  if (left.size > 0) fail(`after the rollback there still differ: ${[...left.keys()].join(', ')}`);
  say(`  apply changed    nothing else, in any of ${start.length} repositories and shared credentials`);
  say('  rollback         brought every setting and every secret back');
} finally {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
}
