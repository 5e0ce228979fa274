import { RekeyError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import { bearer, type Login } from '../clear-text.ts';
import { createBasicDoor } from './basic-door.ts';
import { type Door, type DoorHeaders, prove, readLoginScreen } from './door.ts';
import { elevateByPassword } from './elevation.ts';
import { createFormDoor } from './form-door.ts';
import { createTwoStepDoor } from './two-step-door.ts';
import { type Visitor, visit } from './visit.ts';

/** Somebody is in. */
export interface Inside {
  /** What `doctor` calls the way in. */
  readonly door: string;
  readonly headers: DoorHeaders;
  /** Answers the prompt of a secure administrator session. */
  readonly elevate: (visitor: Visitor) => Promise<void>;
  /** What is told when the session has ended and only a person can open another; undefined where it can be renewed. */
  readonly whenLost?: (what: string) => RekeyError;
}

/** Goes in, once, and proves it. */
export type Entrance = (visitor: Visitor) => Promise<Inside>;

/** User name and password: doors are tried in order, the first that fits the login screen and is there is the only one used. */
export function enterByLogin(login: Login): Entrance {
  const doors: readonly Door[] = [createFormDoor(login), createTwoStepDoor(login), createBasicDoor(login)];
  return async (visitor) => {
    const screen = await readLoginScreen(visitor);
    for (const door of doors.filter((each) => each.fits(screen))) {
      const headers = await door.open(visitor, screen);
      if (headers !== 'absent') return { door: door.name, headers, elevate: (inside) => elevateByPassword(inside, login) };
    }
    throw new RekeyError('LOGIN_UNSUPPORTED', 'No door fits this server.');
  };
}

const COPY_AGAIN =
  'Log in again in the browser and copy its Cookie header again, then run the same command again, or continue with "bamboo-rekey resume latest".';

function sessionEnded(what: string): RekeyError {
  return new RekeyError('LOGIN_ENDED', `${what}: the browser's session of bamboo.login.session has ended.`, { remedy: COPY_AGAIN });
}

/** Only the person in front of that browser can: the password is not known here, and a sign-on may have none [I]. */
async function elevateInBrowser(): Promise<void> {
  throw new RekeyError('ELEVATION_ENDED', 'Bamboo wants the password typed again before it shows administration pages to the session of bamboo.login.session.');
}

/** The session of a browser in which a person has logged in: the way that single sign-on leaves. */
export function enterByBrowser(): Entrance {
  return async (visitor) => {
    if ((await prove(visitor)) === 'in') return { door: 'session of a browser', headers: {}, elevate: elevateInBrowser, whenLost: sessionEnded };
    const host = visitor.site.origin;
    throw new RekeyError('LOGIN_ENDED', `Bamboo does not know the session of bamboo.login.session: it has ended, or it is of another host than ${host}.`, {
      remedy: COPY_AGAIN,
    });
  };
}

function notLetIn(why: string): RekeyError {
  return new RekeyError('LOGIN_MISSING', `The edit forms are web pages, no login is configured, and ${why}.`);
}

async function cannotElevate(): Promise<void> {
  throw notLetIn('Bamboo wants a password before it shows administration pages');
}

/**
 * A personal access token: Atlassian says that it is not for the pages [P], a client in production sends it there [T]. So one harmless GET of an edit
 * form has to show it on each server.
 * @param formAddress the address of any edit form; undefined where there is none to try
 */
export function enterByToken(token: Secret, formAddress: () => Promise<string | undefined>): Entrance {
  return async (visitor) => {
    const address = await formAddress();
    if (address === undefined) throw notLetIn('there is no repository on which to try the personal access token');
    const headers = { Authorization: bearer(token) };
    const found = await visit({ ...visitor, headers }, address);
    const isForm = found.kind === 'page' && found.page.status < 400 && found.page.document.$('[name=selectedRepository]').length > 0;
    if (!isForm) throw notLetIn('this server does not let the personal access token into them');
    return { door: 'personal access token', headers, elevate: cannotElevate };
  };
}
