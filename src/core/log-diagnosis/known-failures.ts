import { saysStatus } from './http-status.ts';
import type { LogRecord } from './log-record.ts';
import { emailIn, type Mention } from './mentions.ts';
import { GIT_REFUSAL, PLAIN_REFUSAL } from './plain-refusal.ts';

/** What a failure is known by. The text alone is looked at first: addresses cost time. */
type Addressed = Pick<LogRecord, 'text' | 'mentions'>;

/** One failure that Bamboo's log is known to show. */
export interface KnownFailure {
  /** One of these stands, letter by letter, in every record that shows it; what holds none of them is not even looked at. */
  readonly marks: readonly string[];
  /** Where in the record's text it shows, or -1. */
  readonly find: (record: Addressed) => number;
  readonly means: string;
  readonly remedy: string;
}

/** Every call of Bamboo to Bitbucket's REST API holds it. */
const API = 'api.bitbucket.org/2.0/';
const LOADING = 'Failed to load data from Bitbucket';
const NO_WORKSPACE = 'No workspace with identifier';
const TO_ACCESS = 'To access this repository';
const INVALID = 'Token is invalid, expired, or not supported';
/** Between git's words and the address that they speak of, scheme included. */
const FARTHEST_ADDRESS = 65;
const ENDS_ADDRESS = /[\s'"]/;
/** Which list an unfixed version asks is known from one log alone: every list of repositories counts, a single repository does not. */
const REPOSITORY_LIST = /^(user\/permissions\/repositories|repositories(\/[^/]*)?\/?$|user\/workspaces\/[^/]+\/permissions\/repositories)/;
const WRITE_TOKEN =
  'Upgrade Bamboo to a version that takes API tokens, then move the repository with "bamboo-rekey plan" and "bamboo-rekey apply"; until then only the Git type works ("--kind git").';

/**
 * The table of known failures, the most telling first: a record shows the first that fits. Texts and statuses are those that Atlassian publishes or that
 * were measured; the layout around them is not known, so only the words count.
 */
export const KNOWN_FAILURES = {
  APP_PASSWORD_GONE: {
    marks: ['CHANGE-3222', 'App passwords are deprecated', 'returned error: 410'],
    find: (record) => first(record.text.indexOf('App passwords are deprecated'), changeOfAppPasswords(record), gitAnswer(record, 'returned error: 410')),
    means: 'Bitbucket was given an app password. It refuses all of them since 28 July 2026 (CHANGE-3222), and at times since 9 June.',
    remedy: 'Move the repository to an API token: "bamboo-rekey plan", then "bamboo-rekey apply".',
  },
  ENDPOINT_GONE: {
    marks: ['CHANGE-', API, LOADING],
    find: (record) => first(change(record), saysStatus(record.text, 410) ? first(call(record, /./), record.text.indexOf(LOADING)) : -1),
    means:
      'Bamboo asked an endpoint that Bitbucket has removed: the lists across workspaces went on 14 April 2026 (CHANGE-2770). The credential is not at fault, and the checkout may well work.',
    remedy:
      'Upgrade Bamboo to a version that takes API tokens. A fixed version may still show it in the repository list of a form: type the repository by hand.',
  },
  TOKEN_WITHOUT_SCOPES: {
    ...phrase('API Token provided has no Bitbucket scopes'),
    means: 'The API token was made without Bitbucket scopes, so it opens nothing.',
    remedy: 'Make a new one with "Create API token with scopes", choose Bitbucket, and write it with "bamboo-rekey plan --rotate" and "bamboo-rekey apply".',
  },
  SCOPE_MISSING: {
    ...phrase('Your credentials lack one or more required privilege scopes'),
    means: 'The credential is valid, but lacks a scope. Scopes do not imply each other: write does not include read.',
    remedy: '"bamboo-rekey doctor" names the scopes. Make a new token with them (a token cannot be edited), and write it with "bamboo-rekey plan --rotate".',
  },
  IP_NOT_ALLOWED: {
    marks: [TO_ACCESS],
    find: ({ text }) => text.search(/To access this repository, an admin must \w+ your IP/),
    means:
      "The workspace lets only listed addresses fetch, and the address of the machine that asked is not on it. REST may work all the same: the list guards git's data.",
    remedy: "Have an administrator of the workspace add the outgoing address of Bamboo and of its agents to the workspace's IP allowlist.",
  },
  TWO_STEP_REQUIRED: {
    marks: [TO_ACCESS],
    find: ({ text }) => text.indexOf('To access this repository, enable two-step'),
    means: 'The workspace demands two-step verification, and the account that owns the credential has none.',
    remedy: 'Turn on two-step verification for that Atlassian account, then run the build again.',
  },
  CAPTCHA_LOCK: {
    marks: ['CAPTCHA', 'Captcha', 'maximum number of failed login attempts'],
    find: ({ text }) => text.search(/\b(?:CAPTCHA|Captcha)\b|maximum number of failed login attempts/),
    means: 'Too many logins failed, so the account must solve a CAPTCHA before its password counts again.',
    remedy: 'Log in once in a browser and solve the CAPTCHA. Find what keeps sending the old password first, else it locks again.',
  },
  QUOTA_USED_UP: {
    ...phrase('Rate limit for this resource has been exceeded'),
    means: "The account's requests of this hour are used up: 1,000 on repository data, 60,000 of git; Bamboo's polling counts too.",
    remedy: 'Wait an hour, poll less often, or use webhooks; spread the repositories over several accounts.',
  },
  EMAIL_IN_PATH: {
    marks: [API],
    find: (record) => (saysStatus(record.text, 404) || record.text.includes(NO_WORKSPACE) ? emailCall(record) : -1),
    means:
      "Bamboo took the email for a workspace, a user or a team: it is of a version that does not know API tokens (scenario 2 of Atlassian's article on Bitbucket Cloud repositories and API tokens).",
    remedy: WRITE_TOKEN,
  },
  WORKSPACE_UNKNOWN: {
    ...phrase(NO_WORKSPACE),
    means: 'There is no workspace of this name, or the token does not reach it: Bitbucket gives the same answer for both.',
    remedy: 'Check the workspace in the repository; "bamboo-rekey doctor" shows which workspaces each token reaches.',
  },
  REPOSITORY_LIST_REFUSED: {
    marks: [API, LOADING],
    find: (record) => (isRefused(record.text) ? first(call(record, REPOSITORY_LIST), record.text.indexOf(LOADING)) : -1),
    means:
      "Bitbucket refused user name and secret when Bamboo asked for the list of repositories: with an API token, a version that sends it with the Bitbucket user name (scenario 1 of Atlassian's article on Bitbucket Cloud repositories and API tokens); else a wrong or expired secret.",
    remedy: WRITE_TOKEN,
  },
  CREDENTIAL_REFUSED: {
    marks: [API, INVALID],
    find: (record) => first(record.text.indexOf(INVALID), isRefused(record.text) ? call(record, /./) : -1),
    means: 'Bitbucket refused the credential: a wrong email, or a wrong, expired or revoked token. Its answer does not tell which.',
    remedy: '"bamboo-rekey doctor" checks email, token and expiry. Write a good token with "bamboo-rekey plan --rotate" and "bamboo-rekey apply".',
  },
  GIT_EMAIL_REFUSED: {
    marks: [GIT_REFUSAL],
    find: (record) => {
      const at = record.mentions.some(({ user }) => user?.includes('@')) ? gitAnswer(record, GIT_REFUSAL) : -1;
      return at >= 0 && nearest(record.mentions, at)?.user?.includes('@') ? at : -1;
    },
    means:
      "Git was given the email as user name, and Bitbucket's git never takes it, with whatever token (the second half of scenario 2 of Atlassian's article on Bitbucket Cloud repositories and API tokens).",
    remedy: WRITE_TOKEN,
  },
  REPOSITORY_CLOSED: {
    ...phrase('You may not have access to this repository'),
    means: 'Git was refused: the wrong kind of user name, a bad token, or a repository that is hidden or gone. Git alone does not tell which.',
    remedy: '"bamboo-rekey doctor" tells them apart: it asks about the token and about the repository with the right user name for each.',
  },
  GIT_REFUSED: {
    marks: [GIT_REFUSAL],
    find: (record) => gitAnswer(record, GIT_REFUSAL),
    means: 'Bitbucket refused the user name and secret that git was given: an app password, a wrong, expired or revoked token, or the wrong kind of user name.',
    remedy: '"bamboo-rekey inventory" shows what the repository holds, "bamboo-rekey doctor" whether its token is good.',
  },
} as const satisfies Record<string, KnownFailure>;

/** The word for a known failure. */
export type FailureCode = keyof typeof KNOWN_FAILURES;

interface Row {
  readonly failure: FailureCode;
  readonly known: KnownFailure;
}

const ROWS = Object.entries(KNOWN_FAILURES).map(([failure, known]) => ({ failure, known }) as Row);
/** The longest first, so that none hides behind one that begins it. */
const ALL_MARKS = [...new Set(ROWS.flatMap(({ known }) => known.marks))].sort((one, other) => other.length - one.length);

/** One look for all marks at once; whoever scans with it makes a copy with the flags of their own. */
export const MARKS = new RegExp([PLAIN_REFUSAL, ...ALL_MARKS.map(escaped)].join('|'));

/** For each mark the rows that it, or a mark within it, belongs to. A list, as looking through it takes less time than finding a piece of a log in a map. */
const MARKED_ROWS = ALL_MARKS.map((found) => ({ found, rows: ROWS.filter(({ known }) => known.marks.some((mark) => found.includes(mark))) }));

/** The most telling known failure that a record shows in which these marks were found, and where; undefined when it shows none. */
export function firstFailure(record: Addressed, marks: readonly string[]): { readonly failure: FailureCode; readonly at: number } | undefined {
  for (const { failure, known } of rowsOf(marks)) {
    const at = known.find(record);
    if (at >= 0) return { failure, at };
  }
  return undefined;
}

function rowsOf(marks: readonly string[]): readonly Row[] {
  const [first, ...others] = marks;
  // What was found is a mark, or git's plainest sentence, which begins with one.
  if (first !== undefined && others.length === 0) return MARKED_ROWS.find(({ found }) => first.startsWith(found))?.rows ?? [];
  const marked = new Set(marks.flatMap((mark) => rowsOf([mark])));
  return ROWS.filter((row) => marked.has(row));
}

/** The address that a failure at this place speaks of: the next after it, else the last before it. */
export function nearest(mentions: readonly Mention[], at: number): Mention | undefined {
  return mentions.find((mention) => mention.at >= at) ?? mentions.at(-1);
}

function phrase(text: string): Pick<KnownFailure, 'marks' | 'find'> {
  return { marks: [text], find: (record) => record.text.indexOf(text) };
}

function first(...places: readonly number[]): number {
  return places.find((place) => place >= 0) ?? -1;
}

function changeOfAppPasswords(record: Addressed): number {
  const at = record.text.search(/CHANGE-3222\b/);
  return at >= 0 && record.mentions.length > 0 ? at : -1;
}

/** A number alone may be the key of anybody's issue in a commit message. */
function change(record: Addressed): number {
  const { text } = record;
  const at = text.search(/CHANGE-\d+/);
  return at >= 0 && (text.includes('Functionality has been deprecated') || saysStatus(text, 410) || call(record, /./) >= 0) ? at : -1;
}

function isRefused(text: string): boolean {
  return saysStatus(text, 401) || text.includes(INVALID);
}

function call({ mentions }: Addressed, path: RegExp): number {
  return mentions.find((mention) => mention.call !== undefined && path.test(mention.call))?.at ?? -1;
}

function emailCall({ mentions }: Addressed): number {
  return mentions.find((mention) => mention.call !== undefined && emailIn(mention.call) !== undefined)?.at ?? -1;
}

/** What git says of another host is no business of ours. */
function gitAnswer({ text, mentions }: Addressed, answer: string): number {
  const at = text.indexOf(answer);
  if (at < 0 || mentions.every((mention) => mention.call !== undefined)) return -1;
  return namesOtherAddress(text, at, mentions.find((mention) => mention.at >= at)?.at) ? -1 : at;
}

/** Whether an address follows git's words on the same line and close to them that has ended where the next one on Bitbucket stands. */
function namesOtherAddress(text: string, at: number, next = text.length): boolean {
  const scheme = text.indexOf('://', at);
  if (scheme < 0 || scheme - at > FARTHEST_ADDRESS || text.slice(at, scheme).includes('\n')) return false;
  return next === text.length || ENDS_ADDRESS.test(text.slice(scheme, next));
}

function escaped(mark: string): string {
  return mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
