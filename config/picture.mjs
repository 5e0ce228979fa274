// Makes the picture of the README from a real run: the bin on a terminal, against the embedded simulator. `npm run picture [-- FILE]`.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator, writeSimulatorConfig } from '../dist/simulator.js';
import { openScreen, recordCommand, textOf } from './picture-record.mjs';
import { pictureOf } from './picture-svg.mjs';

const FILE = process.argv[2] ?? fileURLToPath(new URL('../docs/terminal.svg', import.meta.url));
const SIZE = { columns: 120, rows: 28 };
const TITLE = 'A recorded session: the inventory of a simulated Bamboo, the plan with what will change, apply with its canary and progress, and rollback.';
/** How long a scene stays, by what it shows. */
const SECONDS = { typed: 1, head: 4.5, asked: 2.5, end: 4.5 };
const PASSING_SECONDS = 0.5;
/** Of all that moved, so many moments are shown. */
const MOMENTS = 6;
const ATTEMPTS = 5;
const MOVING = /(Writing|Restoring)[^\n]*: \d+ of \d+[^\n]*/;

const COMMANDS = [
  { words: ['inventory'], shows: ['typed', 'head'] },
  { words: ['plan', '-o', 'plan.json'], shows: ['typed', 'head', 'end'], still: 'head' },
  {
    words: ['apply', 'plan.json'],
    answers: [
      { before: '/bamboo? (y/N)', keys: 'y\r' },
      { before: 'with the rest? (y/N)', keys: 'y\r' },
    ],
    moving: MOVING,
    shows: ['typed', 'asked', 'end'],
  },
  { words: ['rollback', 'latest', '--yes'], goesOn: true, moving: MOVING, shows: ['typed', 'end'] },
];

/** The scenes of one command: what is held, and some moments of what moved. */
function chosen(scenes, { shows, still }) {
  const passing = scenes.filter(({ kind, of }, index) => kind === 'passing' && of !== scenes[index - 1]?.of);
  const step = Math.max(1, passing.length / MOMENTS);
  const moments = new Set(Array.from({ length: MOMENTS }, (_, index) => passing[Math.floor(index * step)]));
  return scenes
    .filter((scene) => (scene.kind === 'passing' ? moments.has(scene) : shows.includes(scene.of)))
    .map((scene) => ({ ...scene, seconds: scene.kind === 'passing' ? PASSING_SECONDS : SECONDS[scene.of], isStill: scene.of === still }));
}

/** The whole story on a server of its own. */
async function record() {
  const folder = await mkdtemp(join(tmpdir(), 'bamboo-rekey-picture-'));
  const simulator = await startSimulator({ repositories: 60, seed: 'demo', latencyMs: 120 });
  try {
    await writeSimulatorConfig(simulator, join(folder, 'bamboo-rekey.yaml'));
    const scenes = [];
    let screen = openScreen(SIZE);
    for (const { shows, still, goesOn = false, ...command } of COMMANDS) {
      if (!goesOn) screen = openScreen(SIZE);
      scenes.push(...chosen(await recordCommand(screen, folder, command), { shows, still }));
    }
    return scenes;
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** On a busy machine the program says that the server is slow, which is not what the picture is about: it is made again. */
async function recordInPeace() {
  let scenes = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    scenes = await record();
    if (!scenes.some(({ screen }) => / is slow: | keeps up again: /.test(textOf(screen)))) return scenes;
  }
  throw new Error(`The machine is too busy for a picture: ${ATTEMPTS} runs were slowed down.`);
}

const scenes = await recordInPeace();
await writeFile(FILE, pictureOf(scenes, { ...SIZE, title: TITLE }));
process.stdout.write(`${FILE}: ${scenes.length} scenes\n`);
