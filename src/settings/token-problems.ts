import { z } from 'zod';
import { SecretReference } from '../core/config.ts';
import { toRekeyError } from '../core/errors.ts';
import { type FoundToken, judgeTokens } from '../core/token-set.ts';
import { resolveSecret } from './resolve-secret.ts';
import type { SecretSources } from './secret-bytes.ts';

/** What the tokens of a file that is wrong elsewhere are judged with. */
export interface TokenSources {
  readonly secrets: SecretSources;
  readonly today: Date;
}

/** Something wrong with one token, by its name. */
export interface TokenProblem {
  readonly name: string;
  readonly message: string;
}

const Tokens = z.object({ tokens: z.record(z.string(), z.unknown()) });
const Entry = z.object({ email: z.string(), token: SecretReference, expires: z.iso.date().optional().catch(undefined) });

/**
 * Judges the tokens of settings that are refused for another reason, so that all is told at once. Only what lies there is looked at:
 * no program is run and no input is read for settings that are not used anyway.
 */
export async function tokenProblems(settings: unknown, { secrets, today }: TokenSources): Promise<TokenProblem[]> {
  const tokens = Tokens.safeParse(settings).data?.tokens ?? {};
  const found = await Promise.all(Object.entries(tokens).map(([name, entry]) => findToken(name, entry, secrets)));
  const findings = judgeTokens(
    found.filter((token) => token !== undefined),
    today,
  );
  return findings.filter(({ severity }) => severity === 'failed').map(({ token, message }) => ({ name: token, message }));
}

async function findToken(name: string, value: unknown, sources: SecretSources): Promise<FoundToken | undefined> {
  const entry = Entry.safeParse(value).data;
  if (entry === undefined || 'command' in entry.token || 'stdin' in entry.token) return undefined;
  const { email, token, expires } = entry;
  return { name, email, ...(expires === undefined ? {} : { expires }), secret: await secretOf(name, token, sources) };
}

async function secretOf(name: string, reference: SecretReference, sources: SecretSources): Promise<FoundToken['secret']> {
  try {
    const { secret, trimmed } = await resolveSecret(`tokens.${name}.token`, reference, sources, 'token');
    return { kind: 'found', value: secret, trimmed };
  } catch (thrown) {
    return { kind: 'unreadable', why: toRekeyError(thrown).message };
  }
}
