import type { SecretReference } from '../core/config.ts';

/** Names of variables as they are commonly made. A secret that was pasted here has small letters or no underscore, and must not get into the file. */
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** How the questions say it. */
export const PLACE_HINT = 'an environment variable, or file:PATH, or command:PROGRAM ARGUMENT…';

/** Reads where a secret is, as a person types it; undefined where it is none of those, for example a secret itself. */
export function readPlace(typed: string): SecretReference | undefined {
  const text = typed.trim();
  if (VARIABLE.test(text)) return { env: text };
  const [, kind, rest = ''] = /^(file|command):\s*(\S.*)$/.exec(text) ?? [];
  if (kind === 'file') return { file: rest };
  return kind === 'command' ? { command: rest.split(/\s+/) } : undefined;
}

/** What is wrong with it; undefined where nothing is. */
export function placeProblem(typed: string): string | undefined {
  return readPlace(typed) === undefined ? `Type where it is, never the secret itself: ${PLACE_HINT}. Variables look like BAMBOO_TOKEN.` : undefined;
}
