import { stringify } from 'yaml';
import type { Config } from './config.ts';
import { APP_PASSWORDS_END, gradeRollback } from './grading.ts';
import { GIT_TOKEN_USERNAME, type Kind } from './model.ts';
import type { RollbackGrade, Side } from './plan-file.ts';

/** An earlier side as it can be written again, or why it can't. */
export type HeldSide =
  | { readonly kind: 'held'; readonly side: Side; readonly grade: RollbackGrade; readonly warnings: readonly string[] }
  | { readonly kind: 'missing'; readonly why: string };

/** Finds the secret that belongs to an earlier user name. A user name is never paired with a secret of another. */
export function holdSide(earlier: Side, kind: Kind, config: Config, now: Date, kept?: Side['kept']): HeldSide {
  const { username, credential, token } = earlier;
  if (kept !== undefined) return heldPair({ username, credential, kept }, now);
  if (token !== undefined) return holdToken(earlier, token, kind, config);
  if (!Object.hasOwn(config.previous, username)) return { kind: 'missing', why: missingSecret(username) };
  return heldPair({ username, credential, previous: username }, now);
}

function heldPair(side: Side, now: Date): HeldSide {
  const grade = gradeRollback({ before: side, previousHeld: true }, now);
  return { kind: 'held', side, grade, warnings: grade === 'configuration-only' ? [configurationOnly()] : [] };
}

/** Git takes every token under one static user name, so only email + token can be told apart by it. */
function holdToken({ username, credential }: Side, token: string, kind: Kind, config: Config): HeldSide {
  const email = Object.hasOwn(config.tokens, token) ? config.tokens[token]?.email : undefined;
  if (email === undefined) return { kind: 'missing', why: `needs-secret: the configuration no longer has the token "${token}" that belongs to "${username}"` };
  const isStatic = kind !== 'bitbucket-cloud' && username === GIT_TOKEN_USERNAME;
  if (!isStatic && email !== username) return { kind: 'missing', why: `needs-secret: the token "${token}" now belongs to ${email}, not to ${username}` };
  return { kind: 'held', side: { username, credential, token }, grade: 'exact', warnings: [] };
}

function missingSecret(username: string): string {
  const line = stringify({ previous: { [username]: { file: 'PATH' } } }, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return `needs-secret: the secret of "${username}" is not held; add it to the configuration under previous, as in ${line}`;
}

function configurationOnly(): string {
  return `configuration-only: Bitbucket refuses every app password since ${APP_PASSWORDS_END.toISOString().slice(0, 10)}, so this brings back the setting, not the service`;
}
