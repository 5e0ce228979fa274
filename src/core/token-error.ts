import { RekeyError } from './errors.ts';
import type { Change } from './plan-file.ts';
import type { TokenFinding } from './token-set.ts';

/** The first of these that was found decides how the run ends: what the files say comes before what Bitbucket says. */
const ORDER = ['PLAN_EMAIL_CHANGED', 'SECRET_UNREADABLE', 'TOKEN_REFUSED'] as const satisfies readonly TokenFinding['code'][];

const ADVICE: Readonly<Record<TokenFinding['code'], string>> = {
  PLAN_EMAIL_CHANGED: 'Create the plan again: a user name is never written with a token that does not belong to it.',
  SECRET_UNREADABLE: 'Make the reference give exactly one line that holds the token.',
  TOKEN_REFUSED: 'Correct the token under tokens.',
};

/** A finding, with what to do where that is something else than usual. */
type AdvisedFinding = TokenFinding & { readonly advice?: string };

/** One error that lists everything found, and names the selection that leaves out what needs the tokens. */
export function tokenError(findings: readonly AdvisedFinding[], changes: readonly Change[]): RekeyError {
  const code = ORDER.find((each) => findings.some((finding) => finding.code === each)) ?? 'TOKEN_REFUSED';
  const lines = [...new Set(findings.map(({ token, message }) => `Token "${token}": ${message}`))];
  const detail =
    lines.length === 1
      ? `${lines[0]} Nothing was written.`
      : `${lines.length} problems with the tokens; nothing was written:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  const advice = new Set(ORDER.flatMap((each) => findings.filter(({ code }) => code === each).map((finding) => finding.advice ?? ADVICE[each])));
  const bad = new Set(findings.flatMap(({ token, twin }) => [token, ...(twin === undefined ? [] : [twin])]));
  return new RekeyError(code, detail, { remedy: [...advice, selectionWithout(changes, bad)].join(' ') });
}

/** How to select what none of the tokens is needed for; where no single flag does it, its repositories one by one. */
export function selectionWithout(changes: readonly Change[], tokens: ReadonlySet<string>): string {
  const needs = (change: Change): boolean => change.after.token !== undefined && tokens.has(change.after.token);
  const bad = changes.filter(needs);
  const good = changes.filter((change) => !needs(change));
  if (good.length === 0) return 'Everything in the plan that is selected needs it.';
  const flags =
    separating('workspace', good, bad, ({ workspace }) => workspace) ??
    separating('project', good, bad, ({ project }) => project) ??
    separating('level', good, bad, ({ level }) => level) ??
    separating('kind', good, bad, ({ kind }) => kind) ??
    separating('repository', good, bad, ({ workspace, slug }) => `${workspace}/${slug}`);
  return flags === undefined ? 'No selection leaves out what needs it.' : `Or leave out what needs it: ${flags}`;
}

const MOST_VALUES = 20;

/** The values of one property that only good changes have, as flags. */
function separating(flag: string, good: readonly Change[], bad: readonly Change[], of: (change: Change) => string | undefined): string | undefined {
  const taken = new Set(bad.map(of));
  const free = [...new Set(good.map(of))].filter((value) => value !== undefined && value !== '' && !taken.has(value)).sort();
  if (free.length === 0) return undefined;
  return free
    .slice(0, MOST_VALUES)
    .map((value) => `--${flag} ${value}`)
    .join(' ');
}
