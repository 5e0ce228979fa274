import { SaxesParser } from 'saxes';
import { isSecret } from './secret-key.ts';
import { shorten, TAKEN_OUT } from './shorten.ts';

/** Settings in the order of the document. Of secrets only the names of those that hold something are left. */
export interface Settings {
  readonly values: readonly (readonly [key: string, value: string])[];
  readonly secrets: readonly string[];
}

/** One XML definition, its parts kept apart. */
export interface Definition {
  readonly kind: 'definition';
  /** `serverConfiguration/entry`, where credentials live [D]; undefined where there is no such element. */
  readonly server: Settings | undefined;
  /** `entry` anywhere else; left out unless everything was asked for. */
  readonly entries: Settings;
  /** Elements without children, by their dotted path; of the legacy layout alone unless everything was asked for. */
  readonly elements: Settings;
}

/** An XML definition that cannot be read. The reason quotes nothing of it: it may hold secrets. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly why: string;
}

/** Whether any setting was found. */
export function isEmpty({ values, secrets }: Settings): boolean {
  return values.length + secrets.length === 0;
}

class Collected implements Settings {
  readonly values: [string, string][] = [];
  readonly secrets: string[] = [];

  add(key: string, value: string): void {
    if (key === '') return;
    if (!isSecret(key, value)) this.values.push([key, value]);
    else if (value !== '') this.secrets.push(key);
  }
}

/** Reads XML definitions, one after the other; entities other than XML's own five are never expanded, so a document that uses them is malformed. */
export class DefinitionReader {
  readonly #parser = new SaxesParser({ position: false });
  readonly #everything: boolean;
  #failed = false;
  #path: string[] = [];
  #text = '';
  #isLeaf = false;
  #serverDepth = 0;
  #entryDepth = 0;
  #strings: string[] = [];
  #takenOut: readonly (readonly [string, string])[] = [];
  #next = 0;
  #server: Collected | undefined;
  #entries = new Collected();
  #elements = new Collected();

  /** @param everything take settings from anywhere: where they stand in a shared credential is not known */
  constructor(everything: boolean) {
    this.#everything = everything;
    this.#parser.on('opentag', ({ name }) => this.#open(name));
    this.#parser.on('text', (text) => this.#append(text));
    this.#parser.on('cdata', (text) => this.#append(text));
    this.#parser.on('closetag', ({ name }) => this.#close(name));
    this.#parser.on('error', () => {
      this.#failed = true;
    });
  }

  read(xml: string): Definition | Malformed {
    const text = xml.trim();
    const short = shorten(text);
    this.#begin(short.entries);
    this.#parser.write(short.xml).close();
    if (this.#failed) return { kind: 'malformed', why: `its XML is not well-formed${positionOf(text)}` };
    return { kind: 'definition', server: this.#server, entries: this.#entries, elements: this.#elements };
  }

  #begin(takenOut: readonly (readonly [string, string])[]): void {
    this.#takenOut = takenOut;
    this.#next = 0;
    this.#failed = false;
    this.#path = [];
    this.#serverDepth = 0;
    this.#entryDepth = 0;
    this.#server = undefined;
    this.#entries = new Collected();
    this.#elements = new Collected();
  }

  #open(name: string): void {
    const depth = this.#path.push(name);
    this.#text = '';
    this.#isLeaf = name !== TAKEN_OUT;
    if (name === 'serverConfiguration' && this.#serverDepth === 0) {
      this.#serverDepth = depth;
      this.#server ??= new Collected();
    }
    if (name === TAKEN_OUT) this.#putBack();
    if (name === 'entry' && this.#entryDepth === 0) {
      this.#entryDepth = depth;
      this.#strings = [];
    }
  }

  #append(text: string): void {
    this.#text += text;
  }

  #close(name: string): void {
    const depth = this.#path.length;
    if (this.#entryDepth > 0) this.#closeInEntry(name, depth);
    else if (this.#isLeaf && (this.#everything || this.#isLegacy())) this.#elements.add(this.#path.join('.'), this.#text.trim());
    if (depth === this.#serverDepth) this.#serverDepth = 0;
    this.#path.pop();
    this.#isLeaf = false;
  }

  /** `string[1]` is the key, `string[2]` the value [D]; other children of an entry are not known and left out. */
  #closeInEntry(name: string, depth: number): void {
    if (depth === this.#entryDepth + 1 && name === 'string') this.#strings.push(this.#text.trim());
    if (depth !== this.#entryDepth) return;
    this.#entryDepth = 0;
    this.#add(this.#strings[0] ?? '', this.#strings[1] ?? '');
  }

  /** An entry inside of another one is a value of it, and no setting. */
  #putBack(): void {
    const [key, value] = this.#takenOut[this.#next] ?? ['', ''];
    this.#next += 1;
    if (this.#entryDepth === 0) this.#add(key.trim(), value.trim());
  }

  #add(key: string, value: string): void {
    if (this.#serverDepth > 0) this.#server?.add(key, value);
    else if (this.#everything) this.#entries.add(key, value);
  }

  #isLegacy(): boolean {
    return this.#path.includes('configuration') || this.#path.at(-1) === 'legacyXml';
  }
}

/** Reads once more to tell where: counting lines all the time would cost a third of the speed. */
function positionOf(text: string): string {
  let position = '';
  const parser = new SaxesParser({ position: true });
  parser.on('error', ({ message }) => {
    if (position === '') position = /^(\d+):(\d+)/.exec(message)?.slice(1).join(', column ') ?? '';
  });
  parser.write(text).close();
  return position === '' ? '' : ` (line ${position})`;
}
