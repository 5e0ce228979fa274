/**
 * How a log record begins: log4j's `2025-08-09 10:34:20,418` [D, Atlassian's article on API tokens], with other separators and a zone where a server
 * is set up so. A build log puts the kind of line and a tab in front.
 */
const YEAR_FIRST = /(?:[a-z]+\t)?\[?(\d{4})[-/.](\d\d)[-/.](\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d)?(?!\d)/y;
/** Tomcat's own log and Bamboo's build logs: `09-Aug-2025 10:34:20`. */
const DAY_FIRST = /(?:[a-z]+\t)?\[?(\d\d?)[-/ ](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[-/ ](\d{4})[ :](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?!\d)/y;
/** As Bamboo writes it where nobody has set up anything: the one that is read millions of times. */
const PLAIN = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}(?!\d| ?(?:Z|[+-]\d))/y;
const PLAIN_LENGTH = '2025-08-09 10:34:20,418'.length;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Whether a log record begins here; lines that begin otherwise belong to the record before them. */
export function beginsRecord(text: string, at: number): boolean {
  return mayBegin(text.charCodeAt(at)) && (matches(PLAIN, text, at) || matches(YEAR_FIRST, text, at) || matches(DAY_FIRST, text, at));
}

/** When a record was written, as an ISO date and time on the server's own clock; and where its time stamp ends. */
export interface RecordTime {
  readonly time: string;
  readonly end: number;
}

/** Reads the time stamp at the beginning of a record; undefined where there is none. */
export function recordTime(text: string): RecordTime | undefined {
  if (matches(PLAIN, text, 0)) return { time: isoTime(text.slice(0, 10), text.slice(11, 19), text.slice(20, PLAIN_LENGTH)), end: PLAIN_LENGTH };
  const yearFirst = matchAt(YEAR_FIRST, text, 0);
  if (yearFirst !== null) {
    const [all, year, month, day, time, fraction, zone] = yearFirst;
    return { time: isoTime(`${year}-${month}-${day}`, time, fraction, zone), end: all.length };
  }
  const dayFirst = matchAt(DAY_FIRST, text, 0);
  if (dayFirst === null) return undefined;
  const [all, day = '', month = '', year, time, fraction] = dayFirst;
  const date = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { time: isoTime(date, time, fraction), end: all.length };
}

function isoTime(date: string, time = '', fraction?: string, zone = ''): string {
  return `${date}T${time}${fraction === undefined ? '' : `.${fraction}`}${zone}`;
}

/** A digit, a bracket or a small letter: no more than one look at most lines that go on. */
function mayBegin(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x5b || (code >= 0x61 && code <= 0x7a);
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
