/** Whether a Bamboo version takes API tokens for Bitbucket Cloud. */
export type VersionVerdict = { readonly kind: 'supported' } | { readonly kind: 'unsupported'; readonly nearestFix: string } | { readonly kind: 'unreadable' };

/** Major, minor, patch, and 1 for a release or 0 for what came before it (a snapshot, milestone or candidate). */
type Version = readonly [major: number, minor: number, patch: number, released: 0 | 1];

/** The first release that takes API tokens, in each line that got them: BAM-26156 [P]. */
const FIXED_LINES: readonly Version[] = [
  [9, 6, 16, 1],
  [10, 2, 7, 1],
  [11, 0, 4, 1],
];
/** From here on every line has it. A milestone of this very release counts as before it, and is refused. */
const EVERY_LATER: Version = [11, 1, 0, 1];

/** Three numbers, then perhaps a qualifier. Five digits are far more than any line ever had, and keep numbers exact. */
const VERSION = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})(-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/;

/** Judges the version that the server tells; what is not stated to work is refused, and what cannot be read is not guessed. */
export function judgeVersion(text: string): VersionVerdict {
  const version = readVersion(text);
  if (version === undefined) return { kind: 'unreadable' };
  if (compare(version, EVERY_LATER) >= 0) return { kind: 'supported' };
  if (FIXED_LINES.some((fixed) => isSameLine(version, fixed) && compare(version, fixed) >= 0)) return { kind: 'supported' };
  const nearest = FIXED_LINES.find((fixed) => compare(fixed, version) > 0) ?? EVERY_LATER;
  return { kind: 'unsupported', nearestFix: nearest.slice(0, 3).join('.') };
}

/** What the version means for a plan, in words: one that holds nothing but Git-type changes and twins does not need it, and goes through on every version. */
export function versionProblem(version: string, needed: boolean): string | undefined {
  const verdict = judgeVersion(version);
  if (verdict.kind === 'supported') return undefined;
  const means = needed ? 'apply will refuse this plan' : 'nothing in this plan needs it';
  if (verdict.kind === 'unreadable') return `Bamboo calls its version "${version}", which cannot be read: ${means}.`;
  const way = needed ? '; Git-type repositories alone (--kind git) and Git-type twins (--as-git) go through' : '';
  return `Bamboo ${version} does not take API tokens for Bitbucket Cloud repositories: ${means}. The nearest release that does is ${verdict.nearestFix}${way}.`;
}

/** The first fixed release of every line, for people: "9.6.16, 10.2.7, 11.0.4". */
export function fixedReleases(): string {
  return FIXED_LINES.map((fixed) => fixed.slice(0, 3).join('.')).join(', ');
}

function readVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3]), match[4] === undefined ? 1 : 0];
}

function isSameLine(one: Version, other: Version): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3];
}
