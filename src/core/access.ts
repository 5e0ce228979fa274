import { assertNever } from './assert-never.ts';
import type { VersionVerdict } from './version-gate.ts';

/** What the user has. */
export interface Holdings {
  /** A read-only personal access token may ask, but neither write nor test connections. */
  readonly pat: 'none' | 'read-only' | 'full' | 'unknown';
  /** One harmless GET showed that this server lets the token into its web pages. */
  readonly patOnPages?: boolean;
  /** User name and password for the web pages. */
  readonly login: boolean;
  /** The session of a browser in which a person has logged in. */
  readonly session: boolean;
  readonly home: boolean;
  readonly database: boolean;
}

/** What works at one level with what the user has. */
export interface AccessRow {
  readonly level: string;
  readonly read: string;
  readonly write: string;
  readonly proof: string;
  readonly undo: string;
}

/** All levels, for one of the things that a user may have. */
export interface AccessTable {
  readonly have: string;
  readonly rows: readonly AccessRow[];
}

const NO_LOGIN = 'no: needs a login';

/** What the facts say of one level: what REST shows of it, what its page is, and whether the server exports it. */
interface LevelFacts {
  readonly level: string;
  /** Read over REST alone: type and user name stand in the edit form [P]. Undefined: REST has no list of it. */
  readonly byRest?: string;
  /** Undefined: no page is known. */
  readonly page?: string;
  /** `document`: by the server's own export, read from its home; `whole`: small enough to be known completely. */
  readonly byImport?: 'document' | 'whole';
}

const LEVELS: readonly LevelFacts[] = [
  { level: 'linked', byRest: 'names and usage; type and user name stand in the edit form', page: 'the edit form', byImport: 'document' },
  { level: 'project', byRest: 'names and types; the user name stands in the edit form', page: 'the edit form', byImport: 'document' },
  { level: 'plan', byRest: 'names of plans; their repositories stand on web pages', page: 'the edit form' },
  { level: 'branch', byRest: 'names of branches; their overrides stand on web pages', page: 'the edit form' },
  { level: 'shared credential', page: 'its form' },
  { level: 'shared credential of a project', byRest: 'names; the user name where the list tells it', byImport: 'whole' },
];

/** The doors that what the user has opens. */
interface Doors {
  readonly pages: boolean;
  readonly rest: boolean;
  /** REST calls that write or test: a configured token is used for them, whatever else there is. */
  readonly restWrites: boolean;
  readonly documents: boolean;
  readonly database: boolean;
  /** Ends by itself, and can't be renewed. */
  readonly fleeting: boolean;
}

/** The access table for one user: one row per level. */
export function accessRows(have: Holdings, verdict: VersionVerdict): AccessRow[] {
  const doors = openDoors(have);
  return LEVELS.map((facts) => {
    const route = routeOf(facts, doors);
    return {
      level: facts.level,
      read: readCell(facts, doors),
      write: writeCell(facts, route, doors, verdict),
      proof: proofCell(facts, route, doors),
      undo: undoCell(facts, route),
    };
  });
}

/** The access table for everybody, on a version that takes API tokens: what `docs/access.md` is made from. */
export function wholeAccessTable(): AccessTable[] {
  const nothing: Holdings = { pat: 'none', login: false, session: false, home: false, database: false };
  const cases: readonly (readonly [have: string, part: Partial<Holdings>])[] = [
    ['read-only PAT', { pat: 'read-only' }],
    ['PAT', { pat: 'full' }],
    ['PAT, where the server lets it into its pages', { pat: 'full', patOnPages: true }],
    ['PAT + login', { pat: 'full', login: true }],
    ['login alone', { login: true }],
    ['session cookie', { session: true }],
    ['PAT + home', { pat: 'full', home: true }],
    ['database + PAT', { pat: 'full', database: true }],
  ];
  return cases.map(([have, part]) => ({ have, rows: accessRows({ ...nothing, ...part }, { kind: 'supported' }) }));
}

/** What one more thing would open. */
export function whatMoreOpens(have: Holdings): string[] {
  const doors = openDoors(have);
  const lines: string[] = [];
  if (!doors.pages)
    lines.push('bamboo.login with a user name and password, or a session, opens the forms: type and user name, writing, proof and undo on every level');
  if (doors.fleeting) lines.push('bamboo.login with a user name and password goes on where a session ends');
  if (have.pat === 'none')
    lines.push(
      doors.pages
        ? 'bamboo.rest.token, a personal access token, keeps the password or session out of REST calls'
        : 'bamboo.rest.token, a personal access token, opens the lists of names',
    );
  if (have.pat === 'read-only') lines.push("a personal access token made with its owner's permissions opens import and Bamboo's connection test");
  if (!have.home) lines.push('bamboo.home opens the import route for linked and project repositories');
  if (!have.database) lines.push('bamboo.database shows types and user names on every level without a login');
  return lines;
}

function openDoors({ pat, patOnPages, login, session, home, database }: Holdings): Doors {
  const person = login || session;
  const restWrites = pat === 'none' ? person : pat !== 'read-only';
  const tokenOnPages = pat !== 'none' && patOnPages === true;
  return {
    pages: person || tokenOnPages,
    rest: pat !== 'none' || person,
    restWrites,
    documents: home && restWrites,
    database,
    fleeting: session && !login && !tokenOnPages,
  };
}

type Way = 'document' | 'whole' | 'form' | undefined;

/** The way a write would go; import before the form, as `auto` takes them. */
function routeOf({ page, byImport }: LevelFacts, doors: Doors): Way {
  if (byImport === 'whole' && doors.restWrites) return 'whole';
  if (byImport === 'document' && doors.documents) return 'document';
  return page !== undefined && doors.pages ? 'form' : undefined;
}

function readCell({ byRest, page, byImport }: LevelFacts, doors: Doors): string {
  if (doors.pages && page !== undefined) return 'everything but passwords';
  if (doors.documents && byImport === 'document') return 'everything but passwords, from the exported document';
  if (doors.database) return 'types and user names, from the database';
  if (!doors.rest) return 'no: needs a token or a login';
  return byRest ?? 'no: it stands on web pages only';
}

function writeCell(facts: LevelFacts, way: Way, doors: Doors, verdict: VersionVerdict): string {
  if (way === undefined) return closed(facts);
  const how = { form: `by ${facts.page ?? 'the form'}`, document: 'by import of its exported document', whole: 'by import, where its user name is known' }[way];
  const lasting = way === 'form' && doors.fleeting ? `${how}, while the session lasts` : how;
  switch (verdict.kind) {
    case 'supported':
      return lasting;
    case 'unsupported':
      return `for the Git type only, ${lasting}: Bamboo takes API tokens for Bitbucket Cloud from ${verdict.nearestFix} on`;
    case 'unreadable':
      return `for the Git type only, ${lasting}: Bamboo's version could not be read`;
    default:
      return assertNever(verdict);
  }
}

function proofCell(facts: LevelFacts, way: Way, doors: Doors): string {
  if (way === undefined) return closed(facts);
  const reading = { form: 'the form read again', document: 'a fresh export compared', whole: 'the list read again, where it tells the user name' }[way];
  // The test is asked with the names of the form's fields [P], so it needs the form.
  if (!doors.pages) return `${reading}; no connection test without the form`;
  if (!doors.restWrites) return `${reading}; no connection test with a read-only token`;
  return facts.level.startsWith('shared')
    ? `${reading}, and Bamboo's connection test of a repository that uses it`
    : `${reading}, and Bamboo's connection test`;
}

function undoCell(facts: LevelFacts, way: Way): string {
  if (way === undefined) return closed(facts);
  return way === 'document' ? 'rollback by the kept document, exact where its secret is encrypted' : 'rollback, with the old secret under previous';
}

function closed({ page }: LevelFacts): string {
  return page === undefined ? "no: needs a login, or a token with its owner's permissions" : NO_LOGIN;
}
