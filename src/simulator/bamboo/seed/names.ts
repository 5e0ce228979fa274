import type { Random } from './random.ts';

const FIRST = ['web', 'mobile', 'billing', 'search', 'checkout', 'identity', 'data', 'mail', 'shop', 'warehouse'] as const;
const SECOND = ['api', 'frontend', 'worker', 'gateway', 'library', 'docs', 'infra', 'batch', 'reports', 'client'] as const;

/** Names that have broken tools: other scripts, right to left, an emoji, markup, quotes, combining marks. */
const UNUSUAL = [
  'Grüße aus Köln',
  '構成リポジトリ',
  'مستودع الويب',
  'launch 🚀 pad',
  'a <b>bold</b> & "quoted" \'name\'',
  'cafe\u0301 – naïve',
  'Ωmega/Δelta',
  '100% [core]',
] as const;

/** The name that a linked, a project's and a plan's repository share on purpose. */
const EQUAL_NAME = 'shared library';

/** The slug of the repository at this place in the seed. */
export function slugAt(index: number): string {
  return `${FIRST[index % FIRST.length]}-${SECOND[Math.floor(index / FIRST.length) % SECOND.length]}-${index + 1}`;
}

/** The name of the repository at this place in the seed: unique in its scope, mostly the slug, sometimes unusual. */
export function repositoryNameAt(index: number, slug: string): string {
  if (index === 3 || index === 4 || index === 5) return EQUAL_NAME;
  if (index % 7 !== 6) return slug;
  const unusual = UNUSUAL[Math.floor(index / 7) % UNUSUAL.length];
  return index < 7 * UNUSUAL.length ? String(unusual) : `${unusual} ${index + 1}`;
}

/** A key of capital letters, unique by its number. */
export function projectKeyAt(index: number): string {
  const known = ['WEB', 'OPS', 'DATA', 'LIB', 'APP'][index];
  return known ?? `P${String(index + 1)}`;
}

const PLAN_WORDS = ['CI', 'REL', 'NIGHT', 'DEPLOY', 'SCAN', 'DOCS', 'PERF'] as const;

/** The short key of a project's nth plan: it ends in a letter, because a branch's key is its plan's with digits after it. */
export function planWordAt(index: number): string {
  const round = Math.floor(index / PLAN_WORDS.length);
  return `${PLAN_WORDS[index % PLAN_WORDS.length]}${round === 0 ? '' : String.fromCharCode(64 + round)}`;
}

/** A description of one or two lines, or none. */
export function descriptionFrom(random: Random): string {
  return random.pick(['', '', 'Owned by the platform team', 'First line & more\nsecond line', 'Größer als <klein>']);
}
