import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseDocument } from 'yaml';
import { type Simulator, type SimulatorOptions, startSimulator, writeSimulatorConfig } from '../../src/simulator/index.ts';
import { keepPrinted } from './printed.ts';

const BIN = join(import.meta.dirname, '../../dist/main.js');

/** How one command ended. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running simulator, and a directory with a configuration for it in which commands are typed. */
export interface BinWorld {
  readonly simulator: Simulator;
  readonly directory: string;
  /** Runs the bin to its end. */
  run(...words: string[]): Promise<Ended>;
  /** Changes the configuration at a path. */
  configure(path: readonly (string | number)[], value: unknown): void;
  /** Writes a file into the directory. */
  write(name: string, content: string): void;
  read(name: string): string;
  stop(): Promise<void>;
}

/** Starts a world in an empty directory; stop it after the tests. */
export async function startBinWorld(directory: string, options: SimulatorOptions = {}): Promise<BinWorld> {
  const simulator = await startSimulator({ repositories: 12, seed: 'world', ...options });
  const file = join(directory, 'bamboo-rekey.yaml');
  await writeSimulatorConfig(simulator, file);
  return {
    simulator,
    directory,
    run: (...words) => run(directory, words),
    configure: (path, value) => {
      const document = parseDocument(readFileSync(file, 'utf8'));
      if (value === undefined) document.deleteIn(path);
      else document.setIn(path, value);
      writeFileSync(file, String(document));
    },
    write: (name, content) => writeFileSync(join(directory, name), content, { mode: 0o600 }),
    read: (name) => readFileSync(join(directory, name), 'utf8'),
    stop: () => simulator.stop(),
  };
}

async function run(directory: string, words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...words], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  keepPrinted(directory, words.join(' '), stdout + stderr);
  return { exit: code, stdout, stderr };
}
