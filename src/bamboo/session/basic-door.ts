import { RekeyError } from '../../core/errors.ts';
import { basic, type Login } from '../clear-text.ts';
import { type Door, loginRefused, prove } from './door.ts';

/** Basic on web pages: works on several versions [T], so a harmless GET has to prove it first. For servers without the other doors. */
export function createBasicDoor(login: Login): Door {
  return {
    name: 'Basic',
    fits: (screen) => screen.kind !== 'form',
    async open(visitor, screen) {
      const headers = { Authorization: basic(login) };
      const proof = await prove({ ...visitor, headers });
      if (proof === 'in') return headers;
      if (proof === 'refused') throw loginRefused(login.username, 'Basic, 401');
      const met = screen.kind === 'form' ? 'it has a login form' : screen.what;
      throw new RekeyError('LOGIN_UNSUPPORTED', `This server has no login that bamboo-rekey knows: ${met}. Basic does not open its pages either.`, {
        remedy: 'Give the session of a browser that is logged in as bamboo.login.session; docs/access-ways.md shows how to copy it.',
      });
    },
  };
}
