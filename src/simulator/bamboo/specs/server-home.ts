import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Switches } from '../switches.ts';

/** Where the server thinks that its home is. */
const SERVER_HOME = '/var/atlassian/application-data/bamboo';

/** Below it: the facts only say that an export goes to a default location in the home. */
const EXPORTS = 'exports';

/** The home folder of one server: at one path for the server itself, at another one for who looks in from outside. */
export class ServerHome {
  readonly server = SERVER_HOME;
  readonly local = mkdtempSync(join(tmpdir(), 'bamboo-home-'));
  readonly #switches: Pick<Switches, 'exports' | 'exportMs'>;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(switches: Pick<Switches, 'exports' | 'exportMs'>) {
    this.#switches = switches;
  }

  /** Writes an exported document, at once or as the switches have it, and gives its path on the server. */
  writeExport(name: string, text: string): string {
    const file = join(EXPORTS, `${name}.yaml`);
    const write = (part: string): void => writeBelow(join(this.local, file), part);
    const how = this.#switches.exports;
    rmSync(join(this.local, file), { force: true });
    if (how === 'at-once') write(text);
    if (how === 'half' || how === 'half-then-whole') write(text.slice(0, Math.floor(text.length / 2)));
    if (how === 'late' || how === 'half-then-whole') this.#later(() => write(text));
    return `${SERVER_HOME}/${file}`;
  }

  /** The document that lies there from the last export of that name. */
  lastExport(name: string): string | undefined {
    const file = join(this.local, EXPORTS, `${basename(name)}.yaml`);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** Removes the folder and forgets what is still to be written. */
  remove(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    rmSync(this.local, { recursive: true, force: true });
  }

  #later(action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, this.#switches.exportMs);
    this.#timers.add(timer.unref());
  }
}

function writeBelow(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o640 });
}
