import { type Endings, each, FORM_SAVED, imported, LIST, LOGIN_PAGES, limited } from './fault-endings.ts';
import { CUTS, type FaultKind, redirectTo, WIRE_FAULTS } from './fault-kinds.ts';
import { MORE_ENDINGS } from './more-fault-endings.ts';
import type { RequestKind } from './request-kinds.ts';

/** One fault that meets one kind of request, and how the command must end. */
export interface Cell {
  readonly kind: FaultKind;
  readonly request: RequestKind;
  readonly word: string;
  readonly row: number;
  readonly column: number;
}

/** The matrix, a column each: exit code, code of the error that ended the command, and what became of items. A read meets its fault each time, a write once. */
const ENDINGS: Readonly<Record<string, Endings>> = {
  'server info': {
    usual: '1 SERVER_UNREACHABLE',
    ...limited('1 RATE_LIMITED'),
    ...each('1 ANSWER_NOT_UNDERSTOOD', 'HTML with 200', 'an XML bomb', 'a JSON bomb', 'an HTML bomb'),
    ...each('1 ANSWER_NOT_UNDERSTOOD', 'the login page', 'the WebSudo page', 'a truncated body'),
    ...each('4 PERMISSION_MISSING', '403', 'the XSRF page'),
    ...each('1 REDIRECTED_AWAY', 'a redirect loop', 'a redirect to another origin'),
    ...each('5 PAGE_ERROR', '500', 'XML with 200'),
    ...{ '401': '7 LOGIN_REFUSED', 'a redirect to the login page': '7 LOGIN_ENDED', 'a wrong content type': '0 changed' },
  },
  list: LIST,
  form: { usual: '5 changed failed', '401': '7 LOGIN_REFUSED changed', ...each('7 LOGIN_ENDED changed', ...LOGIN_PAGES), 'a wrong content type': '0 changed' },
  save: FORM_SAVED,
  'read back': {
    usual: '5 changed failed unknown',
    '401': '7 LOGIN_REFUSED changed unknown',
    ...each('7 LOGIN_ENDED changed unknown', ...LOGIN_PAGES),
    'a wrong content type': '0 changed',
  },
  'connection test': {
    usual: '5 skipped',
    ...{ '401': '7 LOGIN_REFUSED', 'a redirect to the login page': '7 LOGIN_ENDED', 'a wrong content type': '0 changed' },
  },
  export: {
    usual: '0 6 by form',
    ...{ '401': '7 LOGIN_REFUSED', 'a redirect to the login page': '7 LOGIN_ENDED', 'a wrong content type': '0 4 by form 2 by import' },
  },
  import: imported('changed '),
  'export read back': {
    usual: '5 changed unknown',
    ...{ '401': '7 LOGIN_REFUSED changed unknown', 'a redirect to the login page': '7 LOGIN_ENDED changed unknown', 'a wrong content type': '0 changed' },
  },
  // A Bitbucket that cannot be asked decides nothing: Bamboo's own connection test does.
  'Bitbucket call': { usual: '0 changed', '401': '4 TOKEN_REFUSED' },
  'git probe': { usual: '0 changed', '401': '5 skipped' },
};

/** Every cell of some columns, a row for each fault. */
export function cells(requests: readonly RequestKind[], stranger: () => string): Cell[] {
  const kinds = [...WIRE_FAULTS, redirectTo(stranger), ...CUTS];
  return kinds.flatMap((kind, row) => requests.map((request, column) => ({ kind, request, word: wordOf(kind, request), row, column })));
}

function wordOf(kind: FaultKind, request: RequestKind): string {
  const endings = ENDINGS[request.name] ?? MORE_ENDINGS[request.name];
  return endings?.[kind.name] ?? endings?.usual ?? 'no ending is known';
}
