import { basename, dirname } from 'node:path';
import type { Entry, FileSystem, OpenFile } from '../../src/store/file-system.ts';
import { systemError } from './intercept.ts';

interface File {
  readonly kind: 'file';
  content: string;
  /** What a power loss leaves at least. */
  durable: string;
}

interface Directory {
  readonly kind: 'directory';
  entries: Map<string, Node>;
  /** Names that a power loss leaves at least. */
  durable: Map<string, Node>;
}

type Node = File | Directory;

/** Decides what a disk happened to keep of what nobody synced: a number from 0 (nothing) to 1 (all). */
export type Luck = () => number;

/** A file system in memory that forgets at a power loss what was not synced: content by fsync, names by fsync of their directory. */
export class LosingFileSystem implements FileSystem {
  readonly #root: Directory;

  constructor(root: Directory = emptyDirectory()) {
    this.#root = root;
  }

  /** What a machine finds after the power came back. */
  afterPowerLoss(luck: Luck = () => 0): LosingFileSystem {
    return new LosingFileSystem(survive(this.#root, luck, new Map()) as Directory);
  }

  async create(path: string): Promise<OpenFile> {
    const file: File = { kind: 'file', content: '', durable: '' };
    this.#put(path, file);
    return openFile(file);
  }

  async append(path: string): Promise<OpenFile> {
    return openFile(this.#file(path));
  }

  async read(path: string): Promise<Uint8Array> {
    return Buffer.from(this.#file(path).content, 'latin1');
  }

  async inspect(path: string): Promise<Entry | undefined> {
    const node = this.#find(path);
    return node && { kind: node.kind, mode: node.kind === 'file' ? 0o600 : 0o700 };
  }

  async list(path: string): Promise<string[]> {
    return [...this.#directory(path).entries.keys()];
  }

  async makeDirectory(path: string): Promise<void> {
    this.#put(path, emptyDirectory());
  }

  async link(from: string, to: string): Promise<void> {
    this.#put(to, this.#file(from));
  }

  async rename(from: string, to: string): Promise<void> {
    const node = this.#find(from);
    if (node === undefined) throw systemError('ENOENT');
    this.#directory(dirname(from)).entries.delete(basename(from));
    this.#directory(dirname(to)).entries.set(basename(to), node);
  }

  async remove(path: string): Promise<void> {
    this.#file(path);
    this.#directory(dirname(path)).entries.delete(basename(path));
  }

  async syncDirectory(path: string): Promise<void> {
    const directory = this.#directory(path);
    directory.durable = new Map(directory.entries);
  }

  #put(path: string, node: Node): void {
    const directory = this.#directory(dirname(path));
    if (directory.entries.has(basename(path))) throw systemError('EEXIST');
    directory.entries.set(basename(path), node);
  }

  #find(path: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) node = node?.kind === 'directory' ? node.entries.get(name) : undefined;
    return node;
  }

  #file(path: string): File {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT');
    if (node.kind !== 'file') throw systemError('EISDIR');
    return node;
  }

  #directory(path: string): Directory {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT');
    if (node.kind !== 'directory') throw systemError('ENOTDIR');
    return node;
  }
}

function emptyDirectory(): Directory {
  return { kind: 'directory', entries: new Map(), durable: new Map() };
}

/** UTF-8 as bytes in a string, so that a file can lose a part of a character. */
function openFile(file: File): OpenFile {
  return {
    write: async (text) => {
      file.content += Buffer.from(text, 'utf8').toString('latin1');
    },
    sync: async () => {
      file.durable = file.content;
    },
    syncData: async () => {
      file.durable = file.content;
    },
    truncate: async (length) => {
      file.content = file.content.slice(0, length);
    },
    close: async () => undefined,
  };
}

function survive(node: Node, luck: Luck, seen: Map<Node, Node>): Node {
  const known = seen.get(node);
  if (known !== undefined) return known;
  if (node.kind === 'file') {
    const content = node.content.startsWith(node.durable)
      ? node.content.slice(0, node.durable.length + Math.round(luck() * (node.content.length - node.durable.length)))
      : node.durable;
    const file: File = { kind: 'file', content, durable: content };
    seen.set(node, file);
    return file;
  }
  const kept = luck() > 0.5 ? node.entries : node.durable;
  const entries = new Map([...kept].map(([name, child]) => [name, survive(child, luck, seen)]));
  return { kind: 'directory', entries, durable: new Map(entries) };
}
