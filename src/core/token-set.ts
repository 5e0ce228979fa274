import type { Config } from './config.ts';
import type { ErrorCode } from './errors.ts';
import type { Change } from './plan-file.ts';
import type { Secret } from './secret.ts';
import { needsTokenSupport } from './sides.ts';
import { checkTokenLocally } from './token-check.ts';

/** A token as it was found, before anybody is asked about it. */
export interface FoundToken {
  /** Its name under `tokens`. */
  readonly name: string;
  readonly email: string;
  /** The day it runs out, as YYYY-MM-DD; left out where what is stated is no day. */
  readonly expires?: string;
  readonly secret:
    | { readonly kind: 'found'; readonly value: Secret; readonly trimmed: boolean }
    | { readonly kind: 'unreadable'; readonly why: string }
    /** Somebody would have to type it, for a token that nothing needs. */
    | { readonly kind: 'not-asked' };
}

/** What is wrong, or worth saying, with one token. The code tells how a run that needs it ends. */
export interface TokenFinding {
  readonly token: string;
  /** Another token that is the other half of the problem. */
  readonly twin?: string;
  readonly severity: 'failed' | 'warning';
  readonly code: Extract<ErrorCode, 'SECRET_UNREADABLE' | 'TOKEN_REFUSED' | 'PLAN_EMAIL_CHANGED'>;
  readonly message: string;
}

/** Everything that can be said of some tokens without asking anyone, all at once. */
export function judgeTokens(tokens: readonly FoundToken[], today: Date): TokenFinding[] {
  return [...tokens.flatMap((token) => judgeOne(token, today)), ...sameSecrets(tokens)];
}

function judgeOne({ name, secret, ...stated }: FoundToken, today: Date): TokenFinding[] {
  if (secret.kind === 'found') {
    const problems = checkTokenLocally({ ...stated, value: secret.value, trimmed: secret.trimmed }, today);
    return problems.map(({ severity, message }) => ({ token: name, severity, code: 'TOKEN_REFUSED', message }));
  }
  const others = checkTokenLocally(stated, today).map(({ severity, message }) => ({ token: name, severity, code: 'TOKEN_REFUSED' as const, message }));
  return secret.kind === 'not-asked' ? others : [{ token: name, severity: 'failed', code: 'SECRET_UNREADABLE', message: secret.why }, ...others];
}

/** Two names for one secret: a rotation from one to the other would change nothing, and end with both revoked. */
function sameSecrets(tokens: readonly FoundToken[]): TokenFinding[] {
  const first = new Map<string, string>();
  return tokens.flatMap(({ name, secret }) => {
    if (secret.kind !== 'found') return [];
    const twin = first.get(secret.value.digest());
    if (twin === undefined) first.set(secret.value.digest(), name);
    const message = `It has the same secret as token "${twin}". Each name stands for a token of its own: correct the reference of one of them, or take it out.`;
    return twin === undefined ? [] : [{ token: name, twin, severity: 'failed', code: 'TOKEN_REFUSED', message }];
  });
}

/** What ends a run that needs some of the tokens, and what is only worth saying. */
export interface SortedFindings {
  readonly fatal: readonly TokenFinding[];
  readonly worthSaying: readonly TokenFinding[];
}

/** A problem of a token that nothing needs ends no run; of two with the same secret it is enough that one is needed. */
export function sortFindings(findings: readonly TokenFinding[], needed: ReadonlySet<string>): SortedFindings {
  const isFatal = ({ token, twin, severity }: TokenFinding): boolean =>
    severity === 'failed' && (needed.has(token) || (twin !== undefined && needed.has(twin)));
  return { fatal: findings.filter(isFatal), worthSaying: findings.filter((finding) => !isFatal(finding)) };
}

/** Tokens that the plan names and the configuration no longer has as they were: user name and secret would not belong together. Each token is told once. */
export function changedEmails(changes: readonly Change[], config: Config): TokenFinding[] {
  const told = new Map<string, TokenFinding>();
  for (const change of changes) {
    const { token } = change.after;
    const what = token === undefined || told.has(token) ? undefined : changeOfEmail(change, token, config);
    if (token !== undefined && what !== undefined) told.set(token, { token, severity: 'failed', code: 'PLAN_EMAIL_CHANGED', message: what });
  }
  return [...told.values()];
}

/** Git's static user name belongs to every token, so only email + token can come apart. */
function changeOfEmail(change: Change, token: string, config: Config): string | undefined {
  const email = Object.hasOwn(config.tokens, token) ? config.tokens[token]?.email : undefined;
  const where = `The plan writes ${change.after.username} for it (at "${change.name}"); the configuration now`;
  if (email === undefined) return `${where} has no such token.`;
  return needsTokenSupport(change) && email !== change.after.username ? `${where} gives it the email ${email}.` : undefined;
}
