import { DONE, type Endings, each, FORM_SAVED, imported, LIST, LOGIN_PAGES, limited, REFUSED_BY_PAGE, sentOnce } from './fault-endings.ts';
import { CUTS } from './fault-kinds.ts';

const ON_THE_WAY = ['broken gzip', 'gzip cut short', 'a gzip bomb', 'a reset', 'no HTTP at all', 'an answer cut after 20 bytes'] as const;
const NO_ANSWER = ['an answer lost after it was carried out', 'a hang', 'a hang after the head', 'a slow trickle', 'an endless body'] as const;
const UNREACHABLE = each('1 SERVER_UNREACHABLE', ...ON_THE_WAY, ...NO_ANSWER, ...CUTS.map(({ name }) => name));

/** A form that is read by a command which also comes to others. */
const form = (usual: string, well: string, items = ''): Endings => ({
  usual,
  'a wrong content type': well,
  '401': `7 LOGIN_REFUSED${items}`,
  ...each(`7 LOGIN_ENDED${items}`, ...LOGIN_PAGES),
});

/** The columns of `MORE_REQUEST_KINDS`. */
export const MORE_ENDINGS: Readonly<Record<string, Endings>> = {
  'save of a shared credential': FORM_SAVED,
  'import of a shared credential': imported(''),
  'import of a twin': imported('changed '),
  // Where a removal leads tells nothing: the list does.
  'removal of a twin': sentOnce('changed '),
  // Sent once, whatever comes of it: a second refusal would count towards the lock.
  login: {
    usual: '4 LOGIN_UNSUPPORTED',
    ...UNREACHABLE,
    ...limited('1 RATE_LIMITED'),
    ...each('7 LOGIN_REFUSED', '401', ...LOGIN_PAGES, 'a redirect loop', 'a redirect to another origin'),
    ...each('5 PAGE_ERROR', '500', '502', '503'),
    ...each('0 changed', 'a truncated body', 'a wrong content type'),
    ...{ '403': '5 PAGE_ACCESS_DENIED', 'the XSRF page': '5 PAGE_XSRF' },
  },
  'login in two steps': {
    usual: '4 LOGIN_UNSUPPORTED',
    ...UNREACHABLE,
    ...each('1 SERVER_UNREACHABLE', '500', '502', '503'),
    ...limited('1 RATE_LIMITED'),
    ...each('7 LOGIN_REFUSED', '401', ...REFUSED_BY_PAGE),
    ...each('0 changed', 'a truncated body', 'a wrong content type'),
  },
  // Taken, it is answered without a body: there is nothing to cut.
  'password of a secure session': {
    usual: '5 failed',
    ...each('7 ELEVATION_REFUSED', '401', ...REFUSED_BY_PAGE),
    ...DONE,
    ...each('5 failed', 'an answer lost after it was carried out', 'an answer cut in its head'),
  },
  'list of projects': LIST,
  'list of branches': LIST,
  "list of a project's shared credentials": LIST,
  'page of shared credentials': { ...LIST, 'the login page': '7 LOGIN_ENDED' },
  usage: LIST,
  'form of a resume': form('5 changed unknown', '0 changed', ' changed unknown'),
  'save of a resume': FORM_SAVED,
  'form of a rollback': form('5 changed failed', '0 changed', ' changed'),
  'save of a rollback': FORM_SAVED,
  'form of a verify': form('5', '0'),
};
