import { assertNever } from '../../core/assert-never.ts';
import { RekeyError } from '../../core/errors.ts';
import { quoted } from '../words.ts';
import type { PageKind } from './page-kind.ts';

function titled(title: string): string {
  return title === '' ? '' : ` (titled "${title}")`;
}

/** The failure that a page stands for; `what` is what was asked for. */
export function pageProblem(found: PageKind, what: string): RekeyError {
  switch (found.kind) {
    case 'captcha':
      return new RekeyError('LOGIN_CAPTCHA', `${what}: Bamboo asks for a CAPTCHA, because too many logins of this user failed.`);
    case 'login':
      return new RekeyError('LOGIN_ENDED', `${what}: Bamboo shows its login page.`);
    case 'elevation':
      return new RekeyError('ELEVATION_NEEDED', `${what}: Bamboo asks for the password again before it shows this page.`);
    case 'xsrf':
      return new RekeyError('PAGE_XSRF', `${what}: Bamboo answers with its XSRF page.`);
    case 'error':
      return new RekeyError(
        'PAGE_ERROR',
        `${what}: Bamboo shows an error page ${found.words === '' ? 'without a word why' : `that says ${quoted(found.words)}`}.`,
      );
    case 'missing':
      return new RekeyError('PAGE_MISSING', `${what}: Bamboo knows no such page (404).`);
    case 'no-permission':
      return new RekeyError('PAGE_ACCESS_DENIED', `${what}: this account may not see the page.`);
    case 'cut':
      return new RekeyError('ANSWER_NOT_UNDERSTOOD', `${what}: the page ends before its end.`, {
        remedy: 'Run the same command again; look at proxies between here and Bamboo if it happens again.',
      });
    case 'foreign':
      return new RekeyError(
        'ANSWER_NOT_UNDERSTOOD',
        `${what}: the page${titled(found.title)} is not Bamboo's; an access proxy may have answered in its place.`,
        {
          remedy: 'Check bamboo.url; give what an access proxy wants under bamboo.headers.',
        },
      );
    case 'other':
      return new RekeyError('FORM_NOT_UNDERSTOOD', `${what}: Bamboo shows another page${titled(found.title)} than the one asked for.`);
    default:
      return assertNever(found);
  }
}
