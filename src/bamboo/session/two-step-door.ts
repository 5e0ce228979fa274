import { RekeyError } from '../../core/errors.ts';
import { type Login, wireText } from '../clear-text.ts';
import { type Door, loginRefused, prove } from './door.ts';
import { type LoginAnswer, postStep } from './json-post.ts';
import type { Visitor } from './visit.ts';

/** The name of the conversation that a second step goes on with, wherever it stands in the answer. */
function conversationIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = typeof inner === 'string' && /^conversation_?id$/i.test(name) ? inner : conversationIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a refusal looks like that is none, but asks for the next step: the wire format is not published for Bamboo. */
function wantsCode(answer: Exclude<LoginAnswer, { readonly kind: 'absent' }>): boolean {
  if (answer.kind === 'more-wanted' || conversationIn(answer.body) !== undefined) return true;
  const speaksOfIt = /totp|two-?(step|factor)|verification/i.test(JSON.stringify(answer.body ?? ''));
  return speaksOfIt && !(answer.kind === 'refused' && answer.status === 401);
}

function codeMissing(username: string): RekeyError {
  return new RekeyError(
    'LOGIN_MISSING',
    `Bamboo took the password of "${username}" and asks for the code of a second step, and bamboo.login.totp is not set.`,
    {
      remedy: 'Give bamboo.login.totp, a reference that gives the code at the time: { command: [oathtool, --totp, …] }.',
    },
  );
}

/** What may help: the answer to a password does not tell for certain that a second step is wanted. */
function noSign({ totp }: Login): { remedy: string } | undefined {
  if (totp !== undefined) return undefined;
  return { remedy: 'If this account logs in with a code as well, give bamboo.login.totp; if people log in through single sign-on, bamboo.login.session.' };
}

/** The second step. Codes serve once, so the same one is not sent a second time. */
function createCodeStep({ username, totp }: Login): (visitor: Visitor, conversation: string | undefined) => Promise<void> {
  let used: string | undefined;
  return async (visitor, conversation) => {
    if (totp === undefined) throw codeMissing(username);
    const code = wireText(await totp());
    if (code === used)
      throw new RekeyError('LOGIN_ENDED', 'A new login needs a new code, and bamboo.login.totp still gives the one that was used.', {
        remedy: 'Wait for the next code, then run the same command again, or continue with "bamboo-rekey resume latest".',
      });
    used = code;
    const step = { ...(conversation === undefined ? {} : { conversationId: conversation }), totpCode: code };
    const answer = await postStep(visitor, '/rest/tsv/latest/authenticate/totp-code', step);
    if (answer.kind === 'taken') return;
    throw new RekeyError('LOGIN_REFUSED', `Bamboo refused the code that bamboo.login.totp gave for "${username}". Nothing more was tried.`, {
      remedy: 'Check the clock of this machine and the key behind bamboo.login.totp before you try again: refused attempts count towards the CAPTCHA lock.',
    });
  };
}

/** The login of 10.1 and later: user name and password as JSON, then, for those who have one, a code [D]. */
export function createTwoStepDoor(login: Login): Door {
  const sendCode = createCodeStep(login);
  return {
    name: 'two-step login',
    fits: (screen) => screen.kind === 'script',
    async open(visitor) {
      const step = { username: login.username, password: wireText(login.password), rememberMe: false, targetUrl: '' };
      const answer = await postStep(visitor, '/rest/tsv/1.0/authenticate', step);
      if (answer.kind === 'absent') return 'absent';
      if (answer.kind === 'refused' && !wantsCode(answer)) throw loginRefused(login.username, `two-step login, ${answer.status}`);
      if (answer.kind === 'taken' && (await prove(visitor)) === 'in') return {};
      if (login.totp !== undefined || wantsCode(answer)) await sendCode(visitor, conversationIn(answer.body));
      if ((await prove(visitor)) === 'in') return {};
      throw new RekeyError('LOGIN_UNSUPPORTED', 'Bamboo took the login without an error, but its start page shows no sign of a login.', noSign(login));
    },
  };
}
