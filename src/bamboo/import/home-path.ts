import { RekeyError } from '../../core/errors.ts';

/** Where Bamboo's home is: on the server, and as this machine sees it. */
export interface HomeFolders {
  readonly server: string;
  readonly local: string;
}

/** The parts of a server's path below its home. @throws RekeyError DOCUMENT_UNREADABLE for a path that leads, or might lead, out of it */
export function partsBelowHome(path: string, { server }: HomeFolders): readonly string[] {
  // Bamboo on Windows writes backslashes, and takes capitals for small letters; on other systems backslashes are ordinary characters.
  const isWindows = /^[a-z]:[\\/]|^\\\\/i.test(server);
  const slashed = (text: string): string => (isWindows ? text.replaceAll('\\', '/') : text);
  const cased = (text: string): string => (isWindows ? text.toLowerCase() : text);
  const home = `${slashed(server).replace(/\/+$/, '')}/`;
  if (cased(slashed(path).slice(0, home.length)) !== cased(home))
    throw new RekeyError('DOCUMENT_UNREADABLE', `Bamboo exported to ${path}, which is not below bamboo.home.server, ${server}.`);
  const parts = slashed(path).slice(home.length).split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a hostile server may name anything.
  const isOdd = (part: string): boolean => part === '' || part === '.' || part === '..' || /[\\\u0000-\u001f]/.test(part);
  if (parts.some(isOdd)) throw new RekeyError('DOCUMENT_UNREADABLE', 'Bamboo named an exported file whose path might lead out of its home.');
  return parts;
}

/** The file's name without its folder and its ending: the oid of the repository [T]. */
export function oidOf(parts: readonly string[]): string {
  return (parts.at(-1) ?? '').replace(/\.ya?ml$/i, '');
}
