/** One row of the error table: the exit code of `contract.md`, and what the user does next. */
interface ErrorRow {
  readonly exit: number;
  readonly remedy: string;
}

/** Every failure the product can tell of. `docs/exit-codes.md` is generated from this table. */
export const ERRORS = {
  INTERNAL: { exit: 1, remedy: 'This is a fault of bamboo-rekey. Run again with --log-level debug --log-file FILE and report it.' },
  SERVER_UNREACHABLE: { exit: 1, remedy: 'Check the address, the network, HTTPS_PROXY and NO_PROXY, then run the same command again.' },
  TLS_REFUSED: {
    exit: 1,
    remedy: 'Give the authority that signed the certificate as bamboo.tls.ca or in NODE_EXTRA_CA_CERTS. Certificate checks are never turned off.',
  },
  ANSWER_NOT_UNDERSTOOD: { exit: 1, remedy: 'Check that bamboo.url is Bamboo itself (with its context path) and that no proxy answers in its place.' },
  REDIRECTED_AWAY: { exit: 1, remedy: 'Set the address to the one the server redirects to; credentials are never sent to another origin.' },
  RATE_LIMITED: { exit: 1, remedy: 'Bamboo limits the requests of this user. Wait a little, lower apply.concurrency, then run the same command again.' },
  DATABASE_UNREACHABLE: { exit: 1, remedy: 'Check host and port of bamboo.database.url, and whether this machine may connect to the database.' },
  DATABASE_FAILED: { exit: 1, remedy: 'Look in the log of the database at this time; run the same command again when the cause is mended.' },
  DISK_FAILED: { exit: 1, remedy: 'Free some space or repair the disk, then continue with "bamboo-rekey resume latest".' },

  USAGE_INVALID: { exit: 2, remedy: 'See "bamboo-rekey COMMAND --help".' },
  CONFIG_MISSING: { exit: 2, remedy: 'Create one with "bamboo-rekey init", or name it with --config FILE.' },
  CONFIG_INVALID: { exit: 2, remedy: 'Correct the lines named above; config/bamboo-rekey.example.yaml shows every key.' },
  SESSION_INVALID: {
    exit: 2,
    remedy: 'Copy the whole Cookie header of a request to bamboo.url from a browser that is logged in there, as docs/access-ways.md shows.',
  },
  SECRET_UNREADABLE: { exit: 2, remedy: 'Make the reference give exactly one line that holds the secret.' },
  PLAN_INVALID: { exit: 2, remedy: 'Create the plan again with "bamboo-rekey plan -o plan.json".' },
  PLAN_FOREIGN: { exit: 2, remedy: 'Use the configuration the plan was made with, or make a plan for this server.' },
  PLAN_EMAIL_CHANGED: { exit: 2, remedy: 'Create the plan again: a user name is never written with a token that does not belong to it.' },
  DIGEST_DIFFERS: { exit: 2, remedy: 'Apply the plan that was approved, or have this one approved.' },
  SELECTION_EMPTY: { exit: 2, remedy: 'Run "bamboo-rekey inventory" to see what there is to select.' },
  STATE_DIRECTORY_UNSAFE: { exit: 2, remedy: 'Take the rights of others away (chmod 700), or choose another --state-dir.' },
  RUN_UNKNOWN: { exit: 2, remedy: 'List the runs with "bamboo-rekey runs".' },
  RUN_DAMAGED: { exit: 2, remedy: 'Nothing was written. Restore the run directory from a backup; "bamboo-rekey inventory" tells what the server holds.' },
  FILE_UNREADABLE: { exit: 2, remedy: 'Check the path and its rights.' },
  FILE_UNWRITABLE: { exit: 2, remedy: 'Choose another path, or repair the rights of this one.' },
  LOG_NOT_TEXT: { exit: 2, remedy: 'Give a log of Bamboo (atlassian-bamboo.log) as text, as it is or packed with gzip.' },
  LOG_DAMAGED: { exit: 2, remedy: 'Copy the log again from the server. What could be read of it was looked at all the same.' },
  INVENTORY_INVALID: { exit: 2, remedy: 'Write it again with "bamboo-rekey inventory --format json -o inventory.json".' },

  INVENTORY_FILE_INVALID: { exit: 2, remedy: 'Have the file made again: "bamboo-rekey inventory --print-sql" prints a SELECT whose result is understood.' },

  VERSION_UNSUPPORTED: { exit: 4, remedy: 'Upgrade Bamboo, or take only the Git-type repositories with --kind git.' },
  VERSION_UNREADABLE: { exit: 4, remedy: 'The version could not be read, and is never guessed. Check bamboo.url with "bamboo-rekey doctor".' },
  SERVER_NOT_RUNNING: { exit: 4, remedy: 'Wait until Bamboo is running (or resume it), then run the same command again.' },
  PERMISSION_MISSING: { exit: 4, remedy: 'Use an account with administrator rights, or leave out what it may not edit.' },
  LOGIN_MISSING: { exit: 4, remedy: 'Give a user name and password under bamboo.login: the edit forms need a login.' },
  LOGIN_UNSUPPORTED: { exit: 4, remedy: 'This server logs people in in a way that bamboo-rekey does not know. Run "bamboo-rekey doctor".' },
  ELEVATION_NEEDED: {
    exit: 4,
    remedy:
      'Turn secure administrator sessions off for the time of the run, or give the session of a browser in which you have just typed the password again: bamboo.login.session.',
  },
  DATABASE_RIGHT_MISSING: { exit: 4, remedy: 'Give the account of bamboo.database.url the right to SELECT from that table, and no other right.' },
  DATABASE_NOT_UNDERSTOOD: {
    exit: 4,
    remedy: 'Check that bamboo.database.url names the database of Bamboo. The tables are known as Bamboo 8.0 and later have them.',
  },
  BUILD_REFUSED: {
    exit: 4,
    remedy: 'Name a plan that is enabled, that this account may build, and that uses a repository of this run: --build PLANKEY, or --canary-build PLANKEY.',
  },
  TOKEN_REFUSED: { exit: 4, remedy: 'Correct the token under tokens, or leave out what needs it with the selection named above.' },

  LOCKED: { exit: 6, remedy: 'Wait for the other run to end. "bamboo-rekey runs" shows it.' },

  LOGIN_REFUSED: { exit: 7, remedy: 'Correct the credential before you try again: each refused attempt counts towards the CAPTCHA lock.' },
  DATABASE_LOGIN_REFUSED: {
    exit: 7,
    remedy: 'Correct user and password in bamboo.database.url; the database may also refuse this machine or an unencrypted connection.',
  },
  LOGIN_CAPTCHA: {
    exit: 7,
    remedy: 'Log in once in a browser and solve the CAPTCHA, then run the same command again; a run that was begun goes on with "bamboo-rekey resume latest".',
  },
  ELEVATION_REFUSED: { exit: 7, remedy: 'Correct the password before you try again: each refused attempt counts towards the CAPTCHA lock.' },
  ELEVATION_ENDED: {
    exit: 7,
    remedy:
      'Open an administration page in that browser and type the password there; it holds for 10 minutes after the last use. Then run the same command again, or continue with "bamboo-rekey resume latest".',
  },
  ACCESS_PROXY: {
    exit: 7,
    remedy:
      'Give what the access proxy wants under bamboo.headers or bamboo.tls, or its cookies with bamboo.login.session; if Bamboo has moved, correct bamboo.url. Then run the same command again, or continue with "bamboo-rekey resume latest".',
  },
  LOGIN_ENDED: { exit: 7, remedy: 'Log in again, then run the same command again; a run that was begun goes on with "bamboo-rekey resume latest".' },

  PAGE_ACCESS_DENIED: { exit: 5, remedy: 'Give the account the right to edit this object, or leave it out.' },
  PAGE_MISSING: { exit: 5, remedy: 'The object is gone or may not be seen. Make a new plan.' },
  PAGE_ERROR: { exit: 5, remedy: 'Look in the Bamboo log at this time; run the same command again when the cause is mended.' },
  PAGE_XSRF: { exit: 5, remedy: 'Bamboo refused the form token. Check that bamboo.url is the address people use, then resume.' },
  DOCUMENT_UNREADABLE: {
    exit: 5,
    remedy:
      'Check bamboo.home: server is the folder as Bamboo names it, local the same folder as this machine sees it, with the right to read what Bamboo writes there.',
  },
  DOCUMENT_REFUSED: { exit: 5, remedy: 'Change this one by its form or by hand; it is left alone.' },
  FORM_NOT_UNDERSTOOD: { exit: 5, remedy: 'Change this one by hand; it is left alone.' },

  INTERRUPTED: { exit: 130, remedy: 'Continue with "bamboo-rekey resume latest".' },
} as const satisfies Record<string, ErrorRow>;

/** The stable word that names a failure. */
export type ErrorCode = keyof typeof ERRORS;

/** The only error the product throws: a code, what happened in one sentence, and what to do. */
export class RekeyError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, detail: string, options: { readonly cause?: unknown; readonly remedy?: string } = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RekeyError';
    this.code = code;
    this.remedy = options.remedy ?? ERRORS[code].remedy;
  }

  /** The process exit code of `contract.md`. */
  get exit(): number {
    return ERRORS[this.code].exit;
  }
}

/** Codes after which no further request may be made with the same credential. */
export function endsEverything(error: unknown): boolean {
  return error instanceof RekeyError && error.exit === 7;
}

/** Wraps whatever was thrown, so that every failure has a code. */
export function toRekeyError(thrown: unknown): RekeyError {
  if (thrown instanceof RekeyError) return thrown;
  return new RekeyError('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
