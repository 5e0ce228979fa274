import type { Evidence, SecretOrigin } from '../../core/report/evidence.ts';
import { countOf, figure } from '../phrases.ts';

/** The security evidence in sentences. */
export function evidenceLines(evidence: Evidence): string[] {
  return [searchLine(evidence), ...(evidence.secrets ?? []).map(originLine), ...hostLines(evidence), serverLine(evidence)];
}

/** How much was searched for how many secrets, and what was found. */
export function searchLine({ secrets, searched }: Evidence): string {
  if (secrets === null) return 'The configuration could not be read: nothing was searched for secrets.';
  const sought = secrets.filter(({ foundIn }) => foundIn !== null).length;
  const bytes = searched.reduce((sum, file) => sum + file.bytes, 0);
  const finds = searched.reduce((sum, file) => sum + file.finds.length, 0);
  return `${countOf(searched.length, 'file')} of ${countOf(bytes, 'byte')} searched by value for ${figure(sought)} of ${countOf(secrets.length, 'configured secret')}, in clear and in every encoding: ${finds === 0 ? 'none found' : `${figure(finds)} FOUND`}.`;
}

const SOURCES: Readonly<Record<SecretOrigin['from'], string>> = { env: 'environment variable', file: 'file', command: 'program', stdin: '' };

/** Where a secret comes from. */
export function sourceWords({ from, name }: SecretOrigin): string {
  return `${SOURCES[from]} ${name}`.trim();
}

/** What the search for one secret gave. */
export function findWords({ foundIn, why }: SecretOrigin): string {
  if (foundIn === null) return `not searched for: ${why ?? ''}`;
  return foundIn === 0 ? 'not found' : `FOUND in ${countOf(foundIn, 'file')}`;
}

function originLine(origin: SecretOrigin): string {
  return `${origin.key}: from ${sourceWords(origin)}; ${findWords(origin)}`;
}

function hostLines({ hosts }: Evidence): string[] {
  if (hosts === null) return ['Hosts contacted: not recorded.'];
  return hosts.map(({ host, requests, failures }) => `Contacted ${host}: ${countOf(requests, 'request')}, ${figure(failures)} without an answer`);
}

/** What exports made the server write. */
export function serverLine({ serverFiles }: Evidence): string {
  if (serverFiles === null) return 'Files that the server was made to write: not recorded.';
  if (serverFiles.files === 0) return 'The server was not made to write any files.';
  return `The server was made to write ${countOf(serverFiles.files, 'file')}, in ${serverFiles.folders.join(', ')}.`;
}
