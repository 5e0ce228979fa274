// What could be no day or no time of one is no time stamp: read as one it would tell of another day.
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = String.raw`(?:0[1-9]|[12]\d|3[01])`;
/**
 * How a log record begins: log4j's `2025-08-09 10:34:20,418` [D, Atlassian's article on API tokens], with other separators and a zone where a server
 * is set up so. A build log puts the kind of line and a tab in front.
 */
const YEAR_FIRST = new RegExp(String.raw`(?:[a-z]+\t)?\[?(\d{4})[-/.](${MONTH})[-/.](${DAY})[T ](${CLOCK})(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d)?(?!\d)`, 'y');
/** Tomcat's own log and Bamboo's build logs: `09-Aug-2025 10:34:20`. */
const DAY_FIRST = new RegExp(
  String.raw`(?:[a-z]+\t)?\[?(${DAY}|[1-9])[-/ ](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[-/ ](\d{4})[ :](${CLOCK})(?:[.,](\d{1,9}))?(?!\d)`,
  'y',
);
/** As Bamboo writes it where nobody has set up anything: the one that is read millions of times. */
const PLAIN = new RegExp(String.raw`\d{4}-${MONTH}-${DAY} ${CLOCK},\d{3}(?!\d| ?(?:Z|[+-]\d))`, 'y');
const PLAIN_LENGTH = '2025-08-09 10:34:20,418'.length;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Whether a log record begins here; lines that begin otherwise belong to the record before them. */
export function beginsRecord(text: string, at: number): boolean {
  return mayBegin(text.charCodeAt(at)) && (matches(PLAIN, text, at) || matches(YEAR_FIRST, text, at) || matches(DAY_FIRST, text, at));
}

/** When a record was written. Numbers, as a log has millions of times: strings of them would live just long enough to be costly. */
export interface RecordTime {
  /** Milliseconds since 1970 if the server's own clock were UTC. */
  readonly at: number;
  readonly form: TimeForm;
}

/** How a log writes its times, as far as it is told. */
export interface TimeForm {
  /** Of the second's fraction, up to milliseconds. */
  readonly digits: number;
  readonly zone: string;
}

/** The time stamp at the beginning of a record. */
export interface TimeStamp {
  readonly time: RecordTime;
  /** Where it ends. */
  readonly end: number;
}

const PLAIN_FORM: TimeForm = { digits: 3, zone: '' };
const MOST_DIGITS = 3;

/** Reads the time stamp at the beginning of a record; undefined where there is none. */
export function timeStamp(text: string): TimeStamp | undefined {
  if (matches(PLAIN, text, 0)) return { time: { at: startOfDay(text.slice(0, 10)) + millisecondsAt(text), form: PLAIN_FORM }, end: PLAIN_LENGTH };
  const yearFirst = matchAt(YEAR_FIRST, text, 0);
  if (yearFirst !== null) {
    const [all, year, month, day, time, fraction, zone] = yearFirst;
    return { time: timeOf(`${year}-${month}-${day}`, time, fraction, zone), end: all.length };
  }
  const dayFirst = matchAt(DAY_FIRST, text, 0);
  if (dayFirst === null) return undefined;
  const [all, day = '', month = '', year, time, fraction] = dayFirst;
  const date = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { time: timeOf(date, time, fraction), end: all.length };
}

/** As ISO date and time on the server's own clock. */
export function isoTime({ at, form: { digits, zone } }: RecordTime): string {
  const length = 'YYYY-MM-DDThh:mm:ss'.length + (digits === 0 ? 0 : 1 + digits);
  return new Date(at).toISOString().slice(0, length) + zone;
}

function timeOf(date: string, time = '', fraction = '', zone = ''): RecordTime {
  const digits = fraction.slice(0, MOST_DIGITS);
  return { at: startOfDay(date) + millisecondsAt(`${date} ${time},${digits.padEnd(MOST_DIGITS, '0')}`), form: { digits: digits.length, zone } };
}

let knownDay = '';
let knownStart = 0;

/** Most records are of the same day as the one before. */
function startOfDay(date: string): number {
  if (date !== knownDay) {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    [knownDay, knownStart] = [date, Date.UTC(year, month - 1, day)];
  }
  return knownStart;
}

/** Since midnight, of a text that begins as `2025-08-09 10:34:20,418`. */
function millisecondsAt(text: string): number {
  const seconds = (twoDigits(text, 11) * 60 + twoDigits(text, 14)) * 60 + twoDigits(text, 17);
  return seconds * 1000 + twoDigits(text, 20) * 10 + digit(text, 22);
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  return text.charCodeAt(at) - 0x30;
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
