const FIXED_LINES: readonly { line: string; patch: number }[] = [
  { line: '9.6', patch: 16 },
  { line: '10.2', patch: 7 },
  { line: '11.0', patch: 4 },
];

interface VersionParts {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly qualified: boolean;
}

function partsOf(version: string): VersionParts | null {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(-.+)?$/.exec(version);
  if (match === null) return null;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0), qualified: match[4] !== undefined };
}

/** The major number, 0 where the version cannot be read. */
export function majorOf(version: string): number {
  return partsOf(version)?.major ?? 0;
}

/** Whether a version is at or above a minor release; one that cannot be read is above nothing. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const parts = partsOf(version);
  return parts !== null && (parts.major > major || (parts.major === major && parts.minor >= minor));
}

/** Whether this version sends a token the way Bitbucket wants it (BAM-26156: 9.6.16, 10.2.7, 11.0.4 and every later line). */
export function understandsTokens(version: string): boolean {
  const parts = partsOf(version);
  if (parts === null) return false;
  const fixed = FIXED_LINES.find((candidate) => candidate.line === `${parts.major}.${parts.minor}`);
  if (fixed === undefined) return parts.major > 11 || (parts.major === 11 && parts.minor > 0);
  return parts.patch > fixed.patch || (parts.patch === fixed.patch && !parts.qualified);
}
