const grouped = new Intl.NumberFormat('en-GB');

/** A number with its thousands apart: 1,200. */
export function figure(value: number): string {
  return grouped.format(value);
}

/** A number with its noun: "1 plan", "1,200 plans". */
export function countOf(value: number, noun: string, plural = `${noun}s`): string {
  return `${figure(value)} ${value === 1 ? noun : plural}`;
}

/** A length of time as people say it. */
export function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The first few of a list and how many more there are. */
export function firstOf(names: readonly string[], limit: number): string {
  const more = names.length - limit;
  return more > 0 ? `${names.slice(0, limit).join(', ')} and ${figure(more)} more` : names.join(', ');
}
