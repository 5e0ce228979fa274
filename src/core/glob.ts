import picomatch from 'picomatch';

/** How a glob reads its text: an address has parts that `*` stays within, a name has none, a key is written in any case. */
export type GlobText = 'address' | 'name' | 'key';

const matchers = new Map<string, (value: string) => boolean>();

/** Whether a text equals a pattern or matches it as a glob. Equality comes first, so that a name such as `web (old)` selects itself. */
export function matchesGlob(pattern: string, value: string | undefined, text: GlobText): boolean {
  if (value === undefined) return false;
  return pattern === value || matcherOf(pattern, text)(value);
}

/** Whether any of the patterns matches. */
export function matchesAnyGlob(patterns: readonly string[], value: string | undefined, text: GlobText): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, value, text));
}

/** Compiled once: ten thousand repositories meet the same few patterns. */
function matcherOf(pattern: string, text: GlobText): (value: string) => boolean {
  const known = matchers.get(`${text} ${pattern}`);
  if (known !== undefined) return known;
  const made = pattern === '' ? () => false : compile(pattern, text);
  matchers.set(`${text} ${pattern}`, made);
  return made;
}

/** No negation: an unexpected match would write a credential to the wrong place. */
function compile(pattern: string, text: GlobText): (value: string) => boolean {
  if (text === 'name' && /^\*+$/.test(pattern)) return () => true;
  return picomatch(pattern, { dot: true, nonegate: true, windows: false, bash: text === 'name', flags: text === 'name' ? 's' : 'is' });
}
