/** The number in a sentence, and not as a part of a name, a path, a query or a length of time. */
function numberPattern(status: number): RegExp {
  return new RegExp(String.raw`(?<![\w.,/#-])(?<![?&][\w.]*=)${status}(?![\w-])(?!\s?(?:ms|s|bytes)\b)`);
}

const STATUSES = {
  401: { pattern: numberPattern(401), words: 'Unauthorized' },
  404: { pattern: numberPattern(404), words: 'Not Found' },
  410: { pattern: numberPattern(410), words: '410 Gone' },
};

/** Whether a text says that a server answered with this status, as number or in words: how Bamboo lays it out is not known. */
export function saysStatus(text: string, status: keyof typeof STATUSES): boolean {
  const { pattern, words } = STATUSES[status];
  return text.includes(words) || (text.includes(String(status)) && pattern.test(text));
}
