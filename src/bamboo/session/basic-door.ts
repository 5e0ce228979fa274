import { RekeyError } from '../../core/errors.ts';
import { basic, type Login } from '../clear-text.ts';
import { type Door, loginRefused, prove } from './door.ts';

/** Basic on web pages: works on several versions [T], so a harmless GET has to prove it first. For servers without the older login form. */
export function createBasicDoor(login: Login): Door {
  return {
    name: 'Basic',
    fits: (screen) => screen.kind === 'other',
    async open(visitor, screen) {
      const headers = { Authorization: basic(login) };
      const proof = await prove({ ...visitor, headers });
      if (proof === 'in') return headers;
      if (proof === 'refused') throw loginRefused(login.username, 'Basic, 401');
      const met = screen.kind === 'other' ? screen.what : 'it has a login form';
      throw new RekeyError('LOGIN_UNSUPPORTED', `This server has no login form that bamboo-rekey knows: ${met}. Basic does not open its pages either.`);
    },
  };
}
